namespace ActorFlow.Engine;

/// <summary>How a job goes on with a flow that it was not submitted with.</summary>
public sealed partial class JobMachine
{
    /// <summary>A job that has had events under another flow than this one.</summary>
    /// <param name="flow">The flow that it is to run.</param>
    /// <param name="past">What it has had; its next event is <see cref="JobEvent.FlowReplaced"/>.</param>
    public JobMachine(Flow flow, JobPast past)
    {
        ArgumentNullException.ThrowIfNull(past);
        State = new JobState(flow, past);
    }

    private Rejection NotBegun => State.Past is null
        ? new Rejection(RejectionCode.NotSubmitted, "It has not been submitted.")
        : new Rejection(RejectionCode.FlowChanged, "Its flow has changed; say first how it is to go on.");

    private Rejection? ReplaceFlow(JobCommand.ReplaceFlow command, DateTimeOffset at)
    {
        // It runs this flow already: who asks again has what was asked for.
        if (State.Submitted is not null) return null;
        if (State.Past is not { } past || command.Choice == ChangedFlow.Refuse) return NotBegun;
        if (past.Phase.HasEnded())
            return new Rejection(RejectionCode.HasEnded, "It has ended; fork it to run it with another flow.");
        if (past.Job.FlowName != Flow.Name)
            return new Rejection(
                RejectionCode.FlowChanged,
                $"It is a job of flow '{past.Job.FlowName}' and cannot go on as one of '{Flow.Name}'.");
        var taken = Takeover.Of(past, Flow, command.Choice);
        if (Takeover.Problem(taken, Flow) is { } problem) return problem;
        Emit(new JobEvent.FlowReplaced(at, past.Job with
        {
            FlowFingerprint = Flow.Fingerprint,
            TaskNames = Flow.TaskNames,
            TaskDigests = Flow.TaskDigests,
            FlowSource = command.Source,
            Taken = taken,
        }));
        SkipDoomed(at);
        // What was asked of the job holds, whatever it runs.
        if (past.Phase == JobPhase.Paused) Emit(new JobEvent.JobPaused(at));
        if (past.Stopping is { } stopping) StopJob(at, stopping.Outcome, stopping.Reason, stopping.Detail);
        return null;
    }

    private void RequireFit(JobEvent fact, TakenOver taken)
    {
        var graph = new JobGraph(Flow);
        var tasks = taken.Tasks.Select(task => task.Task).ToHashSet();
        foreach (var scope in taken.Scopes)
        {
            if (scope.Owner >= graph.Count || !tasks.Contains(scope.Owner))
                throw Misfit.Of(fact, $"what task number {scope.Owner} had added is taken over without its result");
            try
            {
                if (!graph.Grow(scope.Owner, scope.Expansion).TaskNames.SequenceEqual(
                    scope.TaskNames, StringComparer.Ordinal))
                    throw Misfit.Of(fact, "tasks that are taken over are called otherwise in their flow");
            }
            catch (ExpansionException e)
            {
                throw Misfit.Of(fact, e.Message.TrimEnd('.'));
            }
        }

        RequireFit(fact, taken.Tasks, graph);
    }

    private static void RequireFit(JobEvent fact, IReadOnlyList<TakenTask> tasks, JobGraph graph)
    {
        var last = -1;
        foreach (var task in tasks)
        {
            if (task.Task <= last || task.Task >= graph.Count || task.Cause >= graph.Count)
                throw Misfit.Of(fact, $"it takes over task number {task.Task}, and there are {graph.Count}, from 0");
            last = task.Task;
            if (!task.Phase.HasEnded() || (task.Task < graph.Own && task.Phase != TaskPhase.Succeeded))
                throw Misfit.Of(fact, $"it takes task '{graph[task.Task].Name}' over, which has not succeeded");
        }

        var added = tasks.Count(task => task.Task >= graph.Own);
        if (added != graph.Count - graph.Own)
            throw Misfit.Of(fact, $"it takes over {added} of {graph.Count - graph.Own} tasks that were added");
    }
}
