using System.Text.Json;
using System.Text.Json.Nodes;
using ActorFlow.Actors;

namespace ActorFlow.Fuzz.Tests;

/// <summary>Values between tasks: decoded as many types, shown, and walked into.</summary>
internal sealed class PayloadTarget : FuzzTarget
{
    private readonly JsonPayloadCodec _codec = new();

    public override string Name => "payload";

    public override int Inputs => 2_000;

    public override IReadOnlyList<string> Tokens =>
    [
        "null", "true", "false", "{}", "[]", "{\"a\":", "\"Name\":", "\"Size\":", "\"Tags\":", "\"When\":",
        "\"Level\":",
        "\"2030-01-01T00:00:00Z\"", "\"low\"", "\"\\ud800\"", "{\"a\":1,\"a\":2}", ",", ":", "\"", "//", "\"NaN\"",
        "\"01:00:00\"", "\"$id\":\"1\"", "\"$ref\":\"1\"", "\"$type\":\"x\"",
    ];

    public override long AllocationBound(int length) => (1_000L * length) + 500_000;

    public override void Read(byte[] input)
    {
        var payload = Payload.FromJson(input);
        _ = PayloadJson.Of(payload);
        Decode<Sample>(payload);
        Decode<int>(payload);
        Decode<string>(payload);
        Decode<decimal?>(payload);
        Decode<List<double>>(payload);
        Decode<Dictionary<string, Sample>>(payload);
        Decode<JsonElement>(payload);
        Decode<object>(payload);
        Walk(payload);
    }

    private void Decode<T>(Payload payload)
    {
        try
        {
            _ = _codec.Encode(_codec.Decode<T>(payload));
        }
        catch (ActorFlowException)
        {
            // It is no such value, and that was said.
        }
    }

    private void Walk(Payload payload)
    {
        var node = _codec.Decode<JsonNode>(payload);
        foreach (var path in (string[])["a", "Tags", "a.b.c", "", ".."])
        {
            try
            {
                _ = JsonField.Select(node, path);
            }
            catch (ActorFlowException)
            {
                // It has no such field, and that was said.
            }
        }
    }

    /// <summary>A type as tasks hand it on.</summary>
    private sealed record Sample(string Name, int Size, IReadOnlyList<string>? Tags, DateTimeOffset? When, Level Level);

    /// <summary>An enumeration of it.</summary>
    private enum Level { Low, High }
}
