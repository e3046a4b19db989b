namespace ActorFlow.TestKit.Tests.Contract;

/// <summary>The contract can be broken, and names the rule that is.</summary>
public sealed class BrokenJournalTests
{
    public static TheoryData<string> EveryFault => new(Faults.All.Select(each => each.Fault));

    [Theory]
    [MemberData(nameof(EveryFault))]
    public async Task A_journal_with_a_fault_breaks_the_rule_that_forbids_it(string fault)
    {
        var (_, rule, create) = Faults.All.Single(each => each.Fault == fault);
        var error = await BreakAsync(rule, create);

        Assert.Equal(rule, Assert.Single(error.Breaches).Rule);
        Assert.StartsWith(
            $"The journal broke the rule: {rule}.\n  Expected: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_a_fault_for_every_rule() => Assert.Empty(
        JournalContract.Rules.Select(rule => rule.Name).Except(Faults.All.Select(each => each.Rule)));

    [Fact]
    public async Task A_journal_that_never_tells_is_not_awaited_for_ever()
    {
        var error = await BreakAsync(
            "What was appended is read in order", Faults.All.Single(each => each.Fault == "never tells").Create);

        Assert.EndsWith(
            "Expected: that the append of 2 events to job 'job-1' at version 0 is told what came of it.\n"
            + "  Came:     nothing, within 0 seconds.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_sound_journal_breaks_nothing() =>
        JournalContract.CheckAllAsync(() => new Broken(memory => memory, isDurable: true));

    private static Task<JournalContractException> BreakAsync(string rule, Func<JournalUnderTest> create) =>
        Assert.ThrowsAsync<JournalContractException>(
            () => JournalContract.Rules.Single(each => each.Name == rule).CheckAsync(create));
}
