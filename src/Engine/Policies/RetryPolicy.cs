namespace ActorFlow;

/// <summary>Whether, when and how often a failed attempt is tried again.</summary>
public sealed record RetryPolicy
{
    /// <summary>One attempt.</summary>
    public static RetryPolicy None { get; } = new();

    /// <summary>Attempts in all, the first one included; at least 1. The default is 1.</summary>
    public int MaxAttempts { get; init; } = 1;

    /// <summary>
    /// No retry is due later than this after the first attempt started; those after a crash, and those that an operator
    /// asks for, are not asked. Null: no budget (the default).
    /// </summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>The delay between attempts. The default is none.</summary>
    public Backoff Backoff { get; init; } = Backoff.None;

    /// <summary>Only these failures are retried (see <see cref="Failure.Is"/>); empty for all (the default).</summary>
    public IReadOnlyList<string> On { get; init; } = [];

    /// <summary>These failures are never retried.</summary>
    public IReadOnlyList<string> Never { get; init; } = [];

    /// <summary>
    /// A further condition; must depend on nothing but the failure. If it throws, the task fails. Null for none.
    /// </summary>
    public Func<Failure, bool>? When { get; init; }

    /// <summary>
    /// What happens when the attempts are used up: Fail (the default), Skip, Ignore, Hold or Escalate.
    /// </summary>
    public Directive OnExhausted { get; init; } = Directive.Fail;

    /// <summary>The output that stands in when <see cref="OnExhausted"/> is Ignore; null for no value.</summary>
    public Payload? DefaultOutput { get; init; }

    /// <summary>
    /// How many attempts may be lost to crashes; those do not count towards <see cref="MaxAttempts"/>.
    /// </summary>
    /// <value>The default is 20: a task that kills its process stops there.</value>
    public int MaxLost { get; init; } = 20;

    /// <summary>Whether the policy speaks for trying this failure again, limits aside.</summary>
    public bool Covers(Failure failure)
    {
        if (Names(Never, failure)) return false;
        if (On.Count > 0 && !Names(On, failure)) return false;
        return When is null || When(failure);
    }

    private static bool Names(IReadOnlyList<string> names, Failure failure)
    {
        foreach (var name in names)
            if (failure.Is(name)) return true;
        return false;
    }
}
