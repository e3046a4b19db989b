using System.Text.Json;

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
            return JsonDocument.Parse(json, Options).RootElement;
        }
        catch (JsonException e)
        {
            var fault = new FlowFault(FlowFaultCode.BadName, null, $"This is no JSON: {ProblemOf(e)}")
            {
                Location = $"{name}:{e.LineNumber + 1}:{e.BytePositionInLine + 1}",
            };
            throw new FlowDefinitionException(Path.GetFileName(name), [fault]);
        }
    }

    /// <summary>What a JSON error says, without the place, which is said better elsewhere.</summary>
    public static string ProblemOf(JsonException error)
    {
        var end = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? error.Message : error.Message[..end];
    }
}
