namespace ActorFlow;

/// <summary>Measures how long tasks take, all attempts and the delays between them together.</summary>
/// <remarks>
/// Times are those of the events. Of a job that goes on after an interruption, what it heard is measured: a task from
/// its first attempt in this process.
/// </remarks>
/// <param name="mostJobs">How many jobs are kept, the latest to start; the default is 100.</param>
public sealed class TimingObserver(int mostJobs = 100) : JobObserver
{
    private readonly Lock _gate = new();
    private readonly OrderedDictionary<JobId, Running> _jobs = [];

    /// <summary>What was measured of a job so far; null if it was not heard of, or is not kept any more.</summary>
    public JobTimings? Of(JobId job)
    {
        lock (_gate) return _jobs.TryGetValue(job, out var running) ? running.Timings(job) : null;
    }

    /// <inheritdoc />
    public override ValueTask OnEventAsync(JobHandle job, JobEvent fact, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(fact);
        lock (_gate)
        {
            if (!_jobs.TryGetValue(job.Id, out var running))
            {
                _jobs.Add(job.Id, running = new Running(fact.At));
                if (_jobs.Count > Math.Max(mostJobs, 1)) _jobs.RemoveAt(0);
            }

            running.Hear(fact);
        }

        return default;
    }

    /// <inheritdoc />
    public override ValueTask OnTaskEndedAsync(
        JobHandle job, FlowTask task, TaskPhase outcome, JobEvent fact, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(fact);
        lock (_gate)
            if (_jobs.TryGetValue(job.Id, out var running)) running.End(task, fact.At);
        return default;
    }

    private sealed class Running(DateTimeOffset since)
    {
        private readonly Dictionary<int, DateTimeOffset> _starts = [];
        private readonly OrderedDictionary<string, TimeSpan> _ended = new(StringComparer.OrdinalIgnoreCase);
        private DateTimeOffset? _until;

        public void Hear(JobEvent fact)
        {
            switch (fact)
            {
                case JobEvent.TaskStarted e:
                    _starts.TryAdd(e.Task, e.At);
                    break;
                case JobEvent.JobEnded:
                    _until = fact.At;
                    break;
                case JobEvent.JobReopened:
                    _until = null;
                    break;
            }
        }

        // Of a task that the job added while it ran only whoever follows the job knows the name.
        public void End(FlowTask task, DateTimeOffset at)
        {
            if (_starts.Remove(task.Number, out var start)) _ended[task.Name] = at - start;
        }

        public JobTimings Timings(JobId job) => new(
            job, _until - since, new OrderedDictionary<string, TimeSpan>(_ended, StringComparer.OrdinalIgnoreCase));
    }
}

/// <summary>How long a job and its tasks took.</summary>
/// <param name="Job">The job.</param>
/// <param name="Elapsed">From what was first heard of it to its end; null if it has not ended.</param>
/// <param name="Tasks">
/// By the name of each task that ran and has ended, without regard to case, in the order in which they ended.
/// </param>
public sealed record JobTimings(JobId Job, TimeSpan? Elapsed, IReadOnlyDictionary<string, TimeSpan> Tasks)
{
    /// <summary>All tasks together: what the job would take if nothing of it ran at the same time.</summary>
    public TimeSpan Sum => new(Tasks.Values.Sum(span => span.Ticks));

    /// <summary>The tasks that took longest, the slowest first.</summary>
    /// <param name="most">How many; the default is 10.</param>
    public IReadOnlyList<KeyValuePair<string, TimeSpan>> Slowest(int most = 10) =>
        [.. Tasks.OrderByDescending(task => task.Value).Take(most)];
}
