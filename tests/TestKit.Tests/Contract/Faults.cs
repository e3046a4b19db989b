using ActorFlow.Journal;

namespace ActorFlow.TestKit.Tests.Contract;

/// <summary>What a journal can do wrong, and the rule that it breaks.</summary>
internal static class Faults
{
    /// <summary>Each fault by a sentence, its rule, and a journal that has it.</summary>
    public static readonly IReadOnlyList<(string Fault, string Rule, Func<JournalUnderTest> Create)> All =
    [
        .. OfAppends(), .. OfConflicts(), .. OfAnswers(), .. OfReads(), .. OfLists(), .. OfForgets(), .. OfContents(),
        .. OfReopening(),
    ];

    private static IEnumerable<(string Fault, string Rule, Func<JournalUnderTest> Create)> OfAppends() =>
    [
        ("loses the last event", "What was appended is read in order", Appending((inner, write) =>
            inner.Append(write.Events.Count < 2 ? write : new ChangedWrite(write, [.. write.Events.SkipLast(1)])))),
        ("takes a thousand events at once", "An append has all of its events, however many", Appending(
            (inner, write) => inner.Append(new ChangedWrite(write, [.. write.Events.Take(1000)])))),
        ("takes an empty append", "An append without events is refused with an ArgumentException", Appending(
            (inner, write) =>
            {
                if (write.Events.Count == 0) write.Completed(null);
                else inner.Append(write);
            })),
        ("takes what is no job", "The first event of a job, and no other, is that it was submitted", Appending(
            (inner, write) =>
            {
                var isSubmit = write.Events is [JobEvent.JobSubmitted, ..];
                if (isSubmit == write.ExpectedVersion > 0) write.Completed(null);
                else inner.Append(write);
            })),
        ("keeps the list of a write", "The list of a write may change once the write is completed",
            () => new Broken(memory => new ListKeepingJournal(memory))),
        ("believes what is in the place of a write", "A write may be used again for the next append",
            () => new Broken(memory => new TrustingPlaces(memory))),
        ("believes in a job that is gone", "What a journal keeps in the place of a write does not outlive the job",
            () => new Broken(memory => new TrustingPlaces(memory))),
        ("appends in two halves", "Appends are seen as a whole or not at all",
            () => new Broken(memory => new TearingJournal(memory))),
    ];

    private static IEnumerable<(string Fault, string Rule, Func<JournalUnderTest> Create)> OfConflicts()
    {
        var ignoring = Appending((inner, write) =>
            inner.Append(new ChangedWrite(write, write.Events, VersionOf(inner, write.Job))));
        var submittingAgain = Appending((inner, write) =>
        {
            if (write.ExpectedVersion == 0 && VersionOf(inner, write.Job) > 0) write.Completed(null);
            else inner.Append(write);
        });
        return
        [
            ("ignores the expected version", "An append at another version is a conflict that names both versions",
                ignoring),
            ("appends in spite of a conflict", "An append that is a conflict changes nothing", Appending(
                (inner, write) =>
                {
                    inner.Append(write);
                    inner.Append(new TrialWrite(write.Job).For(VersionOf(inner, write.Job), [Examples.Started()]));
                })),
            ("names the wrong version", "An append at another version is a conflict that names both versions",
                Appending((inner, write) => inner.Append(new RetoldWrite(
                    write, error => error is JournalConflictException e
                        ? new JournalConflictException(e.Job, e.Expected, e.Actual + 1) : error)))),
            ("begins a job in the middle", "An append to a job that is not there is a conflict and makes no job",
                Appending((inner, write) =>
                {
                    inner.Append(write);
                    if (write.ExpectedVersion > 0 && VersionOf(inner, write.Job) == 0)
                        inner.Append(new TrialWrite(write.Job).For(0, [Examples.Submitted(write.Job)]));
                })),
            ("takes a second submit for the first", "Submitting a job that is there is a conflict", submittingAgain),
            ("lets many submit a job", "Of many that submit one job at once one succeeds", submittingAgain),
        ];
    }

    private static IEnumerable<(string Fault, string Rule, Func<JournalUnderTest> Create)> OfAnswers() =>
    [
        ("tells twice", "An append is told once what came of it", Appending((inner, write) =>
        {
            inner.Append(write);
            write.Completed(null);
        })),
        ("never tells", "What was appended is read in order", Appending((_, _) => { })),
        ("ends without telling", "Disposing waits until every append is told", Appending((_, _) => { })),
        ("throws what it should tell", "What goes wrong with an append is told and not thrown", Appending(
            (inner, write) => inner.Append(new RetoldWrite(write, error => error is null ? null : throw error)))),
        ("says that it is immediate", "A journal that says that it is immediate tells before the append returns",
            () => new Broken(memory => new HastyJournal(memory))),
        ("takes nothing while it tells", "Whoever is told may append again at once", () =>
        {
            var isBusy = false;
            return new Broken(memory => new ChangingAppends(memory, (inner, write) =>
            {
                if (isBusy) write.Completed(new JournalException("Not now."));
                isBusy = true;
                inner.Append(write);
                isBusy = false;
            }));
        }),
        ("ends once only", "A journal may be disposed of twice",
            () => new Broken(memory => new EndingOnceJournal(memory))),
        ("loses an append now and then", "Jobs that append at once lose no event", () =>
        {
            var count = 0;
            return new Broken(memory => new ChangingAppends(memory, (inner, write) =>
            {
                if (Interlocked.Increment(ref count) % 50 == 0) write.Completed(null);
                else inner.Append(write);
            }));
        }),
    ];

    private static IEnumerable<(string Fault, string Rule, Func<JournalUnderTest> Create)> OfReads() =>
    [
        ("reads from the wrong version", "Reading begins at the version asked for", Reading(
            (inner, job, from) => inner.ReadAsync(job, from < 2 ? from : from - 1, default))),
        ("reads from before the beginning",
            "Reading before the first version is refused with an ArgumentOutOfRangeException",
            Reading((inner, job, from) => inner.ReadAsync(job, Math.Max(1, from), default))),
        ("reads a thousand events", "Thousands of events of one job are read from any place", Reading(
            async (inner, job, from) => [.. (await inner.ReadAsync(job, from, default)).Take(1000)])),
        ("shares a list with its readers", "What was read stays as it is while others append",
            () => new Broken(memory => new SharingJournal(memory))),
        ("reads a job that is not there", "A job that is not there is nowhere", Reading(
            async (inner, job, from) => await inner.ReadAsync(job, from, default) is { Count: > 0 } events
                ? events : [Examples.Submitted(job)])),
    ];

    private static IEnumerable<(string Fault, string Rule, Func<JournalUnderTest> Create)> OfLists() =>
    [
        ("lists by name", "Jobs are listed in the order of their submission", Listing(
            lines => lines.OrderBy(line => line.Id.Value, StringComparer.Ordinal))),
        ("lists how a job stood before", "The line about a job says how it stands", Listing(
            lines => lines.Select(line => line with { Outcome = null }))),
        ("lists a hundred jobs", "Hundreds of jobs are listed, each with its own line", Listing(
            lines => lines.Take(100))),
        ("lists two of three jobs", "After every step of a generated history the journal holds what the model holds",
            Listing(lines => lines.Count() == 3 ? lines.Take(2) : lines)),
    ];

    private static IEnumerable<(string Fault, string Rule, Func<JournalUnderTest> Create)> OfForgets() =>
    [
        ("forgets an unfinished job", "A job that has not ended is not forgotten", Forgetting(async (inner, job) =>
        {
            if (VersionOf(inner, job) is > 0 and var version)
                inner.Append(new TrialWrite(job).For(version, [Examples.Ended()]));
            return await inner.ForgetAsync(job, default);
        })),
        ("forgets all that has ended", "A forgotten job is gone, and the others are as they were", Forgetting(
            async (inner, job) =>
            {
                foreach (var line in await inner.ListAsync(default))
                    if (line.Id != job && line.Outcome is not null) await inner.ForgetAsync(line.Id, default);
                return await inner.ForgetAsync(job, default);
            })),
        ("says that everything was there", "Of many that forget a job at once one is told that it was there",
            Forgetting(async (inner, job) => await inner.ForgetAsync(job, default) || true)),
        ("hides instead of forgetting", "The id of a forgotten job is free again",
            () => new Broken(memory => new HidingJournal(memory))),
        ("appends to what it has forgotten", "A forgotten job takes no more events", Appending((inner, write) =>
        {
            if (write.ExpectedVersion > 0 && VersionOf(inner, write.Job) == 0) write.Completed(null);
            else inner.Append(write);
        })),
    ];

    private static IEnumerable<(string Fault, string Rule, Func<JournalUnderTest> Create)> OfContents() =>
    [
        ("cuts times to milliseconds", "Every kind of event comes back as it was", Changing(
            fact => fact with { At = fact.At.AddTicks(-(fact.At.Ticks % TimeSpan.TicksPerMillisecond)) })),
        ("takes local times for universal ones", "A time of another zone comes back as the same moment", Changing(
            fact => fact with { At = new DateTimeOffset(fact.At.DateTime, TimeSpan.Zero) })),
        ("writes payloads anew", "A payload comes back byte for byte", Changing(
            fact => fact is JobEvent.TaskSucceeded e && e.Output.IsEncoded
                ? e with { Output = Payload.FromJson(e.Output.ToString().Trim()) } : fact)),
        ("cuts payloads at a megabyte", "A large payload comes back as it was", Changing(
            fact => fact is JobEvent.TaskSucceeded { Output.Json.Length: > 1 << 20 } e
                ? e with { Output = Payload.FromJson(e.Output.Json[..(1 << 20)]) } : fact)),
        ("keeps what is before a live value",
            "A live value is kept as it is, or its append fails with a JournalException",
            () => new Broken(
                memory => new ChangingAppends(memory, KeepWhatIsBeforeLiveValues), keepsLiveValues: false)),
        ("does not know capitals", "Ids that differ in anything are different jobs", Appending((inner, write) =>
        {
            if (write.Job.Value != "A") inner.Append(write);
            else write.Completed(new JournalConflictException(write.Job, write.ExpectedVersion, 1));
        })),
        ("takes short names only", "Names may have any characters, and 200 of them", Appending((inner, write) =>
        {
            if (write.Job.Value.Length < 200) inner.Append(write);
            else write.Completed(new JournalException("The name is too long."));
        })),
    ];

    // A journal in memory outlives every closing, as long as it is the same.
    private static IEnumerable<(string Fault, string Rule, Func<JournalUnderTest> Create)> OfReopening() =>
    [
        ("is not durable", "What was appended is there when the journal is opened again", Durable(
            _ => new MemoryJournal())),
        ("loses what it told", "What was told before the journal was disposed of holds when it is opened again",
            Durable(_ => new MemoryJournal())),
        ("forgets the order", "Versions and the order of jobs go on when the journal is opened again", Durable(
            memory => new ChangingLists(memory, lines => lines.OrderBy(line => line.SubmittedAt)))),
        ("remembers what was forgotten", "What was forgotten stays forgotten when the journal is opened again",
            Durable(memory => new HidingJournal(memory))),
    ];

    private static void KeepWhatIsBeforeLiveValues(IJournal inner, JournalWrite write)
    {
        var sound = write.Events.TakeWhile(fact => fact is not JobEvent.TaskSucceeded { Output.IsEncoded: false });
        JobEvent[] kept = [.. sound];
        if (kept.Length == write.Events.Count) inner.Append(write);
        else
            inner.Append(new ChangedWrite(
                new RetoldWrite(write, error => error ?? new JournalException("There is a live value.")), kept));
    }

    private static Func<JournalUnderTest> Appending(Action<IJournal, JournalWrite> append) =>
        () => new Broken(memory => new ChangingAppends(memory, append));

    private static Func<JournalUnderTest> Reading(
        Func<IJournal, JobId, long, ValueTask<IReadOnlyList<JobEvent>>> read) =>
        () => new Broken(memory => new ChangingReads(memory, read));

    private static Func<JournalUnderTest> Changing(Func<JobEvent, JobEvent> change) => Reading(
        async (inner, job, from) => [.. (await inner.ReadAsync(job, from, default)).Select(change)]);

    private static Func<JournalUnderTest> Listing(
        Func<IEnumerable<JournaledJob>, IEnumerable<JournaledJob>> change) =>
        () => new Broken(memory => new ChangingLists(memory, change));

    private static Func<JournalUnderTest> Forgetting(Func<IJournal, JobId, ValueTask<bool>> forget) =>
        () => new Broken(memory => new ChangingForgets(memory, forget));

    private static Func<JournalUnderTest> Durable(Func<MemoryJournal, IJournal> open) =>
        () => new Broken(open, isDurable: true);

    private static long VersionOf(IJournal journal, JobId job) =>
        journal.FindAsync(job, default).AsTask().GetAwaiter().GetResult()?.Version ?? 0;
}
