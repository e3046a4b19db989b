using ActorFlow.Engine;

namespace ActorFlow.Actors;

/// <content>What the body asks of its attempt.</content>
internal sealed partial class TaskActor
{
    /// <summary>The attempt ends with an expansion of the task, or with its skip, in place of an output.</summary>
    public void EndWith(object instead) => _instead = instead;

    /// <summary>The attempt says something beside its output.</summary>
    public void Note(AttemptNotes notes) => _instead = _instead is AttemptNotes earlier ? earlier.With(notes) : notes;

    /// <summary>Whether the attempt ends with something in place of an output.</summary>
    public bool EndsOtherwise => _instead is not (null or AttemptNotes);

    /// <summary>The part of an expansion that the task belongs to; null if it is one of the flow's own.</summary>
    public int? Part => _scope?.PartOf(Task);

    public TaskStores Stores => _job.System.Stores;

    public bool IsForced => _job.State.Submitted!.Force;

    /// <summary>The tasks that this one needs, with what they said beside their outputs.</summary>
    public IReadOnlyDictionary<string, AttemptNotes?> UpstreamNotes
    {
        get
        {
            var notes = new Dictionary<string, AttemptNotes?>(StringComparer.OrdinalIgnoreCase);
            var edges = _scope is null ? _job.Flow.Edges : _scope.Edges;
            foreach (var up in edges.Upstream(Task))
            {
                var name = _scope is null ? _job.Flow.Tasks[up.Task].Name : _scope.TaskAt(up.Task).Name;
                notes[name] = _job.State.NotesOf(up.Task);
            }

            return notes;
        }
    }

    /// <summary>The attempt is a run that keeps its state.</summary>
    public void Begin(TaskRun run) => Resources.Run = run;

    /// <summary>Adds to the job, and waits for it while the attempt goes on.</summary>
    public Task<ExpansionOutcome> ExpandAsync(Expansion expansion)
    {
        var ask = new ExpansionAsk(_job.System.Threads, this, Attempt, expansion);
        _job.Ref.Post(ask);
        return ask.Answered;
    }

    /// <summary>Stops what the attempt waits for.</summary>
    public void StopExpansion(string key)
    {
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
