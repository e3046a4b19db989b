using ActorFlow.Actors;
using Microsoft.Extensions.Logging;

namespace ActorFlow;

/// <summary>Keeps one pump going for each job that an observer hears of.</summary>
internal sealed class ObserverPumps(JobObserver observer, ILogger log, CancellationToken closing)
{
    private readonly Dictionary<JobId, Pumping> _jobs = [];
    private readonly DirectCalls _calls = new();
    private Task _begun = Task.CompletedTask;

    private Task WhenDone
    {
        get
        {
            lock (_jobs) return Task.WhenAll([_begun, .. _jobs.Values.Select(pumping => pumping.Last)]);
        }
    }

    /// <summary>Tells that the engine is there, before anything else.</summary>
    public void Begin(ActorFlowEngine engine) => _begun = BeginAsync(engine);

    private async Task BeginAsync(ActorFlowEngine engine)
    {
        await TellAsync(() => observer.OnEngineStartedAsync(engine, closing)).ConfigureAwait(false);
        _calls.Open();
    }

    /// <summary>A job became active: the observer hears of it when it has heard all that was before.</summary>
    public void Observe(JobActivation activation)
    {
        var id = activation.Job.Id;
        lock (_jobs)
        {
            if (!_jobs.TryGetValue(id, out var pumping)) _jobs.Add(id, pumping = new Pumping());
            pumping.Count++;
            pumping.Last = PumpAsync(pumping.Last, activation);
        }
    }

    /// <summary>Tells how far an attempt is.</summary>
    public void Tell(AttemptProgress progress) => Tell(progress.Job, () => observer.OnProgress(progress));

    /// <summary>Tells that an attempt saved or loaded a dataset.</summary>
    public void Tell(DatasetUse use) => Tell(use.Job, () => observer.OnDataset(use));

    private void Tell(JobId job, Action tell) => _calls.Make(() => TellNow(job, tell));

    private void TellNow(JobId job, Action tell)
    {
        try
        {
            tell();
        }
        catch (Exception e)
        {
            ObserverLog.ObserverThrew(log, e, observer.GetType().Name, job.Value);
        }
    }

    /// <summary>Waits until all is told, and tells that the engine closes.</summary>
    public async Task EndAsync(ActorFlowEngine engine)
    {
        await WhenDone.ConfigureAwait(false);
        await _calls.EndAsync().ConfigureAwait(false);
        await TellAsync(() => observer.OnEngineStoppedAsync(engine, CancellationToken.None)).ConfigureAwait(false);
    }

    private async Task PumpAsync(Task before, JobActivation activation)
    {
        await Task.Yield();
        await _begun.ConfigureAwait(false);
        await before.ConfigureAwait(false);
        var job = activation.Job;
        var pump = new ObserverPump(new JobHandle(job), observer, log);
        await pump.RunAsync(activation.FromVersion, activation.IsResumed, closing).ConfigureAwait(false);
        lock (_jobs)
            if (--_jobs[job.Id].Count == 0) _jobs.Remove(job.Id);
    }

    private async Task TellAsync(Func<ValueTask> tell)
    {
        await Task.Yield();
        try
        {
            await tell().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            ObserverLog.ObserverThrewForEngine(log, e, observer.GetType().Name);
        }
    }

    /// <summary>The pumps of one job, each behind the one before.</summary>
    private sealed class Pumping
    {
        public int Count { get; set; }

        public Task Last { get; set; } = Task.CompletedTask;
    }
}
