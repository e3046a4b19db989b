namespace ActorFlow.TestKit;

/// <summary>
/// The contract of <see cref="Journal.IJournal"/>, for whoever writes one: rules to be checked one by one with any test
/// framework, or all at once without.
/// </summary>
public static class JournalContract
{
    /// <summary>All rules, the simple ones first.</summary>
    public static IReadOnlyList<JournalRule> Rules { get; } =
    [
        .. RulesOfAppending.All, .. RulesOfConflicts.All, .. RulesOfAnswers.All, .. RulesOfReading.All,
        .. RulesOfListing.All, .. RulesOfForgetting.All, .. RulesOfThreads.All, .. RulesOfContent.All,
        .. RulesOfNames.All, .. RulesOfReopening.All, .. RulesOfHistories.All,
    ];

    /// <summary>Checks all rules, each on a journal of its own.</summary>
    /// <param name="create">Makes a journal under test in a new, empty place; called once for each rule, or more
    /// often.</param>
    /// <param name="cancellationToken">Ends the checks.</param>
    /// <exception cref="JournalContractException">The journal breaks some; it lists them all.</exception>
    public static async Task CheckAllAsync(
        Func<JournalUnderTest> create, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(create);
        var breaches = new List<JournalBreach>();
        foreach (var rule in Rules)
            if (await rule.FindBreachAsync(create, cancellationToken) is { } broken)
                breaches.Add(rule.BreachOf(broken));
        if (breaches.Count > 0) throw new JournalContractException(breaches);
    }

    /// <summary>Plays the generated history of one seed, as a failure named it.</summary>
    /// <param name="create">Makes a journal under test in a new, empty place.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="JournalContractException">The journal and the model disagree.</exception>
    public static Task CheckHistoryAsync(
        Func<JournalUnderTest> create, int seed, CancellationToken cancellationToken = default) =>
        new JournalRule(RulesOfHistories.Name, trial => JournalHistory.CheckAsync(create, seed, trial.Cancellation))
            .CheckAsync(create, cancellationToken);
}
