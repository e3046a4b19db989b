namespace ActorFlow.TestKit;

/// <summary>Who appends names the version that it expects; if the job has another, nothing happens.</summary>
internal static class RulesOfConflicts
{
    public static readonly JournalRule[] All =
    [
        new("An append at another version is a conflict that names both versions", IsConflict),
        new("An append that is a conflict changes nothing", ChangesNothing),
        new("An append to a job that is not there is a conflict and makes no job", MakesNoJob),
        new("Submitting a job that is there is a conflict", SubmitsOnce),
    ];

    private static async Task IsConflict(Trial trial)
    {
        var job = Examples.Job;
        await trial.AppendAsync(job, 0, Examples.Submitted(job), Examples.Started());
        foreach (var expected in new[] { 1, 3, long.MaxValue })
            Demand.Conflict(await trial.TryAppendAsync(job, expected, Examples.Succeeded()), job, expected, 2);
    }

    private static async Task ChangesNothing(Trial trial)
    {
        var job = Examples.Job;
        await trial.AppendAsync(job, 0, Examples.Submitted(job), Examples.Started());
        foreach (var expected in new[] { 0, 1, 3, long.MaxValue })
        {
            var first = expected == 0 ? Examples.Submitted(job, 5) : Examples.Succeeded();
            await trial.TryAppendAsync(job, expected, first, Examples.Ended());
            await Demand.EventsAsync(trial, job, Examples.Submitted(job), Examples.Started());
            await Demand.VersionAsync(trial, job, 2);
        }

        await trial.AppendAsync(job, 2, Examples.Succeeded());
    }

    private static async Task MakesNoJob(Trial trial)
    {
        foreach (var expected in new[] { 1, 2, long.MaxValue })
        {
            var error = await trial.TryAppendAsync(Examples.Job, expected, Examples.Succeeded());
            Demand.Conflict(error, Examples.Job, expected, 0);
            await Demand.NothingAsync(trial, Examples.Job);
        }

        await trial.AppendAsync(Examples.Job, 0, Examples.Submitted(Examples.Job));
    }

    private static async Task SubmitsOnce(Trial trial)
    {
        var job = Examples.Job;
        await trial.AppendAsync(job, 0, Examples.Submitted(job));
        Demand.Conflict(await trial.TryAppendAsync(job, 0, Examples.Submitted(job)), job, 0, 1);
        await trial.AppendAsync(job, 1, Examples.Ended());
        Demand.Conflict(await trial.TryAppendAsync(job, 0, Examples.Submitted(job)), job, 0, 2);
    }
}
