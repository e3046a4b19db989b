using ActorFlow.Engine;
using ActorFlow.Journal;

namespace ActorFlow.Actors.Tests;

/// <summary>Running attempts that wait for what they have added, and what becomes of their code.</summary>
public sealed class AwaitedPartsTests
{
    private static readonly TaskPolicy Async = new() { Pool = TaskPolicy.AsyncPool };
    private static readonly Expansion OnePart = new([new ExpansionPart("x", 0) { Input = Payload.None }]) { Key = "k" };

    [Fact]
    public async Task Whoever_asks_twice_at_once_for_the_same_is_told_twice()
    {
        await using var system = new TestSystem();
        var part = new TestFlow("part").Task("p", _ => 7).Build();
        var flow = new TestFlow("f").Growing("a", async call =>
        {
            var both = await Task.WhenAll(call.ExpandAsync(OnePart), call.ExpandAsync(OnePart));
            return call.Encode(both.Sum(outcome => outcome.Parts.Count(p => p.Phase == TaskPhase.Succeeded)));
        }, Async, part).Build();
        var report = await TestSystem.EndOf(await system.SubmitAsync(flow));
        Assert.Equal(("2", 2), (report["a"].Output!.ToString(), report.Tasks.Count));
    }

    [Fact]
    public async Task The_code_of_an_attempt_that_is_abandoned_does_not_wait_for_ever()
    {
        await using var system = new TestSystem();
        var refused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var part = Deaf(started, grace: TimeSpan.FromHours(1));
        var policy = Async with { Timeouts = new() { Grace = TimeSpan.FromSeconds(1) } };
        var flow = new TestFlow("f").Growing("a", call => WaitAsync(call, refused), policy, part).Build();
        var job = await system.SubmitAsync(flow);
        await started.Task;
        await job.CommandAsync(at => new JobCommand.CancelJob(at, null));
        await TimePasses(system, refused.Task);
        await TimePasses(system, job.WhenEnded);
        Assert.Equal(JobPhase.Cancelled, await job.WhenEnded);
    }

    [Fact]
    public async Task The_code_of_an_attempt_that_was_abandoned_before_does_not_wait_for_ever_either()
    {
        await using var system = new TestSystem();
        var refused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var abandoned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var policy = Async with { Timeouts = new() { Grace = TimeSpan.FromSeconds(1) } };
        var flow = new TestFlow("f").Growing("a", AskLateAsync, policy, new TestFlow("part").Task("x").Build()).Build();
        var job = await system.SubmitAsync(flow);
        await started.Task;
        await job.CommandAsync(at => new JobCommand.CancelJob(at, null));
        await TimePasses(system, job.WhenEnded);
        abandoned.SetResult();
        await refused.Task;

        async ValueTask<Payload> AskLateAsync(TaskCall call)
        {
            started.SetResult();
            await abandoned.Task;
            return await WaitAsync(call, refused);
        }
    }

    [Fact]
    public async Task What_an_attempt_that_has_ended_left_waiting_does_not_wait_for_ever()
    {
        await using var system = new TestSystem();
        var refused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var flow = new TestFlow("f").Growing("a", LeaveAsync, Async, Deaf(started, grace: TimeSpan.Zero)).Build();
        var job = await system.SubmitAsync(flow);
        await TimePasses(system, job.WhenEnded);
        Assert.Equal(JobPhase.Succeeded, await job.WhenEnded);
        await refused.Task;

        async ValueTask<Payload> LeaveAsync(TaskCall call)
        {
            _ = WaitAsync(call, refused).AsTask();
            await started.Task;
            return Payload.None;
        }
    }

    [Fact]
    public async Task The_code_of_an_attempt_that_waits_ends_with_its_process()
    {
        var refused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (var system = new TestSystem())
        {
            var part = Deaf(started, grace: TimeSpan.Zero);
            var flow = new TestFlow("f").Growing("a", call => WaitAsync(call, refused), Async, part).Build();
            await system.SubmitAsync(flow);
            await started.Task;
            await TimePasses(system, system.Jobs.DisposeAsync().AsTask());
        }

        await refused.Task;
    }

    [Fact]
    public async Task What_an_attempt_waits_for_is_not_stopped_for_good_because_the_process_ends()
    {
        var journal = new MemoryJournal();
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (var system = new TestSystem(journal: journal))
        {
            var part = Deaf(started, grace: TimeSpan.Zero);
            await system.SubmitAsync(new TestFlow("f").Growing("a", WaitAndStopAsync, Async, part).Build());
            await started.Task;
            await TimePasses(system, system.Jobs.DisposeAsync().AsTask());
        }

        await stopped.Task;
        var events = await journal.ReadAsync(new JobId("job"), 1, CancellationToken.None);
        Assert.Contains(events, fact => fact is JobEvent.TaskExpanded);
        Assert.DoesNotContain(events, fact => fact is JobEvent.AttemptStopping);

        async ValueTask<Payload> WaitAndStopAsync(TaskCall call)
        {
            await using var stopping = call.CancellationToken.Register(() =>
            {
                call.StopExpansion(OnePart.Key!);
                stopped.SetResult();
            });
            await call.ExpandAsync(OnePart);
            return Payload.None;
        }
    }

    [Fact]
    public async Task An_attempt_that_blocks_the_only_thread_of_its_pool_is_made_up_for_while_it_waits()
    {
        await using var system = new TestSystem(compute: 1);
        var flow = new TestFlow("f").Growing("a", Block, new TaskPolicy(), new TestFlow("part").Task("p").Build());
        for (var job = 0; job < 3; job++)
        {
            var report = await TestSystem.EndOf(await system.SubmitAsync(flow.Build(), $"job{job}"));
            Assert.Equal((JobPhase.Succeeded, "1"), (report.Phase, report["a"].Output!.ToString()));
        }
    }

    [Fact]
    public async Task A_pool_keeps_its_thread_when_an_attempt_that_blocked_it_was_abandoned()
    {
        await using var system = new TestSystem(compute: 1);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var policy = new TaskPolicy { Timeouts = new() { Grace = TimeSpan.FromSeconds(1) } };
        var flow = new TestFlow("f").Growing("a", Block, policy, Deaf(started, grace: TimeSpan.Zero)).Build();
        var job = await system.SubmitAsync(flow);
        await started.Task;
        await job.CommandAsync(at => new JobCommand.CancelJob(at, null));
        await TimePasses(system, job.WhenEnded);

        var next = await system.SubmitAsync(new TestFlow("g").Task("a").Task("b", "a").Build(), "next");
        Assert.Equal(JobPhase.Succeeded, await next.WhenEnded);
    }

    private static ValueTask<Payload> Block(TaskCall call) =>
        new(call.Encode(call.ExpandAsync(OnePart).GetAwaiter().GetResult().Parts.Count));

    private static async Task TimePasses(TestSystem system, Task until)
    {
        while (!until.IsCompleted)
        {
            system.Time.FireNext();
            await Task.Yield();
        }

        await until;
    }

    private static async ValueTask<Payload> WaitAsync(TaskCall call, TaskCompletionSource refused)
    {
        try
        {
            await call.ExpandAsync(OnePart);
        }
        catch (OperationCanceledException)
        {
            refused.SetResult();
            throw;
        }

        return Payload.None;
    }

    private static ExecutableFlow Deaf(TaskCompletionSource started, TimeSpan grace)
    {
        var policy = Async with { Timeouts = new() { Grace = grace } };
        return new TestFlow("part").Task("p", _ =>
        {
            started.TrySetResult();
            return new ValueTask<Payload>(new TaskCompletionSource<Payload>().Task);
        }, policy).Build();
    }
}
