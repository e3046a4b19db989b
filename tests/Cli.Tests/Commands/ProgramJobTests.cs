using System.Text.Json;

namespace ActorFlow.Cli.Tests.Commands;

/// <summary>Jobs of programs, whose flows the command line does not know.</summary>
public sealed class ProgramJobTests : IDisposable
{
    private readonly CommandLine _command = new();

    [Fact]
    public async Task A_job_that_its_program_has_paused_is_listed_as_paused_with_what_has_ended()
    {
        var gate = new TaskCompletionSource();
        await using (var engine = Engine())
        {
            var job = await engine.SubmitAsync(Gated(gate.Task), 1, new JobOptions { Id = new JobId("j") });
            await ReadUntilAsync(job, fact => fact is JobEvent.TaskStarted { Task: 1 });
            await RequireAsync("running", succeeded: 1);
            await job.PauseAsync();
            await RequireAsync("paused", succeeded: 1);
            gate.SetResult();
            await ReadUntilAsync(job, fact => fact is JobEvent.TaskSucceeded { Task: 1 });
            await RequireAsync("paused", succeeded: 2);
            Assert.Matches(@"\nj +paused +\S+ +2 of 3 done +gated\n$", (await _command.InDataAsync("list")).Output);
        }

        await RequireAsync("paused", succeeded: 2);
    }

    [Fact]
    public async Task A_job_of_a_program_is_listed_as_held_when_nothing_of_it_can_run_but_what_waits_for_an_operator()
    {
        var flow = FlowBuilder.Create<int>("holding");
        var first = flow.Task("first", flow.Input, x => x + 1);
        var held = flow.Task("held", first, x => x > 0 ? throw new IOException("no") : x)
            .Retry(RetryPolicy.None with { OnExhausted = Directive.Hold });
        await using var engine = Engine();
        var job = await engine.SubmitAsync(
            flow.Build(flow.Task("last", held, x => x)), 1, new JobOptions { Id = new JobId("j") });
        await ReadUntilAsync(job, fact => fact is JobEvent.TaskHeld);
        await RequireAsync("held", succeeded: 1);
    }

    private ActorFlowEngine Engine() => ActorFlowEngine.Create(new ActorFlowOptions { DataDirectory = _command.Data });

    private static Flow<int, int> Gated(Task gate)
    {
        var flow = FlowBuilder.Create<int>("gated");
        var plus = flow.Task("plus", flow.Input, x => x + 1);
        var waits = flow.Task("waits", plus, async (int x, CancellationToken cancellationToken) =>
        {
            await gate.WaitAsync(cancellationToken);
            return x;
        });
        return flow.Build(flow.Task("twice", waits, x => x * 2));
    }

    private static async Task ReadUntilAsync(JobHandle job, Func<JobEvent, bool> isWanted)
    {
        await foreach (var fact in job.ReadEventsAsync())
            if (isWanted(fact)) break;
    }

    private async Task RequireAsync(string status, int succeeded)
    {
        var listed = (await _command.InDataAsync("list", "--json")).Json.EnumerateArray().Single();
        Assert.Equal(status, listed.GetProperty("status").GetString());
        Assert.Equal(3, listed.GetProperty("tasks").GetInt32());
        Assert.Equal(succeeded, listed.GetProperty("counts").GetProperty("succeeded").GetInt32());
    }

    public void Dispose() => _command.Dispose();
}
