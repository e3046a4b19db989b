using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Reads what a flow says of its input.</summary>
internal static class YamlInputs
{
    public static readonly string[] Keys = ["type", "default"];

    private static readonly Dictionary<string, InputType> Types = new(StringComparer.Ordinal)
    {
        ["any"] = InputType.Any,
        ["string"] = InputType.String,
        ["integer"] = InputType.Integer,
        ["int"] = InputType.Integer,
        ["number"] = InputType.Number,
        ["boolean"] = InputType.Boolean,
        ["bool"] = InputType.Boolean,
        ["list"] = InputType.List,
        ["object"] = InputType.Object,
        ["map"] = InputType.Object,
    };

    /// <summary>The fields; null if the flow does not say, and takes anything.</summary>
    public static List<InputField>? Read(YamlFields flow)
    {
        if (flow.Find("input") is not { } node) return null;
        if (node is not YamlMappingNode mapping)
        {
            if (!YamlFields.IsEmpty(node)) flow.Report(
                node, "'input' names the fields of the job's input, each with a type.");
            return [];
        }

        RequireNames(flow, mapping);
        return [.. mapping.Children.Select(c => Input(flow, flow.Faults.Name(c.Key), c.Value))];
    }

    // Paths and .NET tasks find a field without regard to case.
    private static void RequireNames(YamlFields flow, YamlMappingNode inputs)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var key in inputs.Children.Keys)
            if (key is YamlScalarNode { Value: { } name } && !names.Add(name) && names.TryGetValue(name, out var first))
                flow.Report(
                    key, $"Inputs '{first}' and '{name}' have the same name but for case; names must differ.",
                    FlowFaultCode.DuplicateName);
    }

    private static InputField Input(YamlFields flow, string name, YamlNode node)
    {
        if (node is YamlScalarNode { Value: { } text })
            return new InputField(name, TypeOf(flow, node, text), !text.EndsWith('?'), Default: null);
        var fields = new YamlFields(node, $"Input '{PlainText.OneLine(name)}'", Keys, flow.Faults);
        var value = fields.Find("default");
        var type = fields.Text("type") ?? "any";
        var field = new InputField(
            name, TypeOf(flow, fields.Find("type") ?? node, type), value is null && !type.EndsWith('?'),
            value is null ? null : YamlJson.Of(value));
        if (value is not null) CheckDefault(flow, field, value, mayBeNull: type.EndsWith('?'));
        return field;
    }

    // A default is handed over as it stands there: nothing is converted.
    private static void CheckDefault(YamlFields flow, InputField field, YamlNode node, bool mayBeNull)
    {
        var value = JsonNode.Parse(field.Default!);
        var isNull = value is null && !mayBeNull && field.Type != InputType.Any;
        if (isNull || !FlowInput.IsHeld(field, value))
            flow.Report(
                node, $"The default of input '{PlainText.OneLine(field.Name)}' is {ExpressionValues.Describe(value)}; "
                + $"{field.ATypeName} is wanted.{(isNull ? $" The type '{field.TypeName}?' may be null." : "")}",
                FlowFaultCode.TypeMismatch);
    }

    private static InputType TypeOf(YamlFields flow, YamlNode node, string text)
    {
        if (Types.TryGetValue(text.EndsWith('?') ? text[..^1] : text, out var type)) return type;
        flow.Report(node, $"An input is one of {string.Join(", ", Types.Keys)}; '{text}' is none of them."
            + flow.Faults.Suggest(text, Types.Keys));
        return InputType.Any;
    }
}
