using ActorFlow.Engine;

namespace ActorFlow.Actors.Tests;

/// <summary>Signs of life: few messages, and the last one counts.</summary>
public sealed class HeartbeatTests
{
    private static readonly TaskPolicy Async = new() { Pool = TaskPolicy.AsyncPool };

    [Fact]
    public async Task However_many_signs_of_life_are_given_one_message_is_on_its_way()
    {
        await using var system = new TestSystem();
        var job = await system.SubmitAsync(new TestFlow("f").Task("a").Build());
        var posted = new List<Message>();
        var signs = new SignsOfLife(posted.Add, system.Time, task: 0, attempt: 1);
        for (var sign = 0; sign < 1000; sign++) signs.Give();
        var message = Assert.Single(posted);

        await job.AskAsync(actor =>
        {
            message.Deliver(actor);
            return true;
        });
        signs.Give();
        signs.Give();
        Assert.Equal(2, posted.Count);
    }

    [Fact]
    public async Task The_last_sign_of_life_counts_however_long_the_journal_takes()
    {
        var journal = new HoldingJournal();
        await using var system = new TestSystem(journal: journal);
        var context = new TaskCompletionSource<TaskContext>(TaskCreationOptions.RunContinuationsAsynchronously);
        var other = new TaskCompletionSource<Payload>();
        var policy = Async with { Timeouts = new TaskTimeouts { Heartbeat = TimeSpan.FromSeconds(10) } };
        var flow = new TestFlow("f").Task("other", _ => new(other.Task), Async).Task("a", async call =>
        {
            context.SetResult(call.Context);
            await call.UntilCancelledAsync();
            return Payload.None;
        }, policy).Build();
        var job = await system.SubmitAsync(flow);
        var task = await context.Task;
        var held = journal.HoldNext();
        other.SetResult(Payload.None);
        await held;
        for (var second = 0; second < 8; second++)
        {
            system.Time.Pass(TimeSpan.FromSeconds(1));
            task.Heartbeat();
        }

        journal.Release();
        await job.ReadAsync(state => state.Phase);
        system.Time.FireNext();
        var report = await TestSystem.EndOf(job);
        Assert.Equal(Reason.HeartbeatTimeout, report["a"].Reason);
        Assert.Equal(TimeSpan.FromSeconds(18), report["a"].EndedAt - report["a"].StartedAt);
    }
}
