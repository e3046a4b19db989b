namespace ActorFlow.Engine.Tests.Enumeration;

/// <summary>Keeps the books of a job from its events alone, and says where an event breaks a promise.</summary>
internal sealed class Ledger
{
    private readonly Life _life;
    private readonly int _slots;
    private readonly Expectations _expectations;
    private readonly TaskPhase[] _phases;
    private readonly int[] _failures;
    private readonly DateTimeOffset?[] _dueAt;
    private JobPhase _outcome;

    private Ledger(Life life, int slots, Expectations expectations)
    {
        (_life, _slots, _expectations) = (life, slots, expectations);
        var tasks = life.Flow.Tasks.Count;
        _phases = new TaskPhase[tasks];
        (Attempts, _failures, Lost) = (new int[tasks], new int[tasks], new int[tasks]);
        (Since, _dueAt) = (new DateTimeOffset[tasks], new DateTimeOffset?[tasks]);
    }

    /// <summary>The number of each task's last attempt.</summary>
    public int[] Attempts { get; }

    /// <summary>How many attempts of each task were lost since it was last given fresh ones.</summary>
    public int[] Lost { get; }

    /// <summary>Since when each task is in its phase, as far as a deadline hangs on it.</summary>
    public DateTimeOffset[] Since { get; }

    /// <summary>When something is to happen by itself; null if nothing is.</summary>
    public DateTimeOffset? NextDeadline => _phases.Select((_, task) => DeadlineOf(task)).Min();

    /// <summary>Whether the job is to end before its tasks do.</summary>
    public bool IsStopping { get; private set; }

    public bool HasEnded { get; private set; }

    /// <summary>How many attempts run.</summary>
    public int Open { get; private set; }

    /// <summary>What the reference model says of the tasks by how others have ended.</summary>
    public Expectation Expected => _expectations.After(_phases);

    /// <summary>
    /// Where a task stands, as far as events say so: it waits, is to be settled (BackingOff), runs, or has ended.
    /// </summary>
    public TaskPhase PhaseOf(int task) => _phases[task];

    /// <summary>How many attempts of a task failed since it was last given fresh ones.</summary>
    public int FailuresOf(int task) => _failures[task];

    /// <summary>
    /// Whether an append may end here: what follows from a failure, or from the job's being stopped, comes with it.
    /// </summary>
    public bool IsWhole => !_phases.Contains(TaskPhase.BackingOff)
        && (!IsStopping || Array.TrueForAll(_phases, phase => phase.HasEnded() || phase == TaskPhase.Stopping));

    /// <summary>Reads the first events of a life.</summary>
    public static Ledger Of(Life life, int slots, Expectations expectations, int events)
    {
        var ledger = new Ledger(life, slots, expectations);
        for (var i = 0; i < events; i++) ledger.See(life.Events[i]);
        return ledger;
    }

    private void See(JobEvent fact)
    {
        Require(!HasEnded || fact is JobEvent.JobReopened, fact);
        switch (fact)
        {
            case JobEvent.TaskStarted e: Started(e); break;
            case JobEvent.TaskSucceeded e: Move(e, e.Task, e.Attempt, TaskPhase.Running, TaskPhase.Succeeded); break;
            case JobEvent.AttemptStopping e: Stopping(e); break;
            case JobEvent.AttemptAbandoned e: Move(e, e.Task, e.Attempt, TaskPhase.Stopping, TaskPhase.Stopping); break;
            case JobEvent.AttemptFailed e: AttemptFailed(e); break;
            case JobEvent.RetryScheduled e: RetryScheduled(e); break;
            case JobEvent.RetryDue e:
                Require(_dueAt[e.Task] == e.At, e);
                _dueAt[e.Task] = null;
                break;
            case JobEvent.TaskFailed e:
                Require(IsUsedUp(e.Task), e);
                Move(e, e.Task, Attempts[e.Task], TaskPhase.BackingOff, TaskPhase.Failed);
                break;
            case JobEvent.TaskSkipped e: Skipped(e); break;
            case JobEvent.TaskCancelled e: Cancelled(e); break;
            case JobEvent.JobStopping e: (IsStopping, _outcome) = (true, e.Outcome); break;
            case JobEvent.JobEnded e: Ended(e); break;
            case JobEvent.JobReopened: Reopened(); break;
            default: Require(fact is JobEvent.JobSubmitted, fact); break;
        }
    }

    private void Started(JobEvent.TaskStarted e)
    {
        Require(_dueAt[e.Task] is null, e);
        Require(!IsStopping && Open < _slots && Expected.MayRun[e.Task] && !IsUsedUp(e.Task), e);
        Attempts[e.Task]++;
        Move(e, e.Task, e.Attempt, TaskPhase.Waiting, TaskPhase.Running);
    }

    private void Stopping(JobEvent.AttemptStopping e)
    {
        // Whoever is asked to stop may be asked again, for another reason.
        var from = IsStopping && _phases[e.Task] == TaskPhase.Stopping ? TaskPhase.Stopping : TaskPhase.Running;
        Move(e, e.Task, e.Attempt, from, TaskPhase.Stopping);
    }

    private void AttemptFailed(JobEvent.AttemptFailed e)
    {
        var wasAsked = _phases[e.Task] == TaskPhase.Stopping;
        Require(wasAsked == (e.Reason is Reason.AttemptTimeout or Reason.JobCancelled), e);
        Move(e, e.Task, e.Attempt, wasAsked ? TaskPhase.Stopping : TaskPhase.Running, TaskPhase.BackingOff);
        if (e.Reason == Reason.AttemptLost) Lost[e.Task]++;
        else _failures[e.Task]++;
    }

    private void RetryScheduled(JobEvent.RetryScheduled e)
    {
        Require(!IsStopping && !IsUsedUp(e.Task), e);
        Move(e, e.Task, Attempts[e.Task], TaskPhase.BackingOff, TaskPhase.Waiting);
        if (e.DueAt > e.At) _dueAt[e.Task] = e.DueAt;
    }

    private void Skipped(JobEvent.TaskSkipped e)
    {
        Require(Expected.Blamable[e.Task]?.Contains(e.Cause) == true, e);
        Move(e, e.Task, Attempts[e.Task], TaskPhase.Waiting, TaskPhase.Skipped);
    }

    private void Cancelled(JobEvent.TaskCancelled e)
    {
        Require(IsStopping && _phases[e.Task] is TaskPhase.Waiting or TaskPhase.BackingOff, e);
        (_phases[e.Task], _dueAt[e.Task]) = (TaskPhase.Cancelled, null);
    }

    private void Ended(JobEvent.JobEnded e)
    {
        HasEnded = true;
        if (!IsStopping) _outcome = Count(TaskPhase.Failed) > 0 ? JobPhase.Failed : JobPhase.Succeeded;
        Require(Array.TrueForAll(_phases, phase => phase.HasEnded()) && e.Outcome == _outcome, e);
        Require(e.Counts == new TaskCounts(
            Count(TaskPhase.Succeeded), Count(TaskPhase.Failed), Count(TaskPhase.Skipped),
            Count(TaskPhase.Cancelled)), e);
    }

    private void Reopened()
    {
        (HasEnded, IsStopping) = (false, false);
        for (var task = 0; task < _phases.Length; task++)
        {
            if (_phases[task] == TaskPhase.Succeeded) continue;
            (_phases[task], _failures[task], Lost[task]) = (TaskPhase.Waiting, 0, 0);
        }
    }

    private DateTimeOffset? DeadlineOf(int task)
    {
        var limits = _life.Flow.Tasks[task].Policy.Timeouts;
        return _phases[task] switch
        {
            TaskPhase.Running => Since[task] + limits.Attempt,
            TaskPhase.Stopping => Since[task] + limits.Grace,
            TaskPhase.Waiting => _dueAt[task],
            _ => null,
        };
    }

    private int Count(TaskPhase outcome) => _phases.Count(phase => phase == outcome);

    private bool IsUsedUp(int task)
    {
        var retry = _life.Flow.Tasks[task].Policy.Retry;
        return _failures[task] >= retry.MaxAttempts || Lost[task] > retry.MaxLost;
    }

    private void Move(JobEvent fact, int task, int attempt, TaskPhase from, TaskPhase to)
    {
        Require(_phases[task] == from && Attempts[task] == attempt, fact);
        Open += (IsOpen(to) ? 1 : 0) - (IsOpen(from) ? 1 : 0);
        _phases[task] = to;
        Since[task] = fact.At;
    }

    private static bool IsOpen(TaskPhase phase) => phase is TaskPhase.Running or TaskPhase.Stopping;

    private void Require(bool isKept, JobEvent fact)
    {
        if (!isKept) throw _life.Wrong($"{fact} breaks a promise.");
    }
}
