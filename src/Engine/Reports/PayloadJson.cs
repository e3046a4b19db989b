using System.Buffers;
using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace ActorFlow;

/// <summary>Payloads as JSON for people and tools to read; never throws, whatever a payload holds.</summary>
public static class PayloadJson
{
    /// <summary>Leaves letters of all languages readable, and escapes what a page could take for markup.</summary>
    internal static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);

    /// <summary>How deep JSON is looked into: what a document takes grows with the square of it.</summary>
    internal const int MaxDepth = 10_000;

    private static readonly JsonSerializerOptions Options = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IncludeFields = true,
        Encoder = Encoder,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The payload as UTF-8 JSON.</summary>
    /// <remarks>
    /// An encoded payload is given as it is. A live object is written with its public members under their own
    /// names, enumerations by name, bytes in base64, sets as lists; one that has no JSON form becomes
    /// <c>{"unserializable": "its type", "text": "what ToString says"}</c>.
    /// </remarks>
    public static ReadOnlyMemory<byte> Of(Payload payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        if (!payload.IsEncoded) return OfLive(payload.Value);
        return IsJson(payload.Json.Span) ? payload.Json : Fallback("text that is no JSON", payload.ToString());
    }

    private static ReadOnlyMemory<byte> OfLive(object? value)
    {
        if (value is null) return Payload.None.Json;
        try
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), Options);
            // An object without public members would say nothing at all.
            var saysNothing = json.AsSpan().SequenceEqual("{}"u8) && value is not (IEnumerable or JsonElement);
            return saysNothing ? Fallback(value) : json;
        }
        catch (Exception)
        {
            // Getters and converters of user types may throw anything.
            return Fallback(value);
        }
    }

    private static ReadOnlyMemory<byte> Fallback(object value)
    {
        var type = value.GetType().ToString();
        try
        {
            return Fallback(type, value.ToString() ?? "");
        }
        catch (Exception thrown)
        {
            return Fallback(type, $"ToString threw {thrown.GetType()}");
        }
    }

    private static ReadOnlyMemory<byte> Fallback(string type, string text)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Encoder });
        writer.WriteStartObject();
        writer.WriteString("unserializable"u8, type);
        writer.WriteString("text"u8, text);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static bool IsJson(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
            while (reader.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
