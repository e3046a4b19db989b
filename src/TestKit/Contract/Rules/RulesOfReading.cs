namespace ActorFlow.TestKit;

/// <summary>What is read of a job.</summary>
internal static class RulesOfReading
{
    public static readonly JournalRule[] All =
    [
        new("Reading begins at the version asked for", BeginsAtTheVersion),
        new("Reading before the first version is refused with an ArgumentOutOfRangeException", RefusesVersionZero),
        new("Thousands of events of one job are read from any place", ReadsThousands),
        new("What was read stays as it is while others append", StaysAsItIs),
        new("A job that is not there is nowhere", IsNowhere),
    ];

    private static async Task BeginsAtTheVersion(Trial trial)
    {
        var whole = Examples.Whole(Examples.Job);
        await trial.AppendAsync(Examples.Job, 0, whole[0]);
        await trial.AppendAsync(Examples.Job, 1, whole[1..]);
        foreach (var from in new[] { 1, 2, 3, 4, 5, 6, long.MaxValue })
            Demand.Events(
                $"the events from version {from} on", whole.Skip((int)Math.Min(from - 1, whole.Length)),
                await trial.ReadAsync(Examples.Job, from));
    }

    private static async Task RefusesVersionZero(Trial trial)
    {
        await trial.RunWholeAsync(Examples.Job);
        foreach (var from in new[] { 0, -1, long.MinValue })
            await Demand.ThrowsAsync<ArgumentOutOfRangeException>(
                $"reading from version {from} on",
                async () => await trial.Journal.ReadAsync(Examples.Job, from, trial.Cancellation));
    }

    private static async Task ReadsThousands(Trial trial)
    {
        await trial.AppendAsync(Examples.Job, 0, Examples.Submitted(Examples.Job));
        var count = 0;
        // Appends of 1 to 20 events: places within an append and between two.
        for (var append = 0; append < 300; append++)
        {
            var events = Examples.Numbered(count + 1, append % 20 + 1);
            await trial.AppendAsync(Examples.Job, count + 1, events);
            count += events.Length;
        }

        foreach (var from in new[] { 2, 3, 4, 22, 23, 211, 1020, 1021, 1022, count, count + 1 })
        {
            var read = await trial.ReadAsync(Examples.Job, from);
            Demand.Events(
                $"the events from version {from} on", Examples.Numbered(from - 1, count - from + 2), read);
        }
    }

    private static async Task StaysAsItIs(Trial trial)
    {
        await trial.AppendAsync(Examples.Job, 0, Examples.Submitted(Examples.Job), Examples.Started(1));
        var (all, some, none) = (
            await trial.ReadAsync(Examples.Job), await trial.ReadAsync(Examples.Job, 2),
            await trial.ReadAsync(Examples.Job, 3));
        var listed = await trial.ListAsync();
        await trial.AppendAsync(Examples.Job, 2, Examples.Numbered(2, 100));
        await trial.RunWholeAsync(Examples.Other);

        const string What = "what was read before others appended";
        Demand.Events(What, [Examples.Submitted(Examples.Job), Examples.Started(1)], all);
        Demand.Events(What, [Examples.Started(1)], some);
        Demand.Events(What, [], none);
        Demand.Lines(
            "the jobs that were listed before others appended", ["job-1 with 2"],
            listed.Select(line => $"{line.Id} with {line.Version}"));
    }

    private static async Task IsNowhere(Trial trial)
    {
        await Demand.NothingAsync(trial, Examples.Job);
        await trial.RunWholeAsync(Examples.Other);
        await Demand.NothingAsync(trial, Examples.Job);
        Demand.Same("what forgetting it says", false, await trial.ForgetAsync(Examples.Job));
    }
}
