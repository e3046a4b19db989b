using ActorFlow.Journal;

namespace ActorFlow.TestKit;

/// <summary>What holds when many use the journal at once.</summary>
internal static class RulesOfThreads
{
    private const int BatchSize = 7;
    private const int Batches = 40;

    public static readonly JournalRule[] All =
    [
        new("Of many that submit one job at once one succeeds", SubmitsOnce),
        new("Jobs that append at once lose no event", LosesNothing),
        new("Appends are seen as a whole or not at all", IsAtomic),
    ];

    private static async Task SubmitsOnce(Trial trial)
    {
        var job = Examples.Job;
        var errors = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(
            () => trial.TryAppendAsync(job, 0, Examples.Submitted(job, i), Examples.Started(i)))));
        Demand.Same("how many of 16 succeed", 1, errors.Count(error => error is null));
        Demand.Same("how many of 16 are a conflict", 15, errors.OfType<JournalConflictException>().Count());
        var winner = Array.IndexOf(errors, null);
        await Demand.EventsAsync(trial, job, Examples.Submitted(job, winner), Examples.Started(winner));
        await Demand.JobsAsync(trial, job);
    }

    private static async Task LosesNothing(Trial trial)
    {
        var ids = Enumerable.Range(1, 8).Select(i => new JobId($"job-{i}")).ToList();
        await Task.WhenAll(ids.Select(id => Task.Run(() => RunAsync(trial, id))));
        foreach (var id in ids)
            await Demand.EventsAsync(
                trial, id, [Examples.Submitted(id), .. Examples.Numbered(1, BatchSize * Batches)]);
        Demand.Same("how many jobs are listed", ids.Count, (await trial.ListAsync()).Count);
    }

    private static async Task IsAtomic(Trial trial)
    {
        var (job, other) = (Examples.Job, Examples.Other);
        var writing = Task.WhenAll(Task.Run(() => RunAsync(trial, job)), Task.Run(() => RunAsync(trial, other)));
        do
        {
            var events = await trial.ReadAsync(job);
            var line = await trial.FindAsync(job);
            RequireWhole("what is read of a job to which others append", events.Count);
            RequireWhole("the version of a job to which others append", line?.Version ?? 0);
            Demand.That(
                (line?.Version ?? 0) >= events.Count, $"what was read once, {events.Count} events, to stay.",
                $"later the job has {line?.Version ?? 0}.");
            if (events.Count > 0)
                Demand.Events(
                    "the events of a job to which others append",
                    [Examples.Submitted(job), .. Examples.Numbered(1, events.Count - 1)], events);
        }
        while (!writing.IsCompleted);

        await writing;
    }

    private static void RequireWhole(string what, long count) => Demand.That(
        count == 0 || (count - 1) % BatchSize == 0,
        $"{what} to be whole appends: one event, and then {BatchSize} each.", $"{count} events.");

    private static async Task RunAsync(Trial trial, JobId job)
    {
        await trial.AppendAsync(job, 0, Examples.Submitted(job));
        for (var i = 0; i < Batches; i++)
            await trial.AppendAsync(job, i * BatchSize + 1, Examples.Numbered(i * BatchSize + 1, BatchSize));
    }
}
