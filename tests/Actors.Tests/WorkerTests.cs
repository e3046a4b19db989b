using System.Collections.Concurrent;
using ActorFlow.Engine;
using ActorFlow.Journal;
using ActorFlow.Tests;

namespace ActorFlow.Actors.Tests;

/// <summary>What becomes of attempts and threads that wait for each other, with real workers.</summary>
public sealed class WorkerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_attempt_that_counts_as_started_does_not_wait_for_the_next_append()
    {
        var journal = new WatchedJournal();
        await using var system = new TestSystem(journal: journal);
        var pool = system.Jobs.Pools["compute"];
        using ManualResetEventSlim endFirst = new(), endSecond = new(), thirdBegan = new();
        var hasBegun = false;
        // While the end of the first is recorded, the second ends and reports.
        journal.BeforeSuccess[0] = () =>
        {
            endSecond.Set();
            system.Time.Pass(TimeSpan.FromSeconds(1));
            SpinWait.SpinUntil(() => pool.RunningAttempts == 1);
        };
        journal.BeforeSuccess[1] = () => hasBegun = thirdBegan.Wait(Patience);
        var flow = new TestFlow("f").Task("first", _ => endFirst.Wait(Patience))
            .Task("second", _ => endSecond.Wait(Patience)).Task("third", _ => thirdBegan.IsSet || Set(thirdBegan));
        var job = await system.SubmitAsync(flow.Build());
        await Waiting.UntilAsync(() => pool.RunningAttempts == 2);
        endFirst.Set();
        Assert.Equal(JobPhase.Succeeded, await job.WhenEnded);
        Assert.True(hasBegun);
    }

    [Fact]
    public async Task A_worker_goes_on_with_what_has_been_started_ahead_while_an_end_is_recorded()
    {
        var journal = new WatchedJournal();
        await using var system = new TestSystem(compute: 1, journal: journal);
        using var fourthBegan = new ManualResetEventSlim();
        var hasBegun = false;
        // From the first two it learns that one attempt or more ends during an append; then there are some ahead.
        for (var task = 0; task < 2; task++)
            journal.BeforeSuccess[task] = () => system.Time.Pass(TimeSpan.FromMilliseconds(1));
        journal.BeforeSuccess[2] = () => hasBegun = fourthBegan.Wait(Patience);
        var flow = new TestFlow("f");
        for (var task = 0; task < 3; task++) flow.Task($"task-{task}", _ => true);
        flow.Task("fourth", _ => Set(fourthBegan));
        for (var task = 4; task < 10; task++) flow.Task($"task-{task}", _ => true);
        Assert.Equal(JobPhase.Succeeded, await (await system.SubmitAsync(flow.Build())).WhenEnded);
        Assert.True(hasBegun);
    }

    [Fact]
    public async Task A_thread_that_comes_back_from_an_abandoned_attempt_ends_also_if_that_awaits_something_then()
    {
        if (!OperatingSystem.IsLinux()) return;
        await using var system = new TestSystem(otherPools: new() { ["deaf"] = 1 });
        using var release = new ManualResetEventSlim();
        using var began = new SemaphoreSlim(0);
        var policy = new TaskPolicy
        {
            Pool = "deaf",
            Timeouts = new TaskTimeouts { Attempt = TimeSpan.FromSeconds(1), Grace = TimeSpan.Zero },
        };
        for (var number = 0; number < 3; number++)
        {
            var job = await system.SubmitAsync(new TestFlow("f").Task("a", Deaf, policy).Build(), $"job-{number}");
            await began.WaitAsync();
            await job.ReadAsync(state => state.Phase);
            system.Time.FireNext();
            Assert.Equal(JobPhase.Failed, await job.WhenEnded);
        }

        // One more has taken the place of the last.
        await Waiting.UntilAsync(() => ThreadsOf("deaf") == 4);
        release.Set();
        await Waiting.UntilAsync(() => ThreadsOf("deaf") <= 1);

        async ValueTask<Payload> Deaf(TaskCall call)
        {
            began.Release();
            release.Wait(CancellationToken.None);
            await Task.Yield();
            return Payload.None;
        }
    }

    [Fact]
    public async Task An_attempt_is_found_among_many_beside_the_next_one_of_its_task()
    {
        await using var system = new TestSystem();
        var flow = new TestFlow("f");
        var policy = new TaskPolicy { Pool = TaskPolicy.AsyncPool };
        for (var task = 0; task < 40; task++) flow.Task($"task-{task}", Wait, policy);
        var job = await system.SubmitAsync(flow.Build());

        var found = await job.AskAsync(actor =>
        {
            var running = actor.Effects.Running;
            var first = running.All().First();
            var second = running.Begin(first.Task, 2, null!, first.Claim);
            try
            {
                return (running.Find(first.Task, 1) == first, running.Find(first.Task, 2) == second);
            }
            finally
            {
                running.Remove(second);
            }
        });
        Assert.Equal((true, true), found);

        static async ValueTask<Payload> Wait(TaskCall call)
        {
            await call.UntilCancelledAsync();
            return Payload.None;
        }
    }

    private static bool Set(ManualResetEventSlim it)
    {
        it.Set();
        return true;
    }

    /// <summary>How many threads of this process work for a pool; their names are cut to 15 letters.</summary>
    private static int ThreadsOf(string pool) =>
        Directory.EnumerateDirectories("/proc/self/task").Count(thread => NameOf(thread).StartsWith(
            $"actorflow {pool} "[..15], StringComparison.Ordinal));

    private static string NameOf(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "comm"));
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return "";
        }
    }

    /// <summary>A journal in memory that takes its time: something happens before a success is recorded.</summary>
    private sealed class WatchedJournal() : DelegatingJournal(new MemoryJournal())
    {
        public ConcurrentDictionary<int, Action> BeforeSuccess { get; } = [];

        public override void Append(JournalWrite write)
        {
            foreach (var success in write.Events.OfType<JobEvent.TaskSucceeded>())
                if (BeforeSuccess.TryGetValue(success.Task, out var action)) action();
            base.Append(write);
        }
    }
}
