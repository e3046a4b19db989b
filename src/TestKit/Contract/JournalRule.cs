namespace ActorFlow.TestKit;

/// <summary>One rule that every journal keeps to.</summary>
public sealed class JournalRule
{
    private readonly Func<Trial, Task> _check;

    internal JournalRule(string name, Func<Trial, Task> check)
    {
        Name = name;
        _check = check;
    }

    /// <summary>The rule, a sentence.</summary>
    public string Name { get; }

    /// <summary>Checks the rule on a journal of its own.</summary>
    /// <param name="create">Makes a journal under test in a new, empty place.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="JournalContractException">The journal breaks the rule.</exception>
    public async Task CheckAsync(Func<JournalUnderTest> create, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(create);
        if (await FindBreachAsync(create, cancellationToken) is { } broken)
            throw new JournalContractException([BreachOf(broken)], broken.InnerException);
    }

    /// <summary>The rule's name.</summary>
    public override string ToString() => Name;

    internal JournalBreach BreachOf(RuleBrokenException broken) =>
        new(Name, broken.Expected, broken.Actual, broken.Story);

    internal Task<RuleBrokenException?> FindBreachAsync(
        Func<JournalUnderTest> create, CancellationToken cancellationToken) =>
        // On the thread pool: no check comes back to a context of the caller.
        Task.Run(() => Trial.FindBreachAsync(create, _check, cancellationToken), cancellationToken);
}
