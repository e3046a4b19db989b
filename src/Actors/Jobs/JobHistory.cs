using ActorFlow.Engine;

namespace ActorFlow.Actors;

/// <summary>Makes a job's machine of its events.</summary>
public static class JobHistory
{
    /// <summary>Folds the events.</summary>
    /// <exception cref="ImpossibleTransitionException">
    /// They cannot have happened; the story of the task is in it.
    /// </exception>
    /// <exception cref="ActorFlowException">They are not those of a job of this flow.</exception>
    public static JobMachine Fold(Flow flow, IReadOnlyList<JobEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var machine = new JobMachine(flow);
        for (var i = 0; i < events.Count; i++)
        {
            var fact = events[i];
            RequireFit(machine.State, fact);
            try
            {
                machine.Replay(fact);
            }
            catch (ImpossibleTransitionException e)
            {
                var task = JobEvents.TaskOf(fact);
                var story = events.Take(i).Where(other => JobEvents.TaskOf(other) == task);
                throw new ImpossibleTransitionException(e.Task, e.Phase, fact, [.. story]);
            }
        }

        return machine;
    }

    private static void RequireFit(JobState state, JobEvent fact)
    {
        if (fact is JobEvent.JobSubmitted == state.Submitted is not null)
            throw Misfit(fact, "a job is submitted first, and once");
        var tasks = state.Flow.Tasks.Count;
        var cause = fact is JobEvent.TaskSkipped skipped ? skipped.Cause : -1;
        if (Math.Max(JobEvents.TaskOf(fact), cause) is var task && task >= tasks)
            throw Misfit(fact, $"it is about task number {task}, and flow '{state.Flow.Name}' has {tasks}, from 0");
    }

    private static ActorFlowException Misfit(JobEvent fact, string problem) => new(
        $"The job cannot have had the event {fact.GetType().Name} at {fact.At:O}: {problem} "
        + "[this is a bug in ActorFlow, or the journal was changed by hand].");
}
