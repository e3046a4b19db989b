using ActorFlow.Journal;

namespace ActorFlow.TestKit.Tests.Contract;

/// <summary>How the contract reports, and that it asks for everything.</summary>
public sealed class JournalContractTests
{
    [Fact]
    public void Every_rule_has_a_name_of_its_own() => Assert.Equal(
        JournalContract.Rules.Count,
        JournalContract.Rules.Select(rule => rule.Name).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void Every_kind_of_event_is_among_the_examples_and_times_go_up()
    {
        var examples = Examples.OfEveryKind(Examples.Job);
        var kinds = typeof(JobEvent).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(JobEvent)));
        Assert.Equal(
            kinds.Select(kind => kind.Name).Order(), examples.Select(fact => fact.GetType().Name).Distinct().Order());
        Assert.Equal(examples.Select(fact => fact.At).Order(), examples.Select(fact => fact.At));
    }

    [Fact]
    public async Task All_broken_rules_are_reported_together()
    {
        var error = await Assert.ThrowsAsync<JournalContractException>(() => JournalContract.CheckAllAsync(() =>
            new Broken(memory => new ChangingLists(memory, lines => lines.Reverse()))));

        var broken = error.Breaches.Select(breach => breach.Rule).ToList();
        Assert.Contains("Jobs are listed in the order of their submission", broken);
        Assert.Contains("The id of a forgotten job is free again", broken);
        Assert.DoesNotContain("What was appended is read in order", broken);
        Assert.All(
            error.Breaches, breach => Assert.Contains(breach.ToString(), error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_breach_says_what_was_expected_and_what_came()
    {
        var rule = JournalContract.Rules.Single(
            each => each.Name == "Jobs are listed in the order of their submission");
        var error = await Assert.ThrowsAsync<JournalContractException>(() => rule.CheckAsync(() =>
            new Broken(memory => new ChangingLists(memory, lines => lines.Reverse()))));

        Assert.Equal(
            "The journal broke the rule: Jobs are listed in the order of their submission.\n"
            + "  Expected: the jobs that are listed: number 1 to be c\n  Came:     9",
            error.Message);
    }

    [Fact]
    public async Task A_history_that_fails_is_told_with_its_seed_and_the_steps_that_matter()
    {
        // What is wrong shows at the second end of a job only.
        static JournalUnderTest Create() => new Broken(memory => new ChangingReads(memory, async (inner, job, from) =>
        {
            var events = await inner.ReadAsync(job, from, default);
            var ends = events.Count(fact => fact is JobEvent.JobEnded);
            return ends < 2 ? events : [.. events.SkipLast(1)];
        }));
        var error = await Assert.ThrowsAsync<JournalContractException>(
            () => JournalContract.CheckHistoryAsync(Create, seed: 1));

        var breach = Assert.Single(error.Breaches);
        var story = Assert.IsType<string>(breach.Story).Split('\n');
        Assert.StartsWith("  Seed 1; the shortest history found, of ", story[0], StringComparison.Ordinal);
        Assert.InRange(story.Length, 2, 4);
        Assert.Contains("JobEnded", story[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Histories_find_what_no_rule_asks_for()
    {
        // A job that is found is one that is listed, but for a list of three.
        static JournalUnderTest Create() => new Broken(memory => new ChangingLists(
            memory, lines => lines.Count() == 3 ? lines.Take(2) : lines));
        var error = await Assert.ThrowsAsync<JournalContractException>(() => JournalContract.CheckAllAsync(Create));

        Assert.Contains(error.Breaches, breach => breach.Story is not null);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_opened_is_a_breach_and_is_cleaned_up()
    {
        var place = new Unopenable();
        var error = await Assert.ThrowsAsync<JournalContractException>(
            () => JournalContract.Rules[0].CheckAsync(() => place));

        Assert.Contains("opening the journal without an exception", error.Message, StringComparison.Ordinal);
        Assert.Contains("JournalException: No.", error.Message, StringComparison.Ordinal);
        Assert.IsType<JournalException>(error.InnerException);
        Assert.True(place.IsDisposed);
    }

    [Fact]
    public async Task A_check_that_is_ended_closes_the_journal()
    {
        using var stop = new CancellationTokenSource();
        EndingOnceJournal? journal = null;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => JournalContract.CheckAllAsync(
            () => new Broken(memory => journal = new EndingOnceJournal(
                new ChangingAppends(memory, (_, _) => stop.Cancel()))),
            stop.Token));

        Assert.True(journal?.HasEnded);
    }

    [Fact]
    public Task A_check_can_be_ended_before_it_begins() => Assert.ThrowsAnyAsync<OperationCanceledException>(
        () => JournalContract.CheckAllAsync(() => new Broken(memory => memory), new CancellationToken(canceled: true)));

    private sealed class Unopenable : JournalUnderTest
    {
        public bool IsDisposed { get; private set; }

        public override ValueTask<IJournal> OpenAsync(CancellationToken cancellationToken) =>
            throw new JournalException("No.");

        public override ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return base.DisposeAsync();
        }
    }
}
