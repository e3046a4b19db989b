using System.Collections.Immutable;
using ActorFlow.Journal;

namespace ActorFlow.TestKit;

/// <summary>What a journal should hold, as a value: jobs in the order of submission, each with its events.</summary>
internal sealed record JournalModel(ImmutableList<ModelJob> Jobs)
{
    public static readonly JournalModel Empty = new([]);

    public ModelJob? Find(JobId job) => Jobs.Find(each => each.Id == job);

    public long VersionOf(JobId job) => Find(job)?.Events.Count ?? 0;

    /// <summary>The journal after an append that is no conflict.</summary>
    public JournalModel With(JobId job, IEnumerable<JobEvent> events) => Find(job) is { } there
        ? new JournalModel(Jobs.Replace(there, there with { Events = there.Events.AddRange(events) }))
        : new JournalModel(Jobs.Add(new ModelJob(job, [.. events])));

    /// <summary>The journal after a job was forgotten.</summary>
    public JournalModel Without(ModelJob job) => new(Jobs.Remove(job));
}

/// <summary>A job of the model.</summary>
internal sealed record ModelJob(JobId Id, ImmutableList<JobEvent> Events)
{
    public bool HasEnded => Events[^1] is JobEvent.JobEnded;

    public JournaledJob Line
    {
        get
        {
            var (first, end) = ((JobEvent.JobSubmitted)Events[0], Events[^1] as JobEvent.JobEnded);
            return new JournaledJob(
                Id, first.Job.FlowName, first.At, Events.Count, end?.Outcome, end?.At, end?.Counts);
        }
    }
}
