namespace ActorFlow;

/// <summary>What an attempt says beside its output, as data; most say nothing.</summary>
public sealed record AttemptNotes
{
    /// <summary>Where the output was taken from in place of running the task's code; null if that ran.</summary>
    public Reuse? Reused { get; init; }

    /// <summary>
    /// Whether all is as the task had left it before: whoever needs it has no reason to run again because of it.
    /// </summary>
    public bool IsUnchanged { get; init; }

    /// <summary>
    /// Names the state that the task left behind: it is the same as long as that is; null if unknown.
    /// </summary>
    public string? Stamp { get; init; }

    /// <summary>The keys of the datasets that the attempt saved, in order.</summary>
    public IReadOnlyList<string> Saved { get; init; } = [];

    /// <summary>These notes and those that an attempt makes later.</summary>
    public AttemptNotes With(AttemptNotes later)
    {
        ArgumentNullException.ThrowIfNull(later);
        return new AttemptNotes
        {
            Reused = later.Reused ?? Reused,
            IsUnchanged = IsUnchanged || later.IsUnchanged,
            Stamp = later.Stamp ?? Stamp,
            Saved = [.. Saved, .. later.Saved],
        };
    }
}

/// <summary>An output that was there already, and where.</summary>
/// <param name="Source">Where.</param>
/// <param name="Key">What it is known by there.</param>
public sealed record Reuse(ReuseSource Source, string Key);

/// <summary>Where outputs are taken from without running a task's code.</summary>
/// <remarks>The numbers are stored: never change one.</remarks>
public enum ReuseSource : byte
{
    /// <summary>A result cache had the output for the same input.</summary>
    Cache = 1,

    /// <summary>Everything is up to date since the last run of the task.</summary>
    LastRun = 2,
}
