using ActorFlow.Api.Tests.Engine;

namespace ActorFlow.Api.Tests.Observing;

/// <summary>What observers hear, in which order, and what their own trouble does.</summary>
public sealed class ObserverTests
{
    [Fact]
    public async Task An_observer_hears_of_starts_failures_retries_skips_ends_and_progress()
    {
        var heard = new Recorder();
        var flow = FlowBuilder.Create<int>("observed");
        var works = flow.Task("works", flow.Input, (x, context) =>
        {
            context.Report(0.5, "half");
            context.Heartbeat();
            return x;
        });
        var breaks = flow.Task("breaks", works, int (_) => throw new IOException("no")).Retry(2);
        flow.Task("never", breaks, x => x);
        await RunAsync(flow.Build(), heard);

        Assert.Equal(
            [
                "engine starts", "job starts", "works starts 1", "works ends Succeeded", "breaks starts 1",
                "breaks fails 1", "breaks is retried", "breaks begins retry 2 after no", "breaks starts 2",
                "breaks fails 2", "breaks ends retry 2 False", "breaks ends Failed",
                "never is skipped because of breaks", "never ends Skipped", "job ends Failed", "engine stops",
            ],
            heard.Lines);
        Assert.Equal(
            [(0.5, "half"), (null, null)],
            heard.Progress.Select(progress => (progress.Progress, progress.Message)));
    }

    [Fact]
    public async Task An_observer_hears_of_pauses_cancels_and_attempts_that_are_to_stop()
    {
        var (heard, gate) = (new Recorder(), new Gate());
        await using (var engine = Engine(heard))
        {
            var job = await engine.SubmitAsync(gate.Flow(), 1);
            await gate.Began;
            await job.PauseAsync();
            await job.ResumeAsync();
            await job.CancelAsync("enough");
            await job.WaitAsync();
        }

        Assert.Equal(
            [
                "job pauses", "job continues", "job stops for Cancelled because JobCancelled",
                "gate is to stop 1 because JobCancelled", "twice ends Cancelled", "gate fails 1",
                "gate ends Cancelled", "job ends Cancelled", "engine stops",
            ],
            heard.Lines.SkipWhile(line => line != "job pauses"));
    }

    [Fact]
    public async Task An_observer_hears_of_tasks_that_wait_for_an_operator()
    {
        var heard = new Recorder();
        await using (var engine = Engine(heard))
        {
            var flow = new Flaky(1).Flow(middle => middle.Retry(new RetryPolicy { OnExhausted = Directive.Hold }));
            var job = await engine.SubmitAsync(flow, 1);
            await heard.HeardAsync("middle is held");
            await job.SettleAsync("middle", Directive.Retry);
            await job.WaitAsync();
        }

        Assert.Equal(
            [
                "middle is held", "middle is retried", "middle begins retry 2 after failure 1", "middle starts 2",
                "middle ends Succeeded", "middle ends retry 2 True",
            ],
            heard.Lines.SkipWhile(line => line != "middle is held").Take(6));
    }

    [Fact]
    public async Task An_observer_that_throws_hurts_neither_the_job_nor_the_others()
    {
        var heard = new Recorder();
        var flow = FlowBuilder.Create<int>("reports");
        flow.Task("reports", flow.Input, (x, context) =>
        {
            context.Report(1);
            return x;
        });
        var report = await RunAsync(flow.Build(), new Thrower(), heard);
        Assert.Equal(JobPhase.Succeeded, report.Phase);
        Assert.Equal(["engine starts", "job starts"], heard.Lines.Take(2));
        Assert.Equal(["job ends Succeeded", "engine stops"], heard.Lines.TakeLast(2));
        Assert.Single(heard.Progress);
    }

    [Fact]
    public async Task An_observer_that_hangs_holds_up_neither_the_job_nor_the_others()
    {
        var (heard, hanging) = (new Recorder(), new Hanging());
        await using var engine = Engine(hanging, heard);
        var job = await engine.SubmitAsync(new Flaky(0).Flow(), 1);
        Assert.Equal(JobPhase.Succeeded, await job.WaitAsync());
        await heard.HeardAsync("job ends Succeeded");
        Assert.Equal(1, hanging.Calls);
    }

    [Fact]
    public async Task An_observer_whose_call_the_close_of_the_engine_ends_hears_of_all_that_was_not_told_and_once()
    {
        var hanging = new HangingAt<JobEvent.JobSubmitted>();
        await using (var engine = Engine(hanging))
        {
            var job = await engine.SubmitAsync(new Flaky(1).Flow(), 1);
            await hanging.Hangs;
            await job.WaitAsync();
            await job.RetryFailedAsync();
            await job.WaitAsync();
        }

        Assert.Equal(hanging.Facts.Distinct(), hanging.Facts);
        // What the event means whose call was ended is told, too.
        Assert.Equal(
            ["job starts", "job ends Failed", "job starts", "job ends Succeeded"],
            hanging.Lines.Where(line => line.StartsWith("job", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_end_of_a_job_is_told_though_the_close_of_the_engine_ends_the_call_before()
    {
        var hanging = new HangingAt<JobEvent.JobEnded>();
        await using (var engine = Engine(hanging))
        {
            await engine.RunAsync(new Flaky(0).Flow(), 1);
            await hanging.Hangs;
        }

        Assert.Equal(["job ends Succeeded", "engine stops"], hanging.Lines.TakeLast(2));
    }

    [Fact]
    public async Task An_observer_hears_of_a_job_that_goes_on_after_its_end()
    {
        var heard = new Recorder();
        await using (var engine = Engine(heard))
        {
            var job = await engine.SubmitAsync(new Flaky(1).Flow(), 1);
            await job.WaitAsync();
            await job.RetryFailedAsync();
            await job.WaitAsync();
            await heard.HeardAsync("job ends Succeeded");
        }

        Assert.Equal(
            ["job starts", "job ends Failed", "job starts", "job ends Succeeded"],
            heard.Lines.Where(line => line.StartsWith("job", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task After_an_interruption_an_observer_hears_what_happens_from_then_on()
    {
        using var data = new DataDirectory();
        var gate = new Gate();
        await using (var engine = data.Open())
        {
            await engine.SubmitAsync(gate.Flow(), 3, new JobOptions { Id = new JobId("job") });
            await gate.Began;
        }

        var (heard, next) = (new Recorder(), new Gate());
        next.Open();
        await using (var engine = data.Open(options => options.Observers.Add(heard)))
        {
            engine.Register(next.Flow());
            var resumed = await engine.ResumeAsync();
            await Assert.Single(resumed.Resumed).WaitAsync();
        }

        Assert.Equal(["engine starts", "job starts", "gate fails 1", "gate is retried"], heard.Lines.Take(4));
        Assert.Contains("gate starts 2", heard.Lines);
        Assert.DoesNotContain("plus starts 1", heard.Lines);
        Assert.Equal("engine stops", heard.Lines[^1]);
    }

    private static ActorFlowEngine Engine(params JobObserver[] observers)
    {
        var options = new ActorFlowOptions { InMemory = true };
        foreach (var observer in observers) options.Observers.Add(observer);
        return ActorFlowEngine.Create(options);
    }

    private static async Task<JobReport> RunAsync(Flow<int, Nothing> flow, params JobObserver[] observers)
    {
        await using var engine = Engine(observers);
        var job = await engine.SubmitAsync(flow, 1);
        await job.WaitAsync();
        return await job.GetReportAsync();
    }

    private sealed class Thrower : JobObserver
    {
        public override ValueTask OnEngineStartedAsync(ActorFlowEngine engine, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("I always throw.");

        public override ValueTask OnEngineStoppedAsync(ActorFlowEngine engine, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("I always throw.");

        public override ValueTask OnEventAsync(JobHandle job, JobEvent fact, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("I always throw.");

        public override void OnProgress(Actors.AttemptProgress progress) =>
            throw new InvalidOperationException("I always throw.");
    }

    [Fact]
    public async Task An_observer_that_never_returns_does_not_keep_the_engine_from_closing()
    {
        var observer = new Deaf();
        var engine = ActorFlowEngine.Create(new ActorFlowOptions
        {
            InMemory = true,
            ObserverGrace = TimeSpan.Zero,
            Observers = { observer },
        });
        await engine.RunAsync(new Flaky(0).Flow(), 1);
        await observer.Began.Task;
        await engine.DisposeAsync();
        Assert.False(observer.Never.Task.IsCompleted);
    }

    /// <summary>Does not come back from its first event until the engine closes.</summary>
    private sealed class Hanging : JobObserver
    {
        public int Calls { get; private set; }

        public override async ValueTask OnJobStartedAsync(JobHandle job, CancellationToken cancellationToken)
        {
            Calls++;
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }

    /// <summary>Does not come back from the first event of a kind until the engine closes.</summary>
    private sealed class HangingAt<TEvent> : Recorder
    {
        private readonly TaskCompletionSource _hangs = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Hangs => _hangs.Task;

        public List<JobEvent> Facts { get; } = [];

        public override async ValueTask OnEventAsync(
            JobHandle job, JobEvent fact, CancellationToken cancellationToken)
        {
            Facts.Add(fact);
            if (fact is TEvent && _hangs.TrySetResult()) await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }

    /// <summary>Never comes back from the end of a job, whoever asks it to.</summary>
    private sealed class Deaf : JobObserver
    {
        public TaskCompletionSource Began { get; } = new();

        public TaskCompletionSource Never { get; } = new();

        public override async ValueTask OnJobEndedAsync(
            JobHandle job, JobPhase outcome, CancellationToken cancellationToken)
        {
            Began.SetResult();
            await Never.Task;
        }
    }
}
