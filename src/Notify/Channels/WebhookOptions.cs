namespace ActorFlow;

/// <summary>Where a webhook posts to, and what.</summary>
public sealed class WebhookOptions
{
    /// <summary>The address: http or https.</summary>
    public required Uri Url { get; init; }

    /// <summary>Headers that are sent besides those of the channel.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>How long sending may take in all. The default is 5 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// With it the body is signed: <see cref="WebhookChannel.SignatureHeader"/> then has the HMAC-SHA256 of the very
    /// bytes of the body, in lower-case hexadecimal. Null for none.
    /// </summary>
    public string? Secret { get; init; }

    /// <summary>Further fields of the payload, at its top; they win over those of the report.</summary>
    public IReadOnlyDictionary<string, object?> ExtraPayload { get; init; } = new Dictionary<string, object?>();

    /// <summary>The field that holds the report; null, the default, for none: then its fields are at the top.</summary>
    public string? NestUnder { get; init; }

    /// <summary>What of the report is sent. The default is everything.</summary>
    public ReportContent Content { get; init; } = new();

    internal void Check()
    {
        if (Url is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            throw new ActorFlowException($"The webhook's address '{Url}' is no http or https address.");
        if (Timeout <= TimeSpan.Zero)
            throw new ActorFlowException($"The webhook's time-out is {Timeout}; it must be longer than zero.");
        if (NestUnder is { Length: 0 })
            throw new ActorFlowException("The webhook's NestUnder is empty; name a field, or leave it out.");
    }
}
