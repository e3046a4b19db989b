using ActorFlow.Journal;

namespace ActorFlow.TestKit.Tests.Contract;

/// <summary>The contract can be broken, and names the rule that is.</summary>
public sealed class BrokenJournalTests
{
    [Fact]
    public Task A_journal_that_loses_the_last_event_does_not_keep_all_of_an_append() => BreaksAsync(
        "What was appended is read in order",
        Appending((inner, write) => inner.Append(
            write.Events.Count < 2 ? write : new ChangedWrite(write, [.. write.Events.SkipLast(1)]))));

    [Fact]
    public Task A_journal_that_keeps_half_of_an_append_that_it_refused_has_changed_something() => BreaksAsync(
        "A live value is kept as it is, or its append fails with a JournalException",
        () => new Broken(
            memory => new ChangingAppends(memory, (inner, write) =>
            {
                var sound = write.Events.TakeWhile(fact => !HasLiveValue(fact)).ToList();
                if (sound.Count == write.Events.Count) inner.Append(write);
                else inner.Append(new FailingWrite(write, sound));
            }),
            keepsLiveValues: false));

    [Fact]
    public Task A_journal_that_appends_in_two_halves_is_seen_between_them() => BreaksAsync(
        "Appends are seen as a whole or not at all",
        () => new Broken(memory => new TearingJournal(memory)));

    [Fact]
    public async Task A_journal_that_ignores_the_expected_version_knows_no_conflict()
    {
        var create = Appending((inner, write) => Locked(inner, () => inner.Append(new ChangedWrite(
            write, write.Events, write.ExpectedVersion == 0 ? 0 : VersionOf(inner, write.Job)))));
        await BreaksAsync("An append at another version is a conflict that names both versions", create);
        await BreaksAsync("An append that is a conflict changes nothing", create);
    }

    [Fact]
    public Task A_conflict_that_names_the_wrong_version_is_found() => BreaksAsync(
        "An append at another version is a conflict that names both versions",
        Appending((inner, write) => inner.Append(new Retold(
            write, error => error is JournalConflictException e
                ? new JournalConflictException(e.Job, e.Expected, e.Actual + 1) : error))));

    [Fact]
    public Task A_journal_that_tells_twice_is_found() => BreaksAsync(
        "An append is told once what came of it",
        Appending((inner, write) =>
        {
            inner.Append(write);
            write.Completed(null);
        }));

    [Fact]
    public async Task A_journal_that_never_tells_is_not_awaited_for_ever()
    {
        var message = await BreaksAsync("What was appended is read in order", Appending((_, _) => { }));
        Assert.Contains("told what came of it", message, StringComparison.Ordinal);
        Assert.Contains("nothing, within 0 seconds", message, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_journal_that_throws_what_it_should_tell_is_found() => BreaksAsync(
        "What goes wrong with an append is told and not thrown",
        Appending((inner, write) => inner.Append(new Retold(write, error => error is null ? null : throw error))));

    [Fact]
    public Task A_journal_that_says_that_it_is_immediate_must_be() => BreaksAsync(
        "A journal that says that it is immediate tells before the append returns",
        () => new Broken(memory => new HastyJournal(memory)));

    [Fact]
    public Task A_journal_that_takes_an_empty_append_is_found() => BreaksAsync(
        "An append without events is refused with an ArgumentException",
        Appending((inner, write) =>
        {
            if (write.Events.Count == 0) write.Completed(null);
            else inner.Append(write);
        }));

    [Fact]
    public Task A_journal_that_keeps_the_list_of_a_write_is_found() => BreaksAsync(
        "The list of a write may change once the write is completed",
        () => new Broken(memory => new ListKeepingJournal(memory)));

    [Fact]
    public Task A_journal_that_believes_what_is_in_the_place_of_a_write_is_found() => BreaksAsync(
        "A write may be used again for the next append", () => new Broken(memory => new TrustingPlaces(memory)));

    [Fact]
    public Task A_journal_that_reads_from_the_wrong_version_is_found() => BreaksAsync(
        "Reading begins at the version asked for",
        Reading((inner, job, from) => inner.ReadAsync(job, from < 2 ? from : from - 1, default)));

    [Fact]
    public Task A_journal_that_reads_from_before_the_first_version_is_found() => BreaksAsync(
        "Reading before the first version is refused with an ArgumentOutOfRangeException",
        Reading((inner, job, from) => inner.ReadAsync(job, Math.Max(1, from), default)));

    [Fact]
    public Task A_journal_that_shares_a_list_with_its_readers_is_found() => BreaksAsync(
        "What was read stays as it is while others append", () => new Broken(memory => new SharingJournal(memory)));

    [Fact]
    public Task A_journal_that_lists_by_name_is_found() => BreaksAsync(
        "Jobs are listed in the order of their submission",
        Listing(lines => lines.OrderBy(line => line.Id.Value, StringComparer.Ordinal)));

    [Fact]
    public Task A_journal_that_lists_how_a_job_stood_before_is_found() => BreaksAsync(
        "The line about a job says how it stands",
        Listing(lines => lines.Select(line => line with { Outcome = null })));

    [Fact]
    public Task A_journal_that_forgets_an_unfinished_job_is_found() => BreaksAsync(
        "A job that has not ended is not forgotten",
        Forgetting(async (inner, job) =>
        {
            var version = VersionOf(inner, job);
            JobEvent[] end = [new JobEvent.JobEnded(DateTimeOffset.MaxValue, JobPhase.Cancelled, new(0, 0, 0, 0))];
            if (version > 0) inner.Append(new TrialWrite(job).For(version, end));
            return await inner.ForgetAsync(job, default);
        }));

    [Fact]
    public Task A_journal_that_says_that_it_forgot_what_is_not_there_is_found() => BreaksAsync(
        "A job that is not there is nowhere",
        Forgetting(async (inner, job) => await inner.ForgetAsync(job, default) || true));

    [Fact]
    public Task A_journal_that_hides_instead_of_forgetting_is_found() => BreaksAsync(
        "The id of a forgotten job is free again", () => new Broken(memory => new HidingJournal(memory)));

    [Fact]
    public Task A_journal_that_cuts_times_to_milliseconds_is_found() => BreaksAsync(
        "Every kind of event comes back as it was",
        Reading(async (inner, job, from) => [.. (await inner.ReadAsync(job, from, default)).Select(
            fact => fact with { At = fact.At.AddTicks(-(fact.At.Ticks % TimeSpan.TicksPerMillisecond)) })]));

    [Fact]
    public Task A_journal_that_writes_payloads_anew_is_found() => BreaksAsync(
        "A payload comes back byte for byte",
        Reading(async (inner, job, from) => [.. (await inner.ReadAsync(job, from, default)).Select(
            fact => fact is JobEvent.TaskSucceeded { Output.IsEncoded: true } e
                ? e with { Output = Payload.FromJson(e.Output.ToString().Trim()) } : fact)]));

    [Fact]
    public Task A_journal_that_does_not_know_capitals_is_found() => BreaksAsync(
        "Ids that differ in anything are different jobs",
        Appending((inner, write) =>
        {
            if (write.Job.Value != "A") inner.Append(write);
            else write.Completed(new JournalConflictException(write.Job, write.ExpectedVersion, 1));
        }));

    [Fact]
    public Task A_journal_that_is_said_to_be_durable_and_is_not_is_found() => BreaksAsync(
        "What was appended is there when the journal is opened again",
        () => new Broken(_ => new MemoryJournal(), isDurable: true));

    [Fact]
    public async Task A_sound_journal_breaks_nothing() =>
        await JournalContract.CheckAllAsync(() => new Broken(memory => memory));

    private static async Task<string> BreaksAsync(string rule, Func<JournalUnderTest> create)
    {
        var error = await Assert.ThrowsAsync<JournalContractException>(
            () => JournalContract.Rules.Single(each => each.Name == rule).CheckAsync(create));
        Assert.Equal(rule, Assert.Single(error.Breaches).Rule);
        Assert.Contains(rule, error.Message, StringComparison.Ordinal);
        return error.Message;
    }

    private static Func<JournalUnderTest> Appending(Action<IJournal, JournalWrite> append) =>
        () => new Broken(memory => new ChangingAppends(memory, append));

    private static Func<JournalUnderTest> Reading(
        Func<IJournal, JobId, long, ValueTask<IReadOnlyList<JobEvent>>> read) =>
        () => new Broken(memory => new ChangingReads(memory, read));

    private static Func<JournalUnderTest> Listing(
        Func<IEnumerable<JournaledJob>, IEnumerable<JournaledJob>> change) =>
        () => new Broken(memory => new ChangingLists(memory, change));

    private static Func<JournalUnderTest> Forgetting(Func<IJournal, JobId, ValueTask<bool>> forget) =>
        () => new Broken(memory => new ChangingForgets(memory, forget));

    private static bool HasLiveValue(JobEvent fact) => fact is JobEvent.TaskSucceeded { Output.IsEncoded: false };

    private static long VersionOf(IJournal journal, JobId job) =>
        journal.FindAsync(job, default).AsTask().GetAwaiter().GetResult()?.Version ?? 0;

    private static void Locked(IJournal journal, Action action)
    {
        lock (journal) action();
    }

    /// <summary>A write that is told something else.</summary>
    private sealed class Retold(JournalWrite write, Func<Exception?, Exception?> change) : JournalWrite
    {
        public override JobId Job => write.Job;

        public override long ExpectedVersion => write.ExpectedVersion;

        public override IReadOnlyList<JobEvent> Events => write.Events;

        public override void Completed(Exception? error) => write.Completed(change(error));
    }

    /// <summary>Keeps what it can, and says that it kept nothing.</summary>
    private sealed class FailingWrite(JournalWrite write, IReadOnlyList<JobEvent> events) : JournalWrite
    {
        public override JobId Job => write.Job;

        public override long ExpectedVersion => write.ExpectedVersion;

        public override IReadOnlyList<JobEvent> Events => events;

        public override void Completed(Exception? error) =>
            write.Completed(error ?? new JournalException("A live value cannot be kept."));
    }

    /// <summary>Reads what the lists of the first writes hold now.</summary>
    private sealed class ListKeepingJournal(IJournal inner) : DelegatingJournal(inner)
    {
        private readonly Dictionary<JobId, IReadOnlyList<JobEvent>> _kept = [];

        public override void Append(JournalWrite write)
        {
            if (write.ExpectedVersion == 0) _kept[write.Job] = write.Events;
            Inner.Append(write);
        }

        public override ValueTask<IReadOnlyList<JobEvent>> ReadAsync(
            JobId job, long fromVersion, CancellationToken cancellationToken) => new(_kept[job]);
    }
}
