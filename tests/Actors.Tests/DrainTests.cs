using ActorFlow.Engine;
using ActorFlow.Journal;

namespace ActorFlow.Actors.Tests;

/// <summary>A system that closes begins nothing, and waits for what runs, whoever asks for it.</summary>
public sealed class DrainTests
{
    private static readonly TaskPolicy Async = new() { Pool = TaskPolicy.AsyncPool };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Payload> _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _runs;

    [Fact]
    public async Task A_job_that_is_being_resumed_does_not_go_on_and_is_waited_for()
    {
        var journal = new MemoryJournal();
        var flow = new TestFlow("f").Task("a", async ValueTask<Payload> (call) =>
        {
            Interlocked.Increment(ref _runs);
            _started.TrySetResult();
            await call.UntilCancelledAsync();
            return Payload.None;
        }, Async).Build();
        await using (var before = new TestSystem(journal: journal))
        {
            await before.SubmitAsync(flow);
            await _started.Task;
        }

        var reads = new HoldingReads(journal);
        await using var system = new TestSystem(journal: reads);
        var opened = system.Jobs.OpenAsync(new JobId("job"), flow, CancellationToken.None);
        await reads.Asked;
        var drained = system.Jobs.DrainAsync(Patience, TimeSpan.Zero);
        Assert.False(drained.IsCompleted);

        reads.Release();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => opened);
        await drained;
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task A_job_whose_submission_is_being_recorded_is_waited_for()
    {
        var journal = new HoldingJournal();
        await using var system = new TestSystem(journal: journal);
        var held = journal.HoldNext();
        var submitted = system.SubmitAsync(Waiting().Build());
        await held;
        var drained = system.Jobs.DrainAsync(Patience, TimeSpan.Zero);
        journal.Release();
        var job = await submitted;
        await _started.Task;
        Assert.False(drained.IsCompleted);

        _release.SetResult(Payload.None);
        Assert.Equal(JobPhase.Succeeded, await job.WhenEnded);
        await drained;
    }

    [Fact]
    public async Task A_job_that_starts_again_does_not_go_on()
    {
        var reads = new HoldingReads(
            new FailingJournal(append => append == 2 ? new InvalidOperationException("odd") : null));
        await using var system = new TestSystem(journal: reads);
        var job = await system.SubmitAsync(new TestFlow("f").Task("a", _ => Interlocked.Increment(ref _runs)).Build());
        await reads.Asked;
        var drained = system.Jobs.DrainAsync(Patience, TimeSpan.Zero);

        reads.Release();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => job.WhenEnded);
        await drained;
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task A_job_that_has_ended_starts_nothing_when_it_is_told_to_go_on()
    {
        await using var system = new TestSystem();
        var failed = await system.SubmitAsync(new TestFlow("f").Task("a", _ => throw new IOException("no")).Build());
        Assert.Equal(JobPhase.Failed, await failed.WhenEnded);
        await system.SubmitAsync(Waiting().Build(), "waiting");
        await _started.Task;
        var drained = system.Jobs.DrainAsync(Patience, TimeSpan.Zero);

        Assert.Null(await failed.CommandAsync(at => new JobCommand.RetryFailed(at)));
        Assert.Equal(TaskPhase.Ready, await failed.ReadAsync(state => state.PhaseOf(0)));
        _release.SetResult(Payload.None);
        await drained;
    }

    [Fact]
    public async Task A_job_that_has_ended_and_is_just_going_on_is_waited_for()
    {
        var journal = new HoldingJournal();
        await using var system = new TestSystem(journal: journal);
        var job = await system.SubmitAsync(new TestFlow("f").Task("a", FailOnceAndWait, Async).Build());
        Assert.Equal(JobPhase.Failed, await job.WhenEnded);
        var held = journal.HoldNext();
        var retried = job.CommandAsync(at => new JobCommand.RetryFailed(at));
        await held;
        var drained = system.Jobs.DrainAsync(Patience, TimeSpan.Zero);
        journal.Release();
        Assert.Null(await retried);
        await _started.Task;
        Assert.False(drained.IsCompleted);

        _release.SetResult(Payload.None);
        Assert.Equal(JobPhase.Succeeded, await job.WhenEnded);
        await drained;

        ValueTask<Payload> FailOnceAndWait(TaskCall call)
        {
            if (Interlocked.Increment(ref _runs) == 1) throw new IOException("once");
            _started.TrySetResult();
            return new(_release.Task);
        }
    }

    [Fact]
    public async Task Whoever_closes_while_a_drain_is_under_way_does_not_cut_it_short()
    {
        await using var system = new TestSystem();
        var job = await system.SubmitAsync(Waiting().Build());
        await _started.Task;
        var drained = system.Jobs.DrainAsync(Patience, TimeSpan.Zero);
        var closed = system.Jobs.DisposeAsync().AsTask();
        Assert.False(closed.IsCompleted);

        _release.SetResult(Payload.None);
        Assert.Equal(JobPhase.Succeeded, await job.WhenEnded);
        await drained;
        await closed;
    }

    private TestFlow Waiting() => new TestFlow("waiting").Task("a", _ =>
    {
        _started.TrySetResult();
        return new(_release.Task);
    }, Async);
}
