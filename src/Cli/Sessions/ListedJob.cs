using ActorFlow.Engine;
using ActorFlow.Journal;

namespace ActorFlow.Cli;

/// <summary>A job of a list: what its journal says of it in short, and of an open one how far it is.</summary>
/// <param name="job">What the journal says in short.</param>
internal sealed class ListedJob(JournaledJob job)
{
    public JournaledJob Job => job;

    /// <summary>Where it stands, in a word.</summary>
    public string Status { get; private init; } =
        job.Problem is not null ? "unreadable"
        : job.Outcome is { } outcome ? PlainText.Hyphenated(outcome.ToString())
        : "unfinished";

    /// <summary>How many of its tasks ended how; null if that is not known.</summary>
    public TaskCounts? Counts { get; private init; } = job.Counts;

    /// <summary>How many tasks an open job has, as far as they are known; null if it has ended.</summary>
    public int? Tasks { get; private init; }

    /// <summary>A job that has not ended.</summary>
    /// <param name="job">What the journal says in short.</param>
    /// <param name="archived">What its events say.</param>
    public static ListedJob Open(JournaledJob job, ArchivedJob archived)
    {
        if (StateOf(archived) is { } state)
            return new ListedJob(job)
            {
                Status = JobReport.Of(state, archived.Standing).Status,
                Counts = state.Counts,
                Tasks = state.Graph.Count,
            };
        var past = JobPast.Of(archived.Events);
        return new ListedJob(job)
        {
            Status = past.StatusOf(archived.Standing),
            Counts = past.Counts,
            Tasks = past.TaskCount,
        };
    }

    private static JobState? StateOf(ArchivedJob job)
    {
        try
        {
            return job.State;
        }
        catch (ActorFlowException)
        {
            // Its flow is in a program, or was changed: a list does without.
            return null;
        }
    }
}
