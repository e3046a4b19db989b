using System.Buffers;
using System.Text;
using System.Text.Json;
using ActorFlow.Engine;

namespace ActorFlow;

/// <summary>A value on its way through a job: an input, a constant, or the output of a task.</summary>
/// <remarks>
/// A payload is either <em>encoded</em> (JSON bytes, all that a durable journal keeps) or <em>live</em> (the object
/// itself, for journals in memory). The engine forwards payloads and never looks inside.
/// </remarks>
public sealed class Payload
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = PayloadJson.MaxDepth };

    private Payload(object? value, ReadOnlyMemory<byte> json, bool isEncoded)
    {
        Value = value;
        Json = json;
        IsEncoded = isEncoded;
    }

    /// <summary>No value: the output of a task that returns nothing.</summary>
    public static Payload None { get; } = new(null, "null"u8.ToArray(), isEncoded: true);

    /// <summary>Whether <see cref="Json"/> holds the value; otherwise <see cref="Value"/> does.</summary>
    public bool IsEncoded { get; }

    /// <summary>The live object; null when encoded.</summary>
    public object? Value { get; }

    /// <summary>The value as UTF-8 JSON; empty when live.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>Keeps an object as it is, for a journal in memory.</summary>
    public static Payload Live(object? value) => new(value, default, isEncoded: false);

    /// <summary>Keeps a value as UTF-8 JSON. The bytes are not copied and must not change afterwards.</summary>
    public static Payload FromJson(ReadOnlyMemory<byte> json) => new(null, json, isEncoded: true);

    /// <summary>Keeps a value as JSON text.</summary>
    public static Payload FromJson(string json) => FromJson(Encoding.UTF8.GetBytes(json));

    /// <summary>Several payloads as one list.</summary>
    /// <remarks>
    /// Encoded ones make a JSON array. Where one is live the list is too: its value is the array of payloads.
    /// </remarks>
    public static Payload OfList(IReadOnlyList<Payload> payloads)
    {
        ArgumentNullException.ThrowIfNull(payloads);
        if (!payloads.All(payload => payload.IsEncoded)) return Live(payloads.ToArray());
        var json = new ArrayBufferWriter<byte>();
        json.Write("["u8);
        for (var i = 0; i < payloads.Count; i++)
        {
            if (i > 0) json.Write(","u8);
            json.Write(payloads[i].Json.Span);
        }

        json.Write("]"u8);
        return FromJson(json.WrittenMemory);
    }

    /// <summary>
    /// Whether both are known to hold the same value: equal objects, or the same JSON but for the order of fields and
    /// the way in which numbers are written.
    /// </summary>
    public bool Matches(Payload other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return IsEncoded == other.IsEncoded
            && (IsEncoded ? IsSameJson(Json, other.Json) : Equals(Value, other.Value));
    }

    private static bool IsSameJson(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other)
    {
        if (one.Span.SequenceEqual(other.Span)) return true;
        try
        {
            using var left = JsonDocument.Parse(one, Deep);
            using var right = JsonDocument.Parse(other, Deep);
            return JsonElement.DeepEquals(left.RootElement, right.RootElement);
        }
        catch (JsonException)
        {
            // What is no JSON is the same as nothing else.
            return false;
        }
    }

    /// <summary>Whether both are known to differ; of objects without an equality of their own nobody knows.</summary>
    internal bool Contradicts(Payload other) => !Matches(other) && (IsEncoded || HasOwnEquality(Value));

    private static bool HasOwnEquality(object? value) =>
        value?.GetType().GetMethod(nameof(Equals), [typeof(object)])!.DeclaringType != typeof(object);

    /// <inheritdoc />
    public override string ToString() => IsEncoded ? Encoding.UTF8.GetString(Json.Span) : Value?.ToString() ?? "null";
}
