using ActorFlow.Actors;
using Microsoft.Extensions.Logging;

namespace ActorFlow;

/// <summary>Keeps one pump going for each job that is observed.</summary>
internal sealed class Observing(IReadOnlyList<JobObserver> observers, ILogger log, CancellationToken closing)
{
    private readonly Dictionary<JobId, Pumping> _jobs = [];

    /// <summary>Tells of progress; null if nobody is there to hear it.</summary>
    public Action<AttemptProgress>? OnProgress => observers.Count == 0 ? null : Tell;

    /// <summary>Completes when all that was to be told is told.</summary>
    public Task WhenDone
    {
        get
        {
            lock (_jobs) return Task.WhenAll(_jobs.Values.Select(pumping => pumping.Last));
        }
    }

    /// <summary>Observes a job from a version on, unless it is observed already.</summary>
    public void Start(JobRef job, long fromVersion)
    {
        lock (_jobs)
            if (!_jobs.ContainsKey(job.Id)) Pump(job, fromVersion, isResumed: fromVersion > 1);
    }

    /// <summary>A job that had ended goes on: the observers hear of it when they have heard all before.</summary>
    public void GoOn(JobRef job, long fromVersion)
    {
        lock (_jobs) Pump(job, fromVersion, isResumed: false);
    }

    private void Pump(JobRef job, long fromVersion, bool isResumed)
    {
        if (observers.Count == 0) return;
        if (!_jobs.TryGetValue(job.Id, out var pumping)) _jobs.Add(job.Id, pumping = new Pumping());
        pumping.Count++;
        pumping.Last = PumpAsync(pumping.Last, job, fromVersion, isResumed);
    }

    private async Task PumpAsync(Task before, JobRef job, long fromVersion, bool isResumed)
    {
        await Task.Yield();
        await before.ConfigureAwait(false);
        var pump = new ObserverPump(new JobHandle(job), observers, log);
        await pump.RunAsync(fromVersion, isResumed, closing).ConfigureAwait(false);
        lock (_jobs)
            if (--_jobs[job.Id].Count == 0) _jobs.Remove(job.Id);
    }

    private void Tell(AttemptProgress progress)
    {
        foreach (var observer in observers) observer.OnProgress(progress);
    }

    /// <summary>The pumps of one job, each behind the one before.</summary>
    private sealed class Pumping
    {
        public int Count { get; set; }

        public Task Last { get; set; } = Task.CompletedTask;
    }
}
