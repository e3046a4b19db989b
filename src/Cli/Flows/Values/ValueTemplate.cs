using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>
/// A value in a flow file whose texts may have references: one that is a reference whole becomes the value itself.
/// </summary>
internal sealed class ValueTemplate
{
    private readonly JsonNode? _value;

    private ValueTemplate(JsonNode? value) => _value = value;

    /// <summary>No value.</summary>
    public static ValueTemplate Null { get; } = new(null);

    /// <summary>Reads one; whether its references lead anywhere is for others to check.</summary>
    public static ValueTemplate Of(YamlNode node) => new(JsonNode.Parse(YamlJson.Of(node)));

    /// <summary>The kind of its value; null if that is not known before a job runs.</summary>
    public JsonValueKind? KnownKind => Reference is not null ? null : ExpressionValues.Kind(_value);

    /// <summary>The reference that it is; null if it is none.</summary>
    public Reference? Reference =>
        ExpressionValues.Text(_value) is { } text ? Templates.Whole(text) : null;

    /// <summary>The value if it has no references; null for null, and if it has some.</summary>
    public JsonNode? Constant => HasReferences(_value) ? null : _value;

    /// <summary>Whether it is the same in every job.</summary>
    public bool IsConstant => !HasReferences(_value);

    /// <summary>The value in an attempt.</summary>
    /// <exception cref="PayloadException">A reference leads nowhere.</exception>
    public JsonNode? Fill(ValueScope scope) => Fill(_value, scope);

    private static bool HasReferences(JsonNode? node) => node switch
    {
        JsonArray list => list.Any(HasReferences),
        JsonObject fields => fields.Any(field => HasReferences(field.Value)),
        _ => ExpressionValues.Text(node) is { } text && text.Contains("${", StringComparison.Ordinal),
    };

    private static JsonNode? Fill(JsonNode? node, ValueScope scope) => node switch
    {
        JsonArray list => new JsonArray([.. list.Select(item => Fill(item, scope))]),
        JsonObject fields => new JsonObject(
            fields.Select(field => KeyValuePair.Create(field.Key, Fill(field.Value, scope)))),
        _ when ExpressionValues.Text(node) is not { } => node?.DeepClone(),
        _ when Templates.Whole(node!.GetValue<string>()) is { } reference => scope.Select(reference)?.DeepClone(),
        _ => JsonValue.Create(scope.Fill(node!.GetValue<string>())),
    };
}
