namespace ActorFlow;

/// <summary>The name of one job, chosen by the caller: the key that makes a submit idempotent.</summary>
/// <remarks>1 to 200 characters, no white space, no control characters; compared ordinally.</remarks>
public readonly record struct JobId
{
    private readonly string? _value;

    /// <summary>Names a job.</summary>
    /// <param name="value">1 to 200 characters, without white space or control characters.</param>
    /// <exception cref="ArgumentException">The name breaks that rule.</exception>
    public JobId(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (NameRules.Fault("A job id", value) is { } fault)
            throw new ArgumentException(fault, nameof(value));
        _value = value;
    }

    /// <summary>The name itself.</summary>
    public string Value => _value ?? "";

    /// <inheritdoc />
    public override string ToString() => Value;
}
