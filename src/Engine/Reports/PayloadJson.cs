using System.Buffers;
using System.Collections;
using System.Text;
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

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = Encoder, SkipValidation = true };

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

    /// <summary>The payload as JSON text for people: what is longer is cut, and ends with an ellipsis.</summary>
    /// <param name="payload">The payload. Of a live object no more is written down than is shown.</param>
    /// <param name="maxBytes">The most bytes of JSON that are shown.</param>
    public static string Excerpt(Payload payload, int maxBytes = 1_000)
    {
        ArgumentNullException.ThrowIfNull(payload);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        return payload.IsEncoded
            ? Cut(Of(payload).Span, maxBytes)
            : Cut(OfLive(payload.Value, maxBytes).Span, maxBytes, isWhole: false);
    }

    // No more is decoded than is shown: an output may have megabytes.
    internal static string Cut(ReadOnlySpan<byte> json, int maxBytes, bool isWhole = true)
    {
        if (json.Length <= maxBytes) return Encoding.UTF8.GetString(json);
        var shown = maxBytes;
        while (shown > 0 && (json[shown] & 0xC0) == 0x80) shown--;
        return $"{Encoding.UTF8.GetString(json[..shown])}…{(isWhole ? $" ({json.Length} bytes in all)" : "")}";
    }

    private static ReadOnlyMemory<byte> OfLive(object? value, int maxBytes = int.MaxValue)
    {
        if (value is null) return Payload.None.Json;
        var buffer = new BoundedBuffer(maxBytes);
        try
        {
            var writer = new Utf8JsonWriter(buffer, WriterOptions);
            JsonSerializer.Serialize(writer, value, value.GetType(), Options);
            writer.Flush();
            // An object without public members would say nothing at all.
            var saysNothing = buffer.Written.Span.SequenceEqual("{}"u8) && value is not (IEnumerable or JsonElement);
            return saysNothing ? Fallback(value) : buffer.Written;
        }
        catch (BoundReachedException)
        {
            return buffer.Written;
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

    /// <summary>Takes so much and no more: what has no end is not written to its end.</summary>
    private sealed class BoundedBuffer(int maxBytes) : IBufferWriter<byte>
    {
        private readonly ArrayBufferWriter<byte> _bytes = new();

        public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

        public void Advance(int count)
        {
            _bytes.Advance(count);
            if (_bytes.WrittenCount > maxBytes) throw new BoundReachedException();
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => _bytes.GetMemory(sizeHint);

        public Span<byte> GetSpan(int sizeHint = 0) => _bytes.GetSpan(sizeHint);
    }

    private sealed class BoundReachedException : Exception;
}
