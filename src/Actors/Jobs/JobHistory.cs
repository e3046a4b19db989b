using ActorFlow.Engine;

namespace ActorFlow.Actors;

/// <summary>Makes a job's machine of its events.</summary>
public static class JobHistory
{
    /// <summary>Folds the events, from where the job goes on with the flow that it has now.</summary>
    /// <exception cref="ImpossibleTransitionException">
    /// They cannot have happened; the story of the task is in it.
    /// </exception>
    /// <exception cref="ActorFlowException">They are not those of a job of this flow.</exception>
    public static JobMachine Fold(Flow flow, IReadOnlyList<JobEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        JobEvents.BeginningOf(events, out var beginning);
        var machine = beginning == 0
            ? new JobMachine(flow)
            : new JobMachine(flow, JobPast.Of(events.Take(beginning)));
        for (var i = beginning; i < events.Count; i++)
        {
            var fact = events[i];
            try
            {
                machine.Replay(fact);
            }
            catch (ImpossibleTransitionException e)
            {
                var task = JobEvents.TaskOf(fact);
                var story = events.Take(i).Skip(beginning).Where(other => JobEvents.TaskOf(other) == task);
                throw new ImpossibleTransitionException(e.Task, e.Phase, fact, [.. story]);
            }
        }

        return machine;
    }
}
