using ActorFlow.Engine;
using ActorFlow.Journal;

namespace ActorFlow.Actors.Tests;

public sealed class JobSystemTests
{
    private static readonly TaskPolicy Async = TaskPolicy.Default with { Pool = "async" };

    [Fact]
    public async Task A_job_runs_its_tasks_after_what_they_need()
    {
        await using var system = new TestSystem();
        var order = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var flow = new TestFlow("f").Task("a", Note).Task("b", Note, null, "a").Task("c", Note, null, "b").Build();
        var report = await TestSystem.EndOf(await system.SubmitAsync(flow));
        Assert.Equal(JobPhase.Succeeded, report.Phase);
        Assert.Equal(["a", "b", "c"], order);

        ValueTask<Payload> Note(TaskCall call)
        {
            order.Enqueue(call.Context.TaskName);
            return Outputs.None;
        }
    }

    [Fact]
    public async Task An_output_reaches_the_dependent_as_it_was_written()
    {
        await using var system = new TestSystem();
        var flow = new TestFlow("f")
            .Task("a", call => new(call.Encode(call.Decode<int>(call.JobInput) + 1)))
            .Task("b", call => new(call.Encode(call.Decode<int>(call.Source(0)!) * 2)), null, "a").Build();
        var report = await TestSystem.EndOf(await system.SubmitAsync(flow, input: "20"));
        Assert.Equal("42", report["b"].Output!.ToString());
    }

    [Fact]
    public async Task Blocking_user_code_holds_up_no_supervisor()
    {
        await using var system = new TestSystem(compute: 2);
        using var gate = new ManualResetEventSlim();
        var blocked = new TestFlow("blocked").Task("x", Block).Task("y", Block).Build();
        var job = await system.SubmitAsync(blocked, "blocked");
        // Every worker of the pool is stuck: a job of another pool, and a pause of this one, go through all the same.
        var other = await system.SubmitAsync(new TestFlow("other").Task("z", _ =>
            Outputs.None, Async).Build(), "other");
        Assert.Equal(JobPhase.Succeeded, await other.WhenEnded);
        Assert.Null(await job.CommandAsync(at => new JobCommand.PauseJob(at)));
        Assert.Null(await job.CommandAsync(at => new JobCommand.ContinueJob(at)));
        gate.Set();
        Assert.Equal(JobPhase.Succeeded, await job.WhenEnded);

        ValueTask<Payload> Block(TaskCall call)
        {
            gate.Wait(CancellationToken.None);
            return Outputs.None;
        }
    }

    [Fact]
    public async Task An_attempt_that_blocks_while_its_parts_run_gives_its_slot_back_once()
    {
        await using var system = new TestSystem(compute: 2);
        var part = new TestFlow("part").Task("x").Build();
        var flow = new TestFlow("blocks").Growing("t", Block, TaskPolicy.Default, part).Build();
        for (var number = 0; number < 3; number++)
            Assert.Equal(JobPhase.Succeeded, await (await system.SubmitAsync(flow, $"job{number}")).WhenEnded);

        // Its workers rest a moment after the last job has ended.
        await Waiting.UntilAsync(() => system.Jobs.Pools["compute"].RunningAttempts == 0);

        static ValueTask<Payload> Block(TaskCall call)
        {
            var parts = new Expansion([new ExpansionPart("p", 0) { Input = Payload.None }]) { Key = "k" };
            call.ExpandAsync(parts).GetAwaiter().GetResult();
            return new(Payload.None);
        }
    }

    [Fact]
    public async Task An_attempt_that_blocks_among_short_ones_holds_up_none_of_them()
    {
        // A supervisor's turn waits for short attempts that are ready: one that blocks must not hold it up.
        const int Count = 40_000;
        await using var system = new TestSystem(compute: 2);
        using var done = new CountdownEvent(Count - 1);
        var flow = new TestFlow("wide");
        for (var i = 0; i < Count; i++) flow.Task($"t{i}", i == Count / 2 ? Block : Step);
        var job = await system.SubmitAsync(flow.Build());
        Assert.Equal(JobPhase.Succeeded, await job.WhenEnded);

        ValueTask<Payload> Step(TaskCall call)
        {
            done.Signal();
            return Outputs.None;
        }

        ValueTask<Payload> Block(TaskCall call)
        {
            done.Wait(CancellationToken.None);
            return Outputs.None;
        }
    }

    [Fact]
    public async Task A_large_job_does_not_hold_up_a_small_one()
    {
        await using var system = new TestSystem(compute: 1);
        using var gate = new SemaphoreSlim(0);
        var large = new TestFlow("large");
        for (var i = 0; i < 200; i++) large.Task($"t{i}", Step);
        var first = await system.SubmitAsync(large.Build(), "large");
        var second = await system.SubmitAsync(new TestFlow("small").Task("x", Step).Task("y", Step, null, "x")
            .Build(), "small");
        // The small job has to wait for a turn or two of the large one, not for all of it.
        gate.Release(20);
        Assert.Equal(JobPhase.Succeeded, await second.WhenEnded);
        Assert.False(first.WhenEnded.IsCompleted);
        gate.Release(200);
        Assert.Equal(JobPhase.Succeeded, await first.WhenEnded);

        ValueTask<Payload> Step(TaskCall call)
        {
            gate.Wait(CancellationToken.None);
            return Outputs.None;
        }
    }

    [Fact]
    public async Task An_attempt_that_does_not_heed_is_abandoned_and_its_late_result_ignored()
    {
        await using var system = new TestSystem(compute: 1);
        var release = new TaskCompletionSource<Payload>(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var attempts = 0;
        var policy = TaskPolicy.Default with
        {
            Retry = new RetryPolicy { MaxAttempts = 2 },
            Timeouts = new TaskTimeouts { Attempt = TimeSpan.FromSeconds(10), Grace = TimeSpan.FromSeconds(1) },
        };
        var flow = new TestFlow("f").Task("deaf", _ =>
        {
            if (Interlocked.Increment(ref attempts) > 1) return new(Payload.FromJson("\"second\""));
            started.SetResult();
            return new(release.Task);
        }, policy).Build();
        var job = await system.SubmitAsync(flow);
        await started.Task;
        await Turn(system, job, state => state.PhaseOf(0) == TaskPhase.Stopping);
        // The grace time; from there on the clock stands still, unless that is what the task waits for.
        system.Time.FireNext();
        while (!await job.ReadAsync(state => state.Phase.HasEnded()))
        {
            if (await job.ReadAsync(state => state.PhaseOf(0) == TaskPhase.BackingOff)) system.Time.FireNext();
            await Task.Yield();
        }

        release.SetResult(Payload.FromJson("\"late\""));
        var report = await TestSystem.EndOf(job);
        Assert.Equal("\"second\"", report["deaf"].Output!.ToString());
        Assert.Equal(1, report.AbandonedAttempts);
        Assert.Equal(1, system.Jobs.AbandonedAttempts);
    }

    [Fact]
    public async Task A_heartbeat_keeps_an_attempt_alive_and_silence_fails_it()
    {
        await using var system = new TestSystem();
        var context = new TaskCompletionSource<TaskContext>(TaskCreationOptions.RunContinuationsAsynchronously);
        var policy = Async with { Timeouts = new TaskTimeouts { Heartbeat = TimeSpan.FromSeconds(10) } };
        var flow = new TestFlow("f").Task("a", async call =>
        {
            context.SetResult(call.Context);
            await call.UntilCancelledAsync();
            return Payload.None;
        }, policy).Build();
        var job = await system.SubmitAsync(flow);
        var task = await context.Task;
        system.Time.Pass(TimeSpan.FromSeconds(8));
        task.Report(0.5, "half way");
        await job.ReadAsync(state => state.Phase);
        // The alarm moved along with the sign of life: the next to go off is the one ten seconds after it.
        system.Time.FireNext();
        var report = await TestSystem.EndOf(job);
        Assert.Equal(Reason.HeartbeatTimeout, report["a"].Reason);
        Assert.Equal(TimeSpan.FromSeconds(18), report["a"].EndedAt - report["a"].StartedAt);
        Assert.Equal("half way", Assert.Single(system.Progress).Message);
    }

    [Fact]
    public async Task A_scratch_directory_is_made_on_first_use_and_removed_at_the_end_unless_it_is_kept()
    {
        await using var system = new TestSystem();
        var paths = new System.Collections.Concurrent.ConcurrentDictionary<string, string>();
        var flow = new TestFlow("f").Task("none").Task("gone", Use).Task("kept", Use).Build();
        await (await system.SubmitAsync(flow)).WhenEnded;
        Assert.Equal(2, paths.Count);
        Assert.False(Directory.Exists(paths["gone"]));
        Assert.True(Directory.Exists(paths["kept"]));

        ValueTask<Payload> Use(TaskCall call)
        {
            var context = call.Context;
            paths[context.TaskName] = context.ScratchDirectory;
            Assert.True(Directory.Exists(context.ScratchDirectory));
            if (context.TaskName == "kept") context.KeepScratchDirectory();
            return Outputs.None;
        }
    }

    [Fact]
    public async Task An_interrupted_job_goes_on_where_it_stopped()
    {
        var journal = new MemoryJournal();
        var runs = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var hangs = true;
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var flow = new TestFlow("f").Task("a", Run).Task("b", Run, Async, "a").Task("c", Run, null, "b").Build();
        await using (var first = new TestSystem(journal: journal))
        {
            await first.SubmitAsync(flow);
            await begun.Task;
        }

        hangs = false;
        await using var second = new TestSystem(journal: journal);
        var job = await second.Jobs.OpenAsync(new JobId("job"), flow, CancellationToken.None);
        var report = await TestSystem.EndOf(job);
        Assert.Equal(["a", "b", "b", "c"], runs);
        Assert.Equal((1, 2, 1), (report["a"].Attempts, report["b"].Attempts, report["b"].Lost));

        async ValueTask<Payload> Run(TaskCall call)
        {
            runs.Enqueue(call.Context.TaskName);
            if (call.Context.TaskName == "b" && hangs)
            {
                begun.SetResult();
                await call.UntilCancelledAsync();
            }

            return Payload.None;
        }
    }

    [Fact]
    public async Task Submitting_again_gives_the_job_that_is_there_and_anything_else_is_a_conflict()
    {
        await using var system = new TestSystem();
        var flow = new TestFlow("f").Task("a").Build();
        await (await system.SubmitAsync(flow)).WhenEnded;
        var again = await system.SubmitAsync(flow);
        Assert.Equal(4, await again.ReadAsync(state => state.Version));
        var input = await Assert.ThrowsAsync<JobConflictException>(() => system.SubmitAsync(flow, input: "1"));
        Assert.Equal("another input", input.Difference);
        var other = new TestFlow("f").Task("a").Task("b").Build();
        var changed = await Assert.ThrowsAsync<JobConflictException>(() => system.SubmitAsync(other));
        Assert.Equal("another version of flow 'f': task 'b' added", changed.Difference);
    }

    [Fact]
    public async Task A_changed_flow_is_refused_with_what_changed()
    {
        var journal = new MemoryJournal();
        await using (var first = new TestSystem(journal: journal))
        {
            var job = await first.SubmitAsync(new TestFlow("f").Task("a").Task("b").Build());
            await job.WhenEnded;
        }

        await using var second = new TestSystem(journal: journal);
        var flow = new TestFlow("f").Task("a", needs: "c").Task("c").Build();
        var error = await Assert.ThrowsAsync<FlowChangedException>(
            () => second.Jobs.OpenAsync(new JobId("job"), flow, CancellationToken.None));
        Assert.Equal("task 'c' added; task 'b' removed; task 'a' changed", error.Difference);
    }

    [Fact]
    public async Task What_cannot_be_made_durable_has_not_happened()
    {
        var journal = new FailingJournal(append => append >= 2 ? FailingJournal.DiskFull : null);
        await using var system = new TestSystem(journal: journal);
        var ran = false;
        var gate = new TaskCompletionSource<Payload>(TaskCreationOptions.RunContinuationsAsynchronously);
        var flow = new TestFlow("f").Task("a", _ => new(gate.Task), Async).Task("b", _ =>
        {
            ran = true;
            return Outputs.None;
        }, null, "a").Build();
        var job = await system.SubmitAsync(flow);
        gate.SetResult(Payload.None);
        await Assert.ThrowsAsync<JournalWriteException>(() => job.WhenEnded);
        Assert.False(ran);
    }

    /// <summary>Turns the clock timer by timer until something holds.</summary>
    private static async Task Turn(TestSystem system, JobRef job, Func<JobState, bool> holds)
    {
        while (!await job.ReadAsync(holds))
        {
            system.Time.FireNext();
            await Task.Yield();
        }
    }
}
