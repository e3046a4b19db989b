namespace ActorFlow.Cli;

/// <summary>What is kept of a task's runs: cached results, the state of the last run, datasets.</summary>
internal sealed record Keeping
{
    /// <summary>How results are cached; null for not at all.</summary>
    public CacheRule? Cache { get; init; }

    /// <summary>What the task reads and writes, so that it need not run; null if it always runs.</summary>
    public UpToDateRule? UpToDate { get; init; }

    /// <summary>The datasets that the output is saved as.</summary>
    public IReadOnlyList<SaveRule> Saves { get; init; } = [];
}

/// <summary>How results are cached.</summary>
/// <param name="Key">What tells one input from another; null for all that the task is given.</param>
/// <param name="TimeToLive">How long a result may be used; null for ever.</param>
/// <param name="Name">What the task is known by; null for what it runs.</param>
internal sealed record CacheRule(string? Key, TimeSpan? TimeToLive, string? Name);

/// <summary>What a task reads and writes; all texts may have references.</summary>
/// <param name="Inputs">Patterns of the files that it reads.</param>
/// <param name="Outputs">Patterns of the files that it writes.</param>
/// <param name="Directory">Where relative ones are; null for where commands run.</param>
/// <param name="Always">Whether it runs always, and only its state is kept.</param>
internal sealed record UpToDateRule(
    IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, string? Directory, bool Always);

/// <summary>A dataset that an output is saved as.</summary>
/// <param name="Key">Its key, which may have references.</param>
/// <param name="Format">The format; null for that of the key's extension, or else of the value.</param>
internal sealed record SaveRule(string Key, string? Format);
