using ActorFlow.Engine;

namespace ActorFlow;

/// <summary>What a report keeps of one task of a job: one array element, no object.</summary>
internal readonly struct CellSnapshot
{
    private readonly long _readyAt;
    private readonly long _startedAt;
    private readonly long _endedAt;

    public CellSnapshot(JobState state, int task)
    {
        _readyAt = state.ReadyAtOf(task)?.UtcTicks ?? 0;
        _startedAt = state.StartedAtOf(task)?.UtcTicks ?? 0;
        _endedAt = state.EndedAtOf(task)?.UtcTicks ?? 0;
        Output = state.OutputOf(task);
        Attempt = state.AttemptOf(task);
        IsBetweenSteps = state.IsParted(task);
        Phase = state.PhaseOf(task);
        Reason = state.ReasonOf(task);
        Cause = Phase == TaskPhase.Skipped ? state.CauseOf(task) : -1;
        if (state.TroubleOf(task) is not { } trouble) return;
        Lost = trouble.Lost;
        if (IsOfItsFailure) Failure = trouble.Failure;
    }

    public Payload? Output { get; }

    public Failure? Failure { get; }

    public int Attempt { get; }

    /// <summary>Whether its last attempt has added something that the next one is to go on with.</summary>
    public bool IsBetweenSteps { get; }

    public int Lost { get; }

    public int Cause { get; }

    public TaskPhase Phase { get; }

    public Reason Reason { get; }

    public DateTimeOffset? ReadyAt => Time(_readyAt);

    public DateTimeOffset? StartedAt => Time(_startedAt);

    public DateTimeOffset? EndedAt => Time(_endedAt);

    public bool HasRun => _startedAt != 0;

    /// <summary>Whether it stands where it does because of its last failure, which may be an old one.</summary>
    private bool IsOfItsFailure => Phase switch
    {
        TaskPhase.Stopping or TaskPhase.BackingOff or TaskPhase.Held or TaskPhase.Failed => true,
        TaskPhase.Succeeded => Reason != Reason.None,
        TaskPhase.Skipped => Reason != Reason.UpstreamNotSucceeded && !Reason.IsRule(),
        TaskPhase.Cancelled => HasRun,
        _ => false,
    };

    private static DateTimeOffset? Time(long ticks) => ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
}

/// <summary>A job as it stood at one moment: copied, so that the job may go on.</summary>
internal sealed class JobSnapshot
{
    private readonly Lazy<int[]> _order;
    private readonly Lazy<int[]> _positions;
    private readonly Lazy<DownstreamImpact> _impact;

    public JobSnapshot(JobState state, Payload input)
    {
        Graph = state.Graph.Copy();
        Input = input;
        Cells = new CellSnapshot[Graph.Count];
        for (var task = 0; task < Cells.Length; task++) Cells[task] = new CellSnapshot(state, task);
        Notes = state.CopyNotes();
        Marks = state.CopyMarks();
        TakenFrom = state.CopyTakenFrom();
        _order = new(Graph.TopologicalOrder);
        _positions = new(() =>
        {
            var positions = new int[Order.Length];
            for (var i = 0; i < Order.Length; i++) positions[Order[i]] = i;
            return positions;
        });
        _impact = new(() => DownstreamImpact.Of(this));
    }

    public JobGraph Graph { get; }

    /// <summary>The job's input.</summary>
    public Payload Input { get; }

    /// <summary>What a task sees as the input of its job: that of the part which it belongs to, if it does.</summary>
    public Payload InputOf(int task) =>
        Graph.ScopeOf(task)?.InputOf(task, other => Cells[other].Output) ?? Input;

    /// <summary>Whether tasks keep the state of their last run, and all of these were up to date.</summary>
    public bool HadNothingToDo
    {
        get
        {
            var tracked = Notes.Where(notes => notes?.Stamp is not null);
            return tracked.Any(notes => notes!.Reused is { Source: ReuseSource.LastRun })
                && tracked.All(notes => notes!.IsUnchanged);
        }
    }

    /// <summary>The tasks by number.</summary>
    public CellSnapshot[] Cells { get; }

    /// <summary>What attempts said beside their outputs, by task; empty if none did.</summary>
    public IReadOnlyList<AttemptNotes?> Notes { get; }

    /// <summary>What attempts have noted down and left, by task; few tasks have any.</summary>
    public IReadOnlyDictionary<int, TaskMarks> Marks { get; }

    /// <summary>The jobs that have recorded how tasks ended that did not run; few jobs have any.</summary>
    public IReadOnlyList<JobId?> TakenFrom { get; }

    /// <summary>The numbers of the tasks in topological order.</summary>
    public int[] Order => _order.Value;

    /// <summary>The place of each task in that order.</summary>
    public int[] Positions => _positions.Value;

    public TaskReport Report(int task)
    {
        ref readonly var cell = ref Cells[task];
        var notes = task < Notes.Count ? Notes[task] : null;
        var marks = Marks.GetValueOrDefault(task);
        return new TaskReport
        {
            Name = Graph[task].Name,
            Kind = Graph[task].Kind,
            Phase = cell.Phase,
            Reason = cell.Reason,
            Attempts = cell.Attempt,
            Steps = StepsOf(task),
            Lost = cell.Lost,
            QueuedAt = cell.ReadyAt,
            StartedAt = cell.StartedAt,
            EndedAt = cell.EndedAt,
            Output = cell.Output,
            Error = cell.Failure is { } failure ? Error(task, failure) : null,
            SkippedBecause = cell.Phase == TaskPhase.Skipped ? Cause(cell) : null,
            Reused = notes?.Reused,
            Changed = cell.Phase == TaskPhase.Succeeded && notes is not { IsUnchanged: true },
            TakenFrom = task < TakenFrom.Count ? TakenFrom[task] : null,
            Saved = notes?.Saved ?? [],
            Markers = marks?.Markers ?? [],
            Kept = marks?.Kept ?? [],
        };
    }

    // What an attempt awaits while it runs has a key, and makes no step; nor do parts that came with a shared result.
    private int StepsOf(int task)
    {
        var steps = Graph.ScopesOf(task).Count(scope => scope.Expansion.Key is null);
        return Math.Min(steps > 0 && Cells[task].IsBetweenSteps ? steps - 1 : steps, Cells[task].Attempt);
    }

    private TaskError Error(int task, Failure failure) => new(failure.Type, failure.Message)
    {
        StackTrace = failure.StackTrace,
        DownstreamImpact = _impact.Value.NamesFor(task),
        Input = InputRendering.Of(this, task),
        Traces = failure.Traces,
    };

    private string Cause(in CellSnapshot cell) =>
        cell.Cause >= 0 ? Graph[cell.Cause].Name : ReasonSentences.Of(cell.Reason);
}
