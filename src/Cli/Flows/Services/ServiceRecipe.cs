using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ActorFlow.Cli;

/// <summary>What a flow file says of a service: an object that .NET tasks get from their context.</summary>
/// <param name="Name">What it is called in the file.</param>
/// <param name="Class">The name of its class.</param>
/// <param name="Location">Where the class is named, as <c>file:line:column</c>.</param>
internal sealed record ServiceRecipe(string Name, string Class, string Location)
{
    /// <summary>The types that tasks ask for it by; none for its class.</summary>
    public IReadOnlyList<Placed<string>> As { get; init; } = [];

    /// <summary>What its constructor is given, by the names of parameters.</summary>
    public IReadOnlyDictionary<string, Placed<JsonNode?>> With { get; init; } =
        new Dictionary<string, Placed<JsonNode?>>();
}

/// <summary>Something with the place where it stands.</summary>
/// <param name="Value">What stands there.</param>
/// <param name="Location">The place, as <c>file:line:column</c>.</param>
internal sealed record Placed<T>(T Value, string Location);

/// <summary>The services that the tasks of a flow see: its own, and behind them those of what it stands in.</summary>
/// <param name="Own">What the flow itself says.</param>
/// <param name="Outer">What the flow or file says that it stands in; null for nothing.</param>
internal sealed record ServiceScope(IReadOnlyList<ServiceRecipe> Own, ServiceScope? Outer)
{
    /// <summary>A digest of all that is said: a flow with other services is another one.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text())).AsSpan(0, 8));

    private string Text()
    {
        var text = new StringBuilder(Outer?.Text()).Append('{');
        foreach (var service in Own)
        {
            Append(text, service.Class);
            foreach (var type in service.As) Append(text.Append('A'), type.Value);
            foreach (var (name, value) in service.With.OrderBy(with => with.Key, StringComparer.Ordinal))
            {
                Append(text.Append('W'), name);
                Append(text, value.Value?.ToJsonString() ?? "null");
            }
        }

        return text.Append('}').ToString();
    }

    // Lengths before texts keep "a" + "bc" apart from "ab" + "c".
    private static void Append(StringBuilder text, string part) => text.Append(part.Length).Append(':').Append(part);
}
