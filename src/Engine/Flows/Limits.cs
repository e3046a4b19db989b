namespace ActorFlow;

/// <summary>The bounds of one job. Reaching one is an error that says so.</summary>
public static class Limits
{
    /// <summary>The most tasks that a flow can have.</summary>
    public const int Tasks = 10_000_000;

    /// <summary>The most edges that a flow can have.</summary>
    public const int Edges = 100_000_000;

    /// <summary>The longest name of a flow, task or job, in characters.</summary>
    public const int NameLength = NameRules.MaxLength;

    /// <summary>The most attempts that a retry policy can allow.</summary>
    public const int Attempts = 1_000_000;

    /// <summary>The most markers of one attempt that are kept; one more says how many were not.</summary>
    public const int MarkersOfAttempt = 1_000;

    /// <summary>The most markers of one task that are kept, over all of its attempts.</summary>
    public const int MarkersOfTask = 10_000;

    /// <summary>The longest message, or name of a file, in a marker; what is longer is cut. In characters.</summary>
    public const int MarkerLength = 2_000;

    /// <summary>The most files that are listed of a scratch directory that is kept.</summary>
    public const int KeptFiles = 1_000;

    /// <summary>The largest output or input, in encoded bytes.</summary>
    public const int PayloadBytes = 64 * 1024 * 1024;

    /// <summary>The most that the results can take which one job takes over from before, in encoded bytes.</summary>
    public const long TakenBytes = 1024L * 1024 * 1024;
}
