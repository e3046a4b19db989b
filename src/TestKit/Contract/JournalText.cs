using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ActorFlow.Journal;

namespace ActorFlow.TestKit;

/// <summary>Events and lines as text that says everything: of themselves they compare lists by reference.</summary>
internal static class JournalText
{
    private const int LongestShown = 400;

    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter(), new AsText<Payload>(OfPayload), new AsText<JobId>(id => id.Value),
            new AsText<DateTimeOffset>(time => time.UtcDateTime.ToString("O")),
        },
    };

    public static string Of(JobEvent fact) =>
        $"{fact.GetType().Name} {JsonSerializer.Serialize<object>(fact, Options)}";

    public static string Of(JournaledJob? job) =>
        job is null ? "no job" : JsonSerializer.Serialize(job, Options);

    public static string Of(Exception? error) =>
        error is null ? "no error." : $"{error.GetType().Name}: {error.Message}";

    /// <summary>Two texts as they can be shown: of long ones the part where they differ.</summary>
    public static (string First, string Second) Shown(string first, string second)
    {
        var same = first.AsSpan().CommonPrefixLength(second);
        return (Part(first, same), Part(second, same));
    }

    private static string Part(string text, int around)
    {
        if (text.Length <= LongestShown) return text;
        var from = Math.Max(0, Math.Min(around, text.Length) - LongestShown / 4);
        var part = text.AsSpan(from, Math.Min(LongestShown, text.Length - from));
        return $"{(from > 0 ? "…" : "")}{part}… ({text.Length} characters)";
    }

    private static string OfPayload(Payload payload)
    {
        if (!payload.IsEncoded) return $"live {payload.Value?.GetType()}";
        var text = Encoding.UTF8.GetString(payload.Json.Span);
        return Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(payload.Json.Span)
            ? text
            : Convert.ToHexString(payload.Json.Span);
    }

    private sealed class AsText<T>(Func<T, string> text) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Texts are for comparing, not for reading back.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(text(value));
    }
}
