using ActorFlow.Api.Tests.UpToDate;
using ActorFlow.TestKit;

namespace ActorFlow.Api.Tests.Peers;

/// <summary>The cases of DV Flow that are about what is up to date, and what is used again after a crash.</summary>
public sealed class DvFlowTests : IDisposable
{
    private readonly Workshop _shop = new();

    [Fact]
    public async Task D7_a_task_runs_when_something_changed_and_only_then()
    {
        _shop.Write("input.txt", "1");
        Assert.True(await ChangedAsync("p"));
        Assert.False(await ChangedAsync("p"));
        Assert.True(await ChangedAsync("q"));
        Assert.False(await ChangedAsync("q"));
        Assert.True(await ChangedAsync("q", force: true));
        Assert.False(await ChangedAsync("q"));
        _shop.Write("input.txt", "2");
        Assert.True(await ChangedAsync("q"));
        Assert.False(await ChangedAsync("q"));
    }

    [Fact]
    public async Task D7_a_task_that_is_never_up_to_date_always_runs()
    {
        _shop.Write("input.txt", "1");
        Assert.True(await ChangedAsync("p", always: true));
        Assert.True(await ChangedAsync("p", always: true));
    }

    [Fact]
    public async Task D13_after_a_kill_in_mid_chain_only_what_had_not_succeeded_runs()
    {
        var flow = FlowBuilder.Create<int>("chain");
        OutputSource<int>? last = null;
        for (var i = 0; i < 5; i++)
            last = last is null ? flow.Task("t0", flow.Input, x => x + 1) : flow.Task($"t{i}", last, x => x + 1);
        await using var test = new FlowTest(flow.Build().Executable);
        test.CrashAfter(Expect.Started("t2"));
        var run = await test.RunAsync(0);

        Assert.Equal([1, 1, 2, 1, 1], run.Report.Tasks.Select(task => task.Attempts));
        Assert.Equal(5, run.Output<int>("t4"));
    }

    [Fact]
    public async Task A_memento_is_handed_to_the_next_run()
    {
        var flow = FlowBuilder.Create<int>("mementos");
        var counts = flow.Task("counts", flow.Input, (int _, TaskContext context) =>
        {
            var runs = new Memento([.. context.Memento.Get<Memento>()?.Runs ?? [], context.JobId.Value]);
            context.Memento.Set(runs);
            return runs.Runs.Count;
        }).UpToDate(new UpToDateOptions { Always = true });
        var built = flow.Build(counts);

        foreach (var count in new[] { "1", "2", "3" })
            Assert.Equal(count, (await _shop.RunAsync(built, 1))["counts"].Output!.ToString());
    }

    public void Dispose() => _shop.Dispose();

    private async Task<bool> ChangedAsync(string parameter, bool force = false, bool always = false)
    {
        var flow = FlowBuilder.Create<string>("creates");
        flow.Task("create", flow.Input, (string text, TaskContext context) =>
            File.WriteAllText(Path.Combine(context.RunDirectory, "out.txt"), text)).UpToDate(new UpToDateOptions
            {
                Inputs = ["input.txt"],
                InputDirectory = _shop.Files,
                Outputs = ["out.txt"],
                Always = always,
            });
        var report = await _shop.RunAsync(flow.Build(), parameter, new JobOptions { Force = force });
        Assert.Equal(JobPhase.Succeeded, report.Phase);
        Assert.Equal(report["create"].Changed, !report.NothingToDo);
        return report["create"].Changed;
    }

    private sealed record Memento(List<string> Runs);
}
