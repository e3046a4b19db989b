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

        return [.. mapping.Children.Select(c => Input(flow, flow.Faults.Name(c.Key), c.Value))];
    }

    private static InputField Input(YamlFields flow, string name, YamlNode node)
    {
        if (node is YamlScalarNode { Value: { } text })
            return new InputField(name, TypeOf(flow, node, text.TrimEnd('?')), !text.EndsWith('?'), Default: null);
        var fields = new YamlFields(node, $"Input '{PlainText.OneLine(name)}'", Keys, flow.Faults);
        var value = fields.Find("default");
        var type = fields.Text("type") ?? "any";
        var field = new InputField(
            name, TypeOf(flow, fields.Find("type") ?? node, type.TrimEnd('?')), value is null && !type.EndsWith('?'),
            value is null ? null : YamlJson.Of(value));
        if (value is not null) CheckDefault(flow, field, value);
        return field;
    }

    // A default is handed over as it stands there: nothing is converted.
    private static void CheckDefault(YamlFields flow, InputField field, YamlNode node)
    {
        var value = JsonNode.Parse(field.Default!);
        if (!FlowInput.IsHeld(field, value))
            flow.Report(
                node, $"The default of input '{PlainText.OneLine(field.Name)}' is {ExpressionValues.Describe(value)}; "
                + $"{field.ATypeName} is wanted.", FlowFaultCode.TypeMismatch);
    }

    private static InputType TypeOf(YamlFields flow, YamlNode node, string text)
    {
        if (Types.TryGetValue(text, out var type)) return type;
        flow.Report(node, $"An input is one of {string.Join(", ", Types.Keys)}; '{text}' is none of them."
            + flow.Faults.Suggest(text, Types.Keys));
        return InputType.Any;
    }
}
