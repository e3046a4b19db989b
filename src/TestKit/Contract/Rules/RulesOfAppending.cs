namespace ActorFlow.TestKit;

/// <summary>What an append does, and what may be appended.</summary>
internal static class RulesOfAppending
{
    public static readonly JournalRule[] All =
    [
        new("What was appended is read in order", IsReadInOrder),
        new("An append has all of its events, however many", HasAllEvents),
        new("An append without events is refused with an ArgumentException", RefusesEmptyWrites),
        new("The first event of a job, and no other, is that it was submitted", RefusesOtherBeginnings),
        new("The list of a write may change once the write is completed", KeepsNoList),
        new("A write may be used again for the next append", TakesAWriteAgain),
        new("What a journal keeps in the place of a write does not outlive the job", PlaceIsOfOneLife),
    ];

    private static async Task IsReadInOrder(Trial trial)
    {
        await trial.RunWholeAsync(Examples.Job);
        await Demand.EventsAsync(trial, Examples.Job, Examples.Whole(Examples.Job));
    }

    private static async Task HasAllEvents(Trial trial)
    {
        JobEvent[] events = [Examples.Submitted(Examples.Job), .. Examples.Numbered(1, 5000)];
        await trial.AppendAsync(Examples.Job, 0, events);
        await Demand.EventsAsync(trial, Examples.Job, events);
        await Demand.VersionAsync(trial, Examples.Job, events.Length);
    }

    private static async Task RefusesEmptyWrites(Trial trial)
    {
        await RefusesAsync(trial, "an append without events to a new job", Examples.Job, 0);
        await trial.AppendAsync(Examples.Other, 0, Examples.Submitted(Examples.Other));
        await RefusesAsync(trial, "an append without events to a job that is there", Examples.Other, 1);
        await Demand.JobsAsync(trial, Examples.Other);
        await Demand.VersionAsync(trial, Examples.Other, 1);
    }

    private static async Task RefusesOtherBeginnings(Trial trial)
    {
        var (job, other) = (Examples.Job, Examples.Other);
        var (submitted, started) = (Examples.Submitted(job), Examples.Started());
        await RefusesAsync(trial, "a job that begins with a task", job, 0, started);
        await RefusesAsync(trial, "a job that begins with the submit of another", job, 0, Examples.Submitted(other));
        await RefusesAsync(trial, "a job that is submitted twice in one append", job, 0, submitted, started, submitted);
        await Demand.JobsAsync(trial);

        await trial.AppendAsync(job, 0, submitted);
        await RefusesAsync(trial, "a job that is submitted at version 1", job, 1, submitted);
        await RefusesAsync(trial, "a job that is submitted after another event", job, 1, started, submitted);
        await Demand.EventsAsync(trial, job, submitted);
    }

    private static async Task KeepsNoList(Trial trial)
    {
        var events = new List<JobEvent> { Examples.Submitted(Examples.Job), Examples.Started() };
        await trial.AppendAsync(new TrialWrite(Examples.Job).For(0, events));
        events[1] = Examples.Ended();
        events.Add(Examples.Reopened());
        await Demand.EventsAsync(trial, Examples.Job, Examples.Submitted(Examples.Job), Examples.Started());
    }

    private static async Task TakesAWriteAgain(Trial trial)
    {
        var (job, write, other) = (Examples.Job, new TrialWrite(Examples.Job), new TrialWrite(Examples.Job));
        await trial.AppendAsync(write.For(0, [Examples.Submitted(job)]));
        for (var i = 1; i < 20; i += 3)
        {
            await trial.AppendAsync(write.For(i, Examples.Numbered(i, 2)));
            Demand.Conflict(await trial.ToldAsync(trial.Begin(other.For(i, [Examples.Ended()]))), job, i, i + 2);
            await trial.AppendAsync(other.For(i + 2, Examples.Numbered(i + 2, 1)));
            Demand.Conflict(await trial.ToldAsync(trial.Begin(write.For(i, [Examples.Ended()]))), job, i, i + 3);
        }

        await Demand.EventsAsync(trial, job, [Examples.Submitted(job), .. Examples.Numbered(1, 21)]);
    }

    private static async Task PlaceIsOfOneLife(Trial trial)
    {
        var (job, write) = (Examples.Job, new TrialWrite(Examples.Job));
        var early = new TrialWrite(job);
        Demand.Conflict(await trial.ToldAsync(trial.Begin(early.For(3, [Examples.Ended()]))), job, 3, 0);
        for (var life = 0; life < 3; life++)
        {
            await trial.AppendAsync(write.For(0, [Examples.Submitted(job, life)]));
            await trial.AppendAsync(write.For(1, [Examples.Started(life)]));
            await trial.AppendAsync(early.For(2, [Examples.Ended(life)]));
            await Demand.EventsAsync(
                trial, job, Examples.Submitted(job, life), Examples.Started(life), Examples.Ended(life));
            Demand.Same("that an ended job was there to be forgotten", true, await trial.ForgetAsync(job));
            Demand.Conflict(await trial.ToldAsync(trial.Begin(write.For(3, [Examples.Reopened()]))), job, 3, 0);
        }
    }

    // An ArgumentException is the one thing that an append throws. The engine's own writes have an event list, which a
    // journal may look at in another way.
    private static async Task RefusesAsync(
        Trial trial, string what, JobId job, long expected, params JobEvent[] events)
    {
        EventList same = [.. events];
        foreach (var list in (IReadOnlyList<JobEvent>[])[events, same])
            await Demand.ThrowsAsync<ArgumentException>(what, () =>
            {
                trial.Journal.Append(new TrialWrite(job).For(expected, list));
                return Task.CompletedTask;
            });
    }
}
