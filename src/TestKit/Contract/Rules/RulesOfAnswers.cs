namespace ActorFlow.TestKit;

/// <summary>What whoever appends is told, and how often.</summary>
internal static class RulesOfAnswers
{
    public static readonly JournalRule[] All =
    [
        new("An append is told once what came of it", IsToldOnce),
        new("What goes wrong with an append is told and not thrown", IsToldNotThrown),
        new("A journal that says that it is immediate tells before the append returns", IsImmediate),
        new("Whoever is told may append again at once", MayAppendWhenTold),
        new("Disposing waits until every append is told", DisposingWaits),
        new("A journal may be disposed of twice", MayBeDisposedTwice),
    ];

    private static async Task IsToldOnce(Trial trial)
    {
        var (job, writes) = (Examples.Job, new List<TrialWrite>());
        await AddAsync(0, Examples.Submitted(job));
        await AddAsync(0, Examples.Submitted(job));
        await AddAsync(1, Examples.Started());
        await AddAsync(1, Examples.Started());
        await AddAsync(7, Examples.Succeeded());
        await AddAsync(2, Examples.Succeeded(), Examples.Ended());
        writes.AddRange(JobIds(30).Select(id => trial.Begin(id, 0, Examples.Submitted(id))));
        // Who is told twice may be told late.
        await trial.CloseAsync();
        foreach (var write in writes.Where(write => write.Thrown is null))
            Demand.That(write.Times == 1, $"{write} to be told once.", $"it was told {write.Times} times.");

        async Task AddAsync(long expected, params JobEvent[] events)
        {
            var write = trial.Begin(job, expected, events);
            await trial.ToldAsync(write);
            writes.Add(write);
        }
    }

    private static async Task IsToldNotThrown(Trial trial)
    {
        var job = Examples.Job;
        RequireTold(trial.Begin(job, 1, Examples.Started()), "which is a conflict,");
        RequireTold(trial.Begin(job, 0, Examples.Submitted(job)), "");
        RequireTold(trial.Begin(job, 0, Examples.Submitted(job)), "which is a conflict,");
        if (!trial.Subject.KeepsLiveValues)
            RequireTold(trial.Begin(job, 1, Examples.Succeeded(1, Payload.Live(job))), "which has a live value,");

        var journal = trial.Journal;
        await trial.CloseAsync(journal);
        var late = trial.Begin(job, 1, Examples.Started());
        RequireTold(late, "which comes after the journal was disposed of,");
        await trial.ToldAsync(late);
    }

    private static void RequireTold(TrialWrite write, string why) => Demand.That(
        write.Thrown is null, $"{write}, {why} not to throw.", JournalText.Of(write.Thrown));

    private static Task IsImmediate(Trial trial)
    {
        if (!trial.Journal.IsImmediate) return Task.CompletedTask;
        RequireAnswered(trial.Begin(Examples.Job, 0, Examples.Submitted(Examples.Job)));
        RequireAnswered(trial.Begin(Examples.Job, 0, Examples.Submitted(Examples.Job)));
        RequireAnswered(trial.Begin(Examples.Job, 1, Examples.Numbered(1, 100)));
        return Task.CompletedTask;
    }

    private static void RequireAnswered(TrialWrite write) =>
        Demand.That(write.Told.IsCompleted, $"{write} to be told before it returns.", "it is not.");

    private static async Task MayAppendWhenTold(Trial trial)
    {
        var ids = JobIds(20);
        var writes = new TrialWrite[ids.Length];
        for (var i = ids.Length - 1; i >= 0; i--)
        {
            var next = i + 1 < ids.Length ? writes[i + 1] : null;
            writes[i] = new TrialWrite(ids[i]) { WhenTold = () => BeginNext(trial, next) }
                .For(0, [Examples.Submitted(ids[i]), Examples.Started()]);
        }

        trial.Begin(writes[0]);
        foreach (var write in writes)
            Demand.Same($"the error of {write}", "no error.", JournalText.Of(await trial.ToldAsync(write)));
        await Demand.JobsAsync(trial, ids);
    }

    private static void BeginNext(Trial trial, TrialWrite? next)
    {
        if (next is not null) trial.Begin(next);
    }

    private static async Task DisposingWaits(Trial trial)
    {
        var writes = JobIds(50).Select(id => trial.Begin(id, 0, Examples.Submitted(id))).ToList();
        await trial.CloseAsync();
        foreach (var write in writes)
        {
            Demand.That(write.Told.IsCompleted, $"{write}, to be told by the end of disposing.", "it is not.");
            Demand.Same($"the error of {write}", "no error.", JournalText.Of(await write.Told));
        }
    }

    private static async Task MayBeDisposedTwice(Trial trial)
    {
        await trial.AppendAsync(Examples.Job, 0, Examples.Submitted(Examples.Job));
        await trial.CloseAsync(trial.Journal);
        await trial.CloseAsync();
    }

    private static JobId[] JobIds(int count) => [.. Enumerable.Range(1, count).Select(i => new JobId($"many-{i}"))];
}
