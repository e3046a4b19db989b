using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>
/// Reads what a flow says of services: names, each with a class, or with a class and what belongs to it.
/// </summary>
internal static class YamlServices
{
    public static readonly string[] ServiceKeys = ["uses", "as", "with"];

    /// <summary>The services that tasks of the flow see.</summary>
    /// <param name="flow">What the file says of the flow.</param>
    /// <param name="outer">The services of what the flow stands in; null for none.</param>
    public static ServiceScope? Read(YamlFields flow, ServiceScope? outer)
    {
        if (flow.Find("services") is not { } node || YamlFields.IsEmpty(node)) return outer;
        if (node is YamlMappingNode mapping)
            return new ServiceScope(
                [.. mapping.Children.Select(each => Service(flow, flow.Faults.Name(each.Key), each.Value))
                    .OfType<ServiceRecipe>()], outer);
        flow.Report(node, "'services' is a mapping of names to classes, or to mappings with 'uses'.");
        return outer;
    }

    private static ServiceRecipe? Service(YamlFields flow, string name, YamlNode node)
    {
        if (node is YamlScalarNode { Value: { Length: > 0 } alone })
            return new ServiceRecipe(name, alone, flow.Faults.At(node));
        var fields = new YamlFields(node, $"Service '{PlainText.OneLine(name)}'", ServiceKeys, flow.Faults);
        if (fields.Text("uses") is { } type)
            return new ServiceRecipe(name, type, flow.Faults.At(fields.Find("uses")!))
            {
                As = TypesOf(fields),
                With = ValuesOf(fields),
            };
        if (!fields.Has("uses"))
            flow.Report(node, $"Service '{PlainText.OneLine(name)}' has no class; name it by 'uses'.");
        return null;
    }

    private static IReadOnlyList<Placed<string>> TypesOf(YamlFields fields)
    {
        var node = fields.Find("as");
        var list = node is YamlSequenceNode many ? many.Children : [];
        return
        [
            .. fields.Texts("as").Select((type, index) =>
                new Placed<string>(type, fields.Faults.At(list.Count > index ? list[index] : node!))),
        ];
    }

    private static Dictionary<string, Placed<JsonNode?>> ValuesOf(YamlFields fields)
    {
        var values = new Dictionary<string, Placed<JsonNode?>>(StringComparer.OrdinalIgnoreCase);
        if (fields.Find("with") is not { } with) return values;
        if (with is not YamlMappingNode mapping)
        {
            fields.Report(with, "'with' is a mapping of parameters of the constructor to values.");
            return values;
        }

        foreach (var (key, value) in mapping.Children)
        {
            var name = fields.Faults.Name(key);
            var constant = JsonNode.Parse(YamlJson.Of(value));
            if (ExpressionValues.Text(constant) is { } text
                ? EnvironmentText.HasOther(text)
                : !ValueTemplate.Of(value).IsConstant)
                fields.Report(
                    value, "A value of a service is a constant, or a text with ${env.NAME}: a service is there before "
                    + "any job has values.");
            else if (!values.TryAdd(name, new Placed<JsonNode?>(constant, fields.Faults.At(key))))
                fields.Report(key, $"Parameter '{name}' is given twice.");
        }

        return values;
    }
}
