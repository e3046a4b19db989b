namespace ActorFlow.TestKit;

/// <summary>
/// What is durable is there when the journal is opened again; nothing is asked of journals that are not.
/// </summary>
internal static class RulesOfReopening
{
    public static readonly JournalRule[] All =
    [
        OfDurable("What was appended is there when the journal is opened again", IsThere),
        OfDurable("Versions and the order of jobs go on when the journal is opened again", GoesOn),
        OfDurable("What was forgotten stays forgotten when the journal is opened again", StaysForgotten),
        OfDurable("What was told before the journal was disposed of holds when it is opened again", Holds),
    ];

    private static JournalRule OfDurable(string name, Func<Trial, Task> check) =>
        new(name, trial => trial.Subject.IsDurable ? check(trial) : Task.CompletedTask);

    private static async Task IsThere(Trial trial)
    {
        await trial.ReopenAsync();
        await Demand.JobsAsync(trial);
        await trial.RunWholeAsync(Examples.Job);
        await trial.AppendAsync(Examples.Other, 0, Examples.Submitted(Examples.Other));
        for (var i = 0; i < 2; i++)
        {
            await trial.ReopenAsync();
            await Demand.EventsAsync(trial, Examples.Job, Examples.Whole(Examples.Job));
            await Demand.EventsAsync(trial, Examples.Other, Examples.Submitted(Examples.Other));
            await Demand.JobsAsync(trial, Examples.Job, Examples.Other);
        }
    }

    private static async Task GoesOn(Trial trial)
    {
        JobId[] ids = [new("c"), new("b"), new("a"), new("d")];
        for (var i = 0; i < ids.Length; i++)
        {
            await trial.AppendAsync(ids[i], 0, Examples.Submitted(ids[i], 50 - i));
            await trial.ReopenAsync();
            await Demand.JobsAsync(trial, ids[..(i + 1)]);
            Demand.Conflict(await trial.TryAppendAsync(ids[0], i + 5, Examples.Started()), ids[0], i + 5, i + 1);
            await trial.AppendAsync(ids[0], i + 1, Examples.Started(60, i + 1));
        }

        var expected = Enumerable.Range(1, ids.Length).Select(i => Examples.Started(60, i));
        await Demand.EventsAsync(trial, ids[0], [Examples.Submitted(ids[0], 50), .. expected]);
    }

    private static async Task StaysForgotten(Trial trial)
    {
        await trial.RunWholeAsync(Examples.Job);
        await trial.RunWholeAsync(Examples.Other);
        Demand.Same("what forgetting it says", true, await trial.ForgetAsync(Examples.Job));
        await trial.ReopenAsync();
        await Demand.NothingAsync(trial, Examples.Job);
        await Demand.EventsAsync(trial, Examples.Other, Examples.Whole(Examples.Other));

        await trial.RunWholeAsync(Examples.Job, 9);
        await trial.ReopenAsync();
        await Demand.EventsAsync(trial, Examples.Job, Examples.Whole(Examples.Job, 9));
        await Demand.JobsAsync(trial, Examples.Other, Examples.Job);
    }

    private static async Task Holds(Trial trial)
    {
        var writes = Enumerable.Range(1, 50).Select(i => new JobId($"many-{i}"))
            .Select(id => trial.Begin(id, 0, Examples.Submitted(id), Examples.Started())).ToList();
        var journal = trial.Journal;
        await trial.CloseAsync(journal);
        // Too late, as it seems; but what is told counts.
        writes.Add(trial.Begin(Examples.Job, 0, Examples.Submitted(Examples.Job), Examples.Started()));
        await trial.ReopenAsync();
        foreach (var write in writes)
            await Demand.VersionAsync(trial, write.Job, await trial.ToldAsync(write) is null ? 2 : 0);
    }
}
