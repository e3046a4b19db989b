using ActorFlow.Actors;

namespace ActorFlow.TestKit.Tests.Flows;

/// <summary>Markers and programs in tests of flows.</summary>
public sealed class ProgramTests
{
    [Fact]
    public async Task Markers_are_in_the_story_and_may_be_expected()
    {
        var flow = FlowBuilder.Create("f");
        flow.Task("a", context => context.Warning("narrow", "top.v", 3));
        await using var test = new FlowTest(flow.Build().Executable);
        var run = await test.RunAsync();

        run.ShouldHave(
            Expect.Started("a"), Expect.Marked("a", "narrow", Severity.Warning), Expect.Succeeded("a"));
        run.ShouldNotHave(Expect.Marked("a", severity: Severity.Error));
        Assert.Contains("'a' attempt 1 notes top.v:3: warning: narrow", run.Story, StringComparison.Ordinal);
        Assert.Single(run.Report["a"].Markers);
    }

    [Fact]
    public async Task A_port_stands_in_for_real_programs()
    {
        var flow = FlowBuilder.Create("f");
        var task = flow.Task("a", async context =>
            (await context.ExecAsync(ProcessSpec.Program("no-such-program", "x"))).Output).Needs("licence", 9);
        using var programs = new Echo();
        await using var test = new FlowTest(
            flow.Build(task).Executable, new FlowTestOptions { Processes = programs });
        var run = await test.RunAsync();
        Assert.Equal("no-such-program x", run.Output<string>("a"));
    }

    [Fact]
    public void Attempts_that_wait_for_resources_all_get_their_turn_whatever_crashes_and_fails()
    {
        var flow = FlowBuilder.Create("f");
        for (var i = 0; i < 5; i++)
            flow.Task($"t{i}", context => context.Info("here")).Needs("licence").Needs("board", 1 + (i % 2));
        var result = FlowSimulator.Run(flow.Build().Executable, seeds: 200, invariant: run =>
        {
            foreach (var task in run.Report.Succeeded)
                Assert.Contains(task.Markers, noted => noted.Attempt == task.Attempts);
        });
        Assert.True(result.Crashes > 0);
    }

    private sealed class Echo : IProcesses
    {
        public async Task<ProcessEnd> RunAsync(
            ProcessStart start, Func<bool> mayGoOn, CancellationToken cancellationToken)
        {
            await File.WriteAllTextAsync(
                start.OutputFile, $"{start.FileName} {string.Join(' ', start.Arguments)}", cancellationToken);
            return new ProcessEnd(0, ProcessEnding.Exited);
        }

        public void Dispose() { }
    }
}
