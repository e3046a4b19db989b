using System.Diagnostics;

namespace ActorFlow.Engine;

/// <summary>What a job's events tell without its flow, which nobody may have any more.</summary>
public sealed class JobPast
{
    private readonly List<PastTask> _tasks = [];
    private readonly List<PastScope> _scopes = [];

    // Also those of tasks that are not in the flow any more: it may get them back.
    private readonly Dictionary<string, int> _attempts = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _tried = [];
    private SubmittedJob? _job;

    private JobPast() { }

    /// <summary>What the job runs: what it was submitted with, or the flow that has replaced it.</summary>
    public SubmittedJob Job => _job!;

    /// <summary>When it was submitted.</summary>
    public DateTimeOffset SubmittedAt { get; private set; }

    /// <summary>How many events it has had.</summary>
    public long Version { get; private set; }

    /// <summary>Where it stands.</summary>
    public JobPhase Phase { get; private set; }

    /// <summary>The last attempts of tasks that have begun and not ended, in the order of the tasks.</summary>
    public IEnumerable<OpenAttempt> OpenAttempts =>
        from task in _tasks
        where task.StartedAt is not null && !task.Phase.HasEnded()
        select new OpenAttempt(task.Name, task.Attempt);

    /// <summary>How many tasks it has, as far as they are known.</summary>
    public int TaskCount => _tasks.Count;

    /// <summary>How many of them ended how.</summary>
    public TaskCounts Counts => new(
        CountOf(TaskPhase.Succeeded), CountOf(TaskPhase.Failed), CountOf(TaskPhase.Skipped),
        CountOf(TaskPhase.Cancelled));

    internal DateTimeOffset LastAt { get; private set; }

    /// <summary>What it was to end with, and has not yet; null if it was not to end.</summary>
    internal JobEvent.JobStopping? Stopping { get; private set; }

    internal IReadOnlyList<PastTask> Tasks => _tasks;

    internal IReadOnlyList<PastScope> Scopes => _scopes;

    /// <summary>The last attempt of each task that has had one, by name, in the order of the first ones.</summary>
    internal IEnumerable<UsedAttempts> Attempts => _tried.Select(name => new UsedAttempts(name, _attempts[name]));

    /// <summary>Folds the events of a job.</summary>
    /// <param name="events">The events, from the first on.</param>
    /// <exception cref="ActorFlowException">They are not those of one job.</exception>
    public static JobPast Of(IEnumerable<JobEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var past = new JobPast();
        foreach (var fact in events)
        {
            past.Apply(fact);
            past.Version++;
            past.LastAt = fact.At;
        }

        return past._job is not null ? past : throw new ActorFlowException("There is no past: no event was given.");
    }

    /// <summary>
    /// Where the job stands, in a word, as far as that can be said without its flow: while a task is held, nobody knows
    /// here whether others could go on.
    /// </summary>
    /// <param name="known">Whether a process runs it, if it has not ended.</param>
    public string StatusOf(JobStanding known)
    {
        var standing = JobReport.StandingOf(Phase, JobState.IsLeftToOperator(Phase, CountOf), known);
        return standing == JobStanding.AsItsPhase ? ReportWords.Of(Phase) : ReportWords.Of(standing);
    }

    private int CountOf(TaskPhase phase) => _tasks.Count(task => task.Phase == phase);

    private void Apply(JobEvent fact)
    {
        if (fact is JobEvent.JobSubmitted == (_job is not null))
            throw Misfit.Of(fact, "a job is submitted first, and once");
        switch (fact)
        {
            case JobEvent.JobSubmitted e:
                SubmittedAt = e.At;
                Begin(e, e.Job);
                break;
            case JobEvent.FlowReplaced e: Begin(e, e.Job); break;
            case JobEvent.JobPaused: Phase = JobPhase.Paused; break;
            case JobEvent.JobContinued: Phase = JobPhase.Running; break;
            case JobEvent.JobStopping e: (Phase, Stopping) = (JobPhase.Stopping, e); break;
            case JobEvent.JobEnded e: Phase = e.Outcome; break;
            case JobEvent.JobReopened: Reopen(); break;
            case JobEvent.TaskExpanded e: Expand(e); break;
            case JobEvent.TaskMarked or JobEvent.TaskKept or JobEvent.AttemptAbandoned: break;
            default: ApplyTo(At(fact, JobEvents.TaskOf(fact)), fact); break;
        }
    }

    private void ApplyTo(PastTask task, JobEvent fact)
    {
        switch (fact)
        {
            case JobEvent.TaskStarted e: Start(task, e); break;
            case JobEvent.AttemptNoted e: task.Notes = e.Notes; break;
            case JobEvent.AttemptFailed e: (task.Phase, task.Failure) = (TaskPhase.BackingOff, e.Failure); break;
            case JobEvent.TaskAwaits: task.Phase = TaskPhase.Expanded; break;
            // It may have been asked to stop meanwhile.
            case JobEvent.TaskContinued when task.Phase != TaskPhase.Expanded: break;
            case JobEvent.TaskContinued: task.Phase = TaskPhase.Running; break;
            case JobEvent.AttemptStopping: task.Phase = TaskPhase.Stopping; break;
            case JobEvent.RetryScheduled: task.Phase = TaskPhase.BackingOff; break;
            case JobEvent.RetryDue: task.Phase = TaskPhase.Ready; break;
            case JobEvent.TaskHeld: task.Phase = TaskPhase.Held; break;
            case JobEvent.TaskSucceeded e: task.End(e.At, TaskPhase.Succeeded, Reason.None, e.Output); break;
            case JobEvent.TaskIgnored e: task.End(e.At, TaskPhase.Succeeded, e.Reason, e.Output); break;
            case JobEvent.TaskFailed e:
                task.Failure = e.Failure;
                task.End(e.At, TaskPhase.Failed, e.Reason);
                break;
            case JobEvent.TaskSkipped e:
                task.Cause = e.Cause;
                task.End(e.At, TaskPhase.Skipped, e.Reason);
                break;
            case JobEvent.TaskCancelled e: task.End(e.At, TaskPhase.Cancelled, e.Reason); break;
            default:
                throw new UnreachableException(
                    $"The event {fact.GetType().Name} has no arm [this is a bug in ActorFlow].");
        }
    }

    private void Begin(JobEvent fact, SubmittedJob job)
    {
        _job = job;
        (Phase, Stopping) = (JobPhase.Running, null);
        _tasks.Clear();
        _scopes.Clear();
        foreach (var name in job.TaskNames) _tasks.Add(new PastTask(name));
        if (job.Taken is not { } taken) return;
        foreach (var scope in taken.Scopes) Grow(scope.Owner, scope.Expansion, scope.TaskNames);
        foreach (var result in taken.Tasks)
        {
            var task = At(fact, result.Task);
            task.Take(result.EndedAt is null ? result with { EndedAt = fact.At } : result);
            Count(task);
        }
    }

    private void Start(PastTask task, JobEvent.TaskStarted e)
    {
        (task.Phase, task.Attempt, task.Reason) = (TaskPhase.Running, e.Attempt, Reason.None);
        task.StartedAt ??= e.At;
        Count(task);
    }

    private void Count(PastTask task)
    {
        if (task.Attempt > 0 && _attempts.TryAdd(task.Name, task.Attempt)) _tried.Add(task.Name);
        else if (task.Attempt > 0) _attempts[task.Name] = task.Attempt;
    }

    private void Expand(JobEvent.TaskExpanded e)
    {
        At(e, e.Task).Phase = TaskPhase.Expanded;
        Grow(e.Task, e.Expansion, e.TaskNames);
    }

    private void Grow(int owner, Expansion expansion, IReadOnlyList<string> names)
    {
        _scopes.Add(new PastScope(owner, expansion, _tasks.Count, names));
        foreach (var name in names) _tasks.Add(new PastTask(name));
    }

    // What a task has added runs again with it, and events tell so.
    private void Reopen()
    {
        (Phase, Stopping) = (JobPhase.Running, null);
        for (var task = 0; task < Job.TaskNames.Count; task++)
            if (_tasks[task].Phase != TaskPhase.Succeeded) _tasks[task].Reset();
    }

    private PastTask At(JobEvent fact, int task) => task >= 0 && task < _tasks.Count
        ? _tasks[task]
        : throw Misfit.Of(fact, $"it is about task number {task}, and there are {_tasks.Count}, from 0");
}
