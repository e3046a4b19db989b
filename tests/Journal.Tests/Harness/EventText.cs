using System.Text.Json;

namespace ActorFlow.Journal.Tests;

/// <summary>Events as text that says everything: of themselves they compare lists and payloads by reference.</summary>
internal static class EventText
{
    public static string Of(JobEvent fact) =>
        $"{fact.GetType().Name} {JsonSerializer.Serialize<object>(fact)}";
}
