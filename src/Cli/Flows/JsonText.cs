using System.Text.Json;
using System.Text.Unicode;

namespace ActorFlow.Cli;

/// <summary>Reads JSON text, and says where it is none.</summary>
internal static class JsonText
{
    private static readonly JsonDocumentOptions Options = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>The value.</summary>
    /// <exception cref="FlowDefinitionException">It is no JSON; the place is named.</exception>
    public static JsonElement Parse(byte[] json, string name)
    {
        try
        {
            RequireTexts(json);
            return JsonDocument.Parse(json, Options).RootElement;
        }
        catch (JsonException e)
        {
            var fault = new FlowFault(FlowFaultCode.BadName, null, $"This is no JSON: {ProblemOf(e)}")
            {
                Location = PlaceOf(name, e),
            };
            throw new FlowDefinitionException(Path.GetFileName(name), [fault]);
        }
    }

    /// <summary>
    /// Requires that each text is one. The parsers let pass what is no UTF-8 and half a surrogate pair, and whoever
    /// asks for such a text fails.
    /// </summary>
    /// <exception cref="JsonException">One is not, or this is no JSON; the place is named.</exception>
    public static void RequireTexts(ReadOnlySpan<byte> json)
    {
        // Nearly all files are done with by that: their texts need not be looked at one by one.
        if (Utf8.IsValid(json) && json.IndexOf("\\ud"u8) < 0 && json.IndexOf("\\uD"u8) < 0) return;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions
        {
            CommentHandling = Options.CommentHandling,
            AllowTrailingCommas = Options.AllowTrailingCommas,
        });
        while (reader.Read())
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && !IsText(reader))
                throw NoText(json, (int)reader.TokenStartIndex);
    }

    private static bool IsText(Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static JsonException NoText(ReadOnlySpan<byte> json, int at)
    {
        var before = json[..at];
        return new JsonException(
            "A text is no UTF-8, or has half a surrogate pair.", path: null, before.Count((byte)'\n'),
            at - (before.LastIndexOf((byte)'\n') + 1));
    }

    /// <summary>What a JSON error says, without the place, which is said better elsewhere.</summary>
    public static string ProblemOf(JsonException error)
    {
        const int MostQuoted = 60;
        var end = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var problem = end < 0 ? error.Message : error.Message[..end];
        // What is no JSON may be a whole file of something else.
        var quoted = problem.StartsWith('\'') ? problem.LastIndexOf("' is ", StringComparison.Ordinal) : -1;
        if (quoted > MostQuoted + 1) problem = $"{problem[..(MostQuoted + 1)]}…{problem[quoted..]}";
        return PlainText.OneLine(problem);
    }

    /// <summary>Where it is; the name alone if the parser does not say.</summary>
    public static string PlaceOf(string name, JsonException error) =>
        error.LineNumber is { } line ? $"{name}:{line + 1}:{error.BytePositionInLine + 1}" : name;
}
