using System.Text.Json;
using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>Writes the values that a definition names, as JSON with default options: no engine is there yet.</summary>
internal static class Payloads
{
    private static readonly JsonPayloadCodec Json = new();

    public static Payload Of<T>(T value) => Json.Encode(value);

    /// <summary>A policy whose stand-ins are as a journal keeps them.</summary>
    /// <exception cref="PayloadException">One of them cannot be kept.</exception>
    public static TaskPolicy Kept(TaskPolicy policy)
    {
        if (policy.Retry.DefaultOutput is { } output)
            policy = policy with { Retry = policy.Retry with { DefaultOutput = Kept(output) } };
        var rules = Kept(policy.Supervision);
        return ReferenceEquals(rules, policy.Supervision) ? policy : policy with { Supervision = rules };
    }

    /// <summary>Rules whose stand-ins are as a journal keeps them.</summary>
    /// <exception cref="PayloadException">One of them cannot be kept.</exception>
    public static IReadOnlyList<SupervisionRule> Kept(IReadOnlyList<SupervisionRule> rules) =>
        rules.All(rule => rule.DefaultOutput is null)
            ? rules
            : [.. rules.Select(rule =>
                rule.DefaultOutput is { } output ? rule with { DefaultOutput = Kept(output) } : rule)];

    // What the task gives is not asked: how the engine reads values is not known yet.
    private static Payload Kept(Payload output)
    {
        if (!output.IsEncoded) return Json.Encode(output.Value);
        Json.Decode<JsonElement>(output);
        return output;
    }
}
