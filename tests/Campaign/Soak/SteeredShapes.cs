namespace ActorFlow.Campaign;

/// <summary>Kinds of jobs that an operator has a hand in.</summary>
internal sealed class SteeredShapes
{
    private readonly Gates _gates = new();

    public IEnumerable<SoakShape> All() =>
        [Cancelled(), Paused(), Settled(), RetriedAfterItsEnd(), SubmittedTwice(), Forgotten(), Abandoned()];

    /// <summary>A task that waits at the job's gate, and one after it.</summary>
    private Flow<int, int> Gated(string name)
    {
        var flow = FlowBuilder.Create<int>(name);
        var gate = flow.Task("gate", flow.Input, async (int x, TaskContext context) =>
        {
            await _gates.Of(context.JobId).PassAsync(context.CancellationToken);
            return x;
        });
        return flow.Build(flow.Task("after", gate, x => x + 1));
    }

    private SoakShape Cancelled()
    {
        var flow = Gated("cancelled");
        return new SoakShape(flow.Definition.Name, 5, async job =>
        {
            var handle = await job.SubmitAsync(flow);
            await _gates.Of(job.Id).Reached;
            await handle.CancelAsync("no longer wanted");
            var report = await job.EndsAsync(handle, JobPhase.Cancelled);
            job.Require(report["after"].Phase == TaskPhase.Cancelled, $"what waited is {report["after"].Phase}");
            _gates.Forget(job.Id);
        });
    }

    private SoakShape Paused()
    {
        var flow = Gated("paused");
        return new SoakShape(flow.Definition.Name, 5, async job =>
        {
            var handle = await job.SubmitAsync(flow);
            var gate = _gates.Of(job.Id);
            await gate.Reached;
            await handle.PauseAsync();
            gate.Open();
            await foreach (var fact in handle.ReadEventsAsync())
                if (fact is JobEvent.TaskSucceeded) break;
            job.Require(await handle.WaitsForOperatorAsync(), "it is paused, and waits for nobody");
            await handle.ResumeAsync();
            await job.GivesAsync(handle, job.Number + 1);
            _gates.Forget(job.Id);
        });
    }

    private static SoakShape Settled()
    {
        var flow = FlowBuilder.Create<int>("settled");
        var held = flow.Task("held", flow.Input, int (int _) => throw new IOException("ask somebody"))
            .Retry(new RetryPolicy { OnExhausted = Directive.Hold });
        var built = flow.Build(flow.Task("after", held, x => x + 1));
        return new SoakShape("settled", 5, async job =>
        {
            var handle = await job.SubmitAsync(built);
            await foreach (var fact in handle.ReadEventsAsync())
                if (fact is JobEvent.TaskHeld) break;
            await handle.SettleAsync("held", Directive.Ignore, Payload.FromJson("41"));
            await job.GivesAsync(handle, 42);
        });
    }

    private static SoakShape RetriedAfterItsEnd()
    {
        var flow = FlowBuilder.Create<int>("retried");
        var shaky = flow.Task("shaky", flow.Input, (int x, TaskContext context) =>
            context.Attempt == 1 ? throw new IOException("not yet") : x);
        var built = flow.Build(flow.Task("after", shaky, x => x + 1));
        return new SoakShape("retried", 5, async job =>
        {
            var handle = await job.SubmitAsync(built);
            var report = await job.EndsAsync(handle, JobPhase.Failed);
            job.Require(report["after"].Phase == TaskPhase.Skipped, $"what depends on it is {report["after"].Phase}");
            await handle.RetryFailedAsync();
            await job.GivesAsync(handle, job.Number + 1);
        });
    }

    private SoakShape SubmittedTwice()
    {
        var flow = Gated("submitted-twice");
        return new SoakShape(flow.Definition.Name, 3, async job =>
        {
            var handle = await job.SubmitAsync(flow);
            var again = await job.SubmitAsync(flow);
            try
            {
                await job.Engine.SubmitAsync(flow, job.Number + 1, new JobOptions { Id = job.Id });
                job.Require(false, "another input under its id was taken");
            }
            catch (JobConflictException)
            {
                // As it must be.
            }

            _gates.Of(job.Id).Open();
            await job.GivesAsync(handle, job.Number + 1);
            var result = await again.GetResultAsync();
            job.Require(result == job.Number + 1, $"whoever submitted it again got {result}");
            _gates.Forget(job.Id);
        });
    }

    private static SoakShape Forgotten()
    {
        var flow = FlowBuilder.Create<int>("forgotten");
        var built = flow.Build(flow.Task("only", flow.Input, x => x));
        return new SoakShape("forgotten", 5, async job =>
        {
            await job.GivesAsync(await job.SubmitAsync(built), job.Number);
            job.Require(await job.Journal.ForgetAsync(job.Id, default), "it was not there to be forgotten");
            job.Require(await job.Engine.GetAsync(job.Id) is null, "it is forgotten, and still there");
        });
    }

    // It does not heed the request to stop: its thread is given up, and comes back later to find that.
    private SoakShape Abandoned()
    {
        var flow = FlowBuilder.Create<int>("abandoned");
        flow.Task("deaf", flow.Input, (int _, TaskContext context) =>
            _gates.PassAsync(context.JobId).Wait(CancellationToken.None))
            .Timeouts(new TaskTimeouts
            {
                Attempt = TimeSpan.FromMilliseconds(20),
                Grace = TimeSpan.FromMilliseconds(10),
            });
        var built = flow.Build();
        return new SoakShape(built.Definition.Name, 2, async job =>
        {
            var gate = _gates.Of(job.Id);
            var handle = await job.SubmitAsync(built);
            var report = await job.EndsAsync(handle, JobPhase.Failed);
            job.Require(report.AbandonedAttempts == 1, $"{report.AbandonedAttempts} attempts were abandoned");
            // It may have been given up before its turn had come.
            gate.Open();
            _gates.Forget(job.Id);
        });
    }
}
