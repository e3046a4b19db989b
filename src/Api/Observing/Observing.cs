using ActorFlow.Actors;
using Microsoft.Extensions.Logging;

namespace ActorFlow;

/// <summary>Keeps one pump going for each job that is observed.</summary>
internal sealed class Observing(IReadOnlyList<JobObserver> observers, ILogger log, CancellationToken closing)
{
    private readonly Dictionary<JobId, Pumping> _jobs = [];

    /// <summary>Tells of progress; null if nobody is there to hear it.</summary>
    public Action<AttemptProgress>? OnProgress => observers.Count == 0 ? null : Tell;

    /// <summary>Tells of datasets; null if nobody is there to hear it.</summary>
    public Action<DatasetUse>? OnDataset => observers.Count == 0 ? null : Tell;

    /// <summary>Completes when all that was to be told is told.</summary>
    public Task WhenDone
    {
        get
        {
            lock (_jobs) return Task.WhenAll(_jobs.Values.Select(pumping => pumping.Last));
        }
    }

    /// <summary>A job became active: observers hear of it when they have heard all that was before.</summary>
    public void Observe(JobActivation activation)
    {
        if (observers.Count == 0) return;
        var id = activation.Job.Id;
        lock (_jobs)
        {
            if (!_jobs.TryGetValue(id, out var pumping)) _jobs.Add(id, pumping = new Pumping());
            pumping.Count++;
            pumping.Last = PumpAsync(pumping.Last, activation);
        }
    }

    private async Task PumpAsync(Task before, JobActivation activation)
    {
        await Task.Yield();
        await before.ConfigureAwait(false);
        var job = activation.Job;
        var pump = new ObserverPump(new JobHandle(job), observers, log);
        await pump.RunAsync(activation.FromVersion, activation.IsResumed, closing).ConfigureAwait(false);
        lock (_jobs)
            if (--_jobs[job.Id].Count == 0) _jobs.Remove(job.Id);
    }

    private void Tell(AttemptProgress progress)
    {
        foreach (var observer in observers) observer.OnProgress(progress);
    }

    private void Tell(DatasetUse use)
    {
        foreach (var observer in observers) observer.OnDataset(use);
    }

    /// <summary>The pumps of one job, each behind the one before.</summary>
    private sealed class Pumping
    {
        public int Count { get; set; }

        public Task Last { get; set; } = Task.CompletedTask;
    }
}
