using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActorFlow;

/// <summary>One value that a task or a flow takes by name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="IsRequired">Whether it must be bound.</param>
public sealed record TaskParameter(string Name, Type Type, bool IsRequired)
{
    /// <summary>What it is if it is not bound; null too if it must be.</summary>
    public object? Default { get; init; }

    /// <summary>The default as JSON; null if it must be bound.</summary>
    public string? DefaultJson => IsRequired ? null : NamedInputs.Text(Default);

    /// <summary>What it holds, as a reader would write it: <c>IReadOnlyList&lt;int&gt;</c>.</summary>
    public string TypeName => TypeNames.Short(Type);

    /// <summary>
    /// What it is for: its <see cref="System.ComponentModel.DescriptionAttribute"/>; null if there is none.
    /// </summary>
    public string? Description { get; init; }

    /// <summary>
    /// Reads a value as what the parameter holds. A text may stand for a number, a flag, an enumeration's name, a list
    /// or an object written in JSON.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="converted">The same as the parameter's type is written.</param>
    /// <returns>Whether it fits.</returns>
    public bool TryConvert(JsonNode? value, out JsonNode? converted)
    {
        converted = null;
        try
        {
            converted = NamedInputs.Node(NamedInputs.Convert(value, Type));
            return true;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException
            or FormatException)
        {
            return false;
        }
    }
}
