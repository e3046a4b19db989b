using System.Text.Encodings.Web;
using System.Text.Json;

namespace ActorFlow.Cli;

/// <summary>How JSON is written for people and programs: only what JSON itself asks for is escaped.</summary>
internal static class JsonOutput
{
    public static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static readonly JsonWriterOptions OneLine = Indented with { Indented = false };
}
