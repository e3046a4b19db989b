using ActorFlow.Engine;

namespace ActorFlow.Actors;

/// <content>What the body asks of its attempt.</content>
internal sealed partial class TaskActor
{
    private static readonly AttemptNotes Nothing = new();

    // Failures are kept in a dictionary that only the job actor may read: what the body may ask is looked up for it.
    private Dictionary<int, PartOutcome>? _withoutOutput;
    private bool _notesParts;

    /// <summary>The attempt ends with an expansion of the task, or with its skip, in place of an output.</summary>
    public void EndWith(object instead) => _instead = instead;

    /// <summary>The attempt says something beside its output.</summary>
    public void Note(AttemptNotes notes) => _instead = _instead is AttemptNotes earlier ? earlier.With(notes) : notes;

    /// <summary>What all that the task has added says beside its outputs is said with the output.</summary>
    public void NoteParts() => (_instead, _notesParts) = (_instead ?? Nothing, true);

    /// <summary>Whether the attempt ends with something in place of an output.</summary>
    public bool EndsOtherwise => _instead is not (null or AttemptNotes);

    /// <summary>The part of an expansion that the task belongs to; null if it is one of the flow's own.</summary>
    public int? Part => _scope?.PartOf(Task);

    /// <summary>Whether an attempt before has failed behind the task's condition.</summary>
    public bool HasFailedAtWork { get; private set; }

    public TaskStores Stores => _job.System.Stores;

    // A fork is made to run the task that it begins with.
    public bool IsForced => _job.State.Submitted is { Force: true }
        || string.Equals(
            _job.State.Submitted!.ForkedFrom?.Task, Definition.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The tasks that this one needs, with what they said beside their outputs.</summary>
    public IReadOnlyDictionary<string, AttemptNotes?> UpstreamNotes
    {
        get
        {
            var notes = new Dictionary<string, AttemptNotes?>(StringComparer.OrdinalIgnoreCase);
            foreach (var up in Edges.Upstream(Task)) notes[NameOf(up.Task)] = _job.State.NotesOf(up.Task);
            return notes;
        }
    }

    /// <summary>How many runs of flows earlier attempts have added and awaited.</summary>
    public int RecordedExpansions { get; private set; }

    private FlowEdges Edges => _scope is null ? _job.Flow.Edges : _scope.Edges;

    private string NameOf(int task) => _scope is null ? _job.Flow.Tasks[task].Name : _scope.TaskAt(task).Name;

    /// <summary>How the upstream task of an input stood when the attempt began.</summary>
    public PartOutcome OutcomeOf(TaskInput input)
    {
        if (input is not TaskInput.FromTask { Task: var task })
            throw new ArgumentException($"Input '{input.Parameter}' is not taken from a task.", nameof(input));
        return _withoutOutput?.GetValueOrDefault(task)
            ?? new PartOutcome(NameOf(task), TaskPhase.Succeeded, _job.State.OutputOf(task), null);
    }

    private void LookBack(JobState state)
    {
        _lastStep = ExpansionOutcome.LastOf(state, Task);
        RecordedExpansions = state.Graph.CountKeyed(Task);
    }

    // Only when all has ended: a loop would look through all its rounds in each of them.
    private AttemptNotes? WithParts(AttemptNotes notes)
    {
        if (_notesParts && PartNotes.Of(_job.State, Task) is { } parts) return parts.With(notes);
        return ReferenceEquals(notes, Nothing) ? null : notes;
    }

    private static bool HasSetbacks(JobState state) =>
        state.CountOf(TaskPhase.Failed) + state.CountOf(TaskPhase.Skipped) + state.CountOf(TaskPhase.Cancelled) > 0;

    private void LookUpstream(JobState state)
    {
        foreach (var up in Edges.Upstream(Task))
        {
            var phase = state.PhaseOf(up.Task);
            if (phase == TaskPhase.Succeeded) continue;
            var cause = phase == TaskPhase.Skipped ? state.CauseOf(up.Task) : -1;
            // The failure of an attempt that is being made up for is none of the task's.
            var failure = phase.HasEnded() ? state.FailureOf(cause >= 0 ? cause : up.Task) : null;
            (_withoutOutput ??= [])[up.Task] = new PartOutcome(NameOf(up.Task), phase, null, failure)
            {
                Cause = cause >= 0 ? state.Graph[cause].Name : null,
            };
        }
    }

    /// <summary>The attempt is a run that keeps its state.</summary>
    public void Begin(TaskRun run) => Resources.Run = run;

    /// <summary>Adds to the job, and waits for it while the attempt goes on.</summary>
    public Task<ExpansionOutcome> ExpandAsync(Expansion expansion)
    {
        var ask = new ExpansionAsk(_job.System.Threads, this, Task, Attempt, expansion);
        _job.Ref.Post(ask);
        return ask.Answered;
    }

    /// <summary>Stops what the attempt waits for.</summary>
    public void StopExpansion(string key)
    {
        // The process ends, and the next one goes on with it: nobody has decided that it is to stop.
        if (_job.Effects.IsInterrupted) return;
        var (task, attempt) = (Task, Attempt);
        _ = _job.Ref.CommandAsync(at => new JobCommand.StopExpansion(at, task, attempt, key));
    }

    public Payload? SourceOf(TaskInput input) => input switch
    {
        TaskInput.FromTask edge => _job.State.OutputOf(edge.Task),
        TaskInput.Constant constant => constant.Value,
        _ => JobInput,
    };
}
