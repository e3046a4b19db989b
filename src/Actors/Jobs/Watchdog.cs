using Microsoft.Extensions.Logging;

namespace ActorFlow.Actors;

/// <summary>Looks now and then whether any job is stuck, and says so: nothing else in the system would.</summary>
internal sealed class Watchdog : IDisposable
{
    private readonly JobSystem _system;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly ITimer _timer;
    private volatile IReadOnlyCollection<JobId> _stalled = [];

    public Watchdog(JobSystem system, ILogger log, TimeProvider time, TimeSpan interval)
    {
        _system = system;
        _log = log;
        _time = time;
        _interval = Timers.Bounded(interval);
        _timer = time.CreateTimer(_ => _ = LookAsync(), null, _interval, _interval);
    }

    /// <summary>What the last look found.</summary>
    public IReadOnlyCollection<JobId> Stalled => _stalled;

    private async Task LookAsync()
    {
        var asked = _system.ActiveJobs
            .Select(job => (job.Id, IsStuck: job.AskAsync(Liveness.IsStuck).WaitAsync(_interval, _time))).ToList();
        var stalled = new List<JobId>();
        foreach (var (job, isStuck) in asked)
        {
            try
            {
                if (!await isStuck.ConfigureAwait(false)) continue;
                Log.JobStalled(_log, job.Value);
                stalled.Add(job);
            }
            catch (TimeoutException)
            {
                Log.JobHeldUp(_log, job.Value, _interval);
                stalled.Add(job);
            }
            catch (Exception e)
            {
                // A job that stopped meanwhile is not stuck; whoever stopped it has said why.
                Log.WatchdogSkipped(_log, e, job.Value);
            }
        }

        _stalled = stalled;
    }

    public void Dispose() => _timer.Dispose();
}
