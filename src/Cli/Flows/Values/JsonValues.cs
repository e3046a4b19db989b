using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActorFlow.Cli;

/// <summary>Payloads and JSON values, one as the other, and as text.</summary>
internal static class JsonValues
{
    /// <summary>A payload as a JSON value.</summary>
    public static JsonNode? Of(Payload payload) => JsonNode.Parse(PayloadJson.Of(payload).Span);

    /// <summary>A JSON value as a payload.</summary>
    public static Payload Payload(JsonNode? value) =>
        value is null ? ActorFlow.Payload.None : ActorFlow.Payload.FromJson(JsonSerializer.SerializeToUtf8Bytes(value));

    /// <summary>A text as it is, everything else as JSON; null is empty.</summary>
    public static string Text(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => node.ToJsonString(),
    };

    /// <summary>Payloads as one JSON list.</summary>
    public static Payload List(IEnumerable<Payload?> values) => Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var value in values) WriteRaw(writer, value);
        writer.WriteEndArray();
    });

    /// <summary>Payloads as one JSON object, each under its key.</summary>
    public static Payload Mapping(IEnumerable<(string Key, Payload? Value)> values) => Write(writer =>
    {
        writer.WriteStartObject();
        foreach (var (key, value) in values)
        {
            writer.WritePropertyName(key);
            WriteRaw(writer, value);
        }

        writer.WriteEndObject();
    });

    private static void WriteRaw(Utf8JsonWriter writer, Payload? value) =>
        writer.WriteRawValue(PayloadJson.Of(value ?? ActorFlow.Payload.None).Span, skipInputValidation: true);

    private static Payload Write(Action<Utf8JsonWriter> write)
    {
        var json = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json)) write(writer);
        return ActorFlow.Payload.FromJson(json.WrittenMemory);
    }
}
