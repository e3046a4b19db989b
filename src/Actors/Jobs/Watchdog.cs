using Microsoft.Extensions.Logging;

namespace ActorFlow.Actors;

/// <summary>Looks now and then whether any job is stuck, and says so: nothing else in the system would.</summary>
internal sealed class Watchdog : IDisposable
{
    private readonly JobSystem _system;
    private readonly ILogger _log;
    private readonly ITimer _timer;
    private volatile IReadOnlyCollection<JobId> _stalled = [];

    public Watchdog(JobSystem system, ILogger log, TimeProvider time, TimeSpan interval)
    {
        _system = system;
        _log = log;
        interval = Timers.Bounded(interval);
        _timer = time.CreateTimer(_ => _ = LookAsync(), null, interval, interval);
    }

    /// <summary>What the last look found.</summary>
    public IReadOnlyCollection<JobId> Stalled => _stalled;

    private async Task LookAsync()
    {
        var stalled = new List<JobId>();
        foreach (var job in _system.ActiveJobs)
        {
            try
            {
                if (await job.AskAsync(Liveness.IsStuck).ConfigureAwait(false)) stalled.Add(job.Id);
            }
            catch (Exception e)
            {
                // A job that stopped meanwhile is not stuck; whoever stopped it has said why.
                Log.WatchdogSkipped(_log, e, job.Id.Value);
            }
        }

        foreach (var id in stalled) Log.JobStalled(_log, id.Value);
        _stalled = stalled;
    }

    public void Dispose() => _timer.Dispose();
}
