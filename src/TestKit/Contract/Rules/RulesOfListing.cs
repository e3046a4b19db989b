using ActorFlow.Journal;

namespace ActorFlow.TestKit;

/// <summary>What is said about jobs without reading all of their events.</summary>
internal static class RulesOfListing
{
    public static readonly JournalRule[] All =
    [
        new("Jobs are listed in the order of their submission", IsInOrder),
        new("The line about a job says how it stands", SaysHowItStands),
        new("Hundreds of jobs are listed, each with its own line", ListsMany),
    ];

    private static async Task IsInOrder(Trial trial)
    {
        JobId[] ids = [new("c"), new("a"), new("B"), new("b"), new("10"), new("9")];
        // Neither names nor times of submission decide, nor who appended last.
        for (var i = 0; i < ids.Length; i++)
            await trial.AppendAsync(ids[i], 0, Examples.Submitted(ids[i], 100 - i));
        await trial.AppendAsync(ids[0], 1, Examples.Started(200));
        await Demand.JobsAsync(trial, ids);
    }

    private static async Task SaysHowItStands(Trial trial)
    {
        var job = Examples.Job;
        await trial.AppendAsync(job, 0, Examples.Submitted(job, 3), Examples.Started(4));
        var line = new JournaledJob(job, "flow", Examples.At(3), 2, null, null, null);
        await Demand.LineAsync(trial, line);

        await trial.AppendAsync(job, 2, Examples.Succeeded(5), Examples.Ended(6));
        await Demand.LineAsync(trial, line with
        {
            Version = 4,
            Outcome = JobPhase.Succeeded,
            EndedAt = Examples.At(6),
            Counts = new TaskCounts(1, 0, 0, 0),
        });

        await trial.AppendAsync(job, 4, Examples.Reopened(7));
        await Demand.LineAsync(trial, line with { Version = 5 });

        var counts = new TaskCounts(0, 1, 2, 3);
        await trial.AppendAsync(job, 5, new JobEvent.JobEnded(Examples.At(8), JobPhase.Cancelled, counts));
        await Demand.LineAsync(trial, line with
        {
            Version = 6,
            Outcome = JobPhase.Cancelled,
            EndedAt = Examples.At(8),
            Counts = counts,
        });
    }

    private static async Task ListsMany(Trial trial)
    {
        var ids = Enumerable.Range(1, 300).Select(i => new JobId($"job-{i}")).ToList();
        var writes = ids.Select((id, i) => trial.Begin(id, 0, Examples.Submitted(id, i), Examples.Started(i))).ToList();
        foreach (var write in writes)
            Demand.Same($"the error of {write}", "no error.", JournalText.Of(await trial.ToldAsync(write)));

        var expected = ids.Select((id, i) => new JournaledJob(id, "flow", Examples.At(i), 2, null, null, null));
        Demand.Lines(
            "the lines of the list, by submission", expected.Select(JournalText.Of),
            (await trial.ListAsync()).OrderBy(line => line.SubmittedAt).Select(JournalText.Of));
    }
}
