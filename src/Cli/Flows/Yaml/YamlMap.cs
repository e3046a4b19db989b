using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Reads a task that runs something for each of some items.</summary>
internal sealed class YamlMap(
    TaskDraft task, YamlFields fields, YamlScope scope, YamlFlows flows, TaskPolicy policy)
{
    private static readonly string[] ErrorModes = ["fail-fast", "collect-all", "outcomes"];

    /// <summary>Reads it.</summary>
    public TaskRecipe Read()
    {
        var isMap = fields.Has("map");
        ItemSource items = isMap ? Collection(fields.Find("map")!) : Matrix(fields.Find("matrix")!);
        var left = items is ItemSource.Collection { Value.Reference: { Source: ValueScope.Needs } reference }
            ? reference.FirstName
            : null;
        var inner = scope with
        {
            Own = [ValueScope.Item, ValueScope.Key],
            IsMatrix = !isMap,
            ItemFields = items is not ItemSource.Matrix { Axes: var axes } ? FieldsOfAll(fields.Find("map")!)
                : axes.Count > 0 ? [.. axes.Select(axis => axis.Name)] : null,
        };
        if (items is ItemSource.Collection { Value: var over }) inner = inner.WithItem(KindOfItems(over));
        var use = new YamlBody(task, fields, inner, flows).ReadPart(policy, left);
        if (!fields.Has("flow")) task.Policy = YamlParts.OwnerPolicy(policy);
        task.OutputType = null;
        var mode = fields.OneOf("on-error", ErrorModes) ?? ErrorModes[0];
        if (use is null) return YamlBody.Nothing;
        var digest = YamlScope.DigestOf([use], fields, "map", "matrix", "on-error", "with");
        task.Kind = $"{(isMap ? "map" : "matrix")}:{digest}";
        return new TaskRecipe.Mapped(use, items, new MapOptions
        {
            Parallelism = Parallelism(),
            MaxFailures = mode == ErrorModes[0] ? 1 : 0,
        })
        {
            TellsOutcomes = mode == ErrorModes[2],
        };
    }

    private int? Parallelism() => fields.Within("parallel", 1);

    private ItemSource.Collection Collection(YamlNode node)
    {
        var value = scope.Value(node);
        if (value.KnownKind is not (null or JsonValueKind.Array or JsonValueKind.Object))
            fields.Report(node, "'map' is over a list, a mapping, or a reference to one, such as ${needs.files}.");
        else if (scope.KindOfValue(value) is { } kind and not (JsonValueKind.Array or JsonValueKind.Object))
            fields.Report(node, $"'map' is over a list or a mapping, and '{value.Reference!.Text}' is "
                + $"{ExpressionValues.AKind(kind)}.{HintOf(value.Reference)}", FlowFaultCode.TypeMismatch);
        return new ItemSource.Collection(value);
    }

    // What a command prints is a list only where it says so, and the items are texts then.
    private static string HintOf(Reference reference) =>
        reference.Source == ValueScope.Needs ? " A command gives the list of its lines with 'output: lines'." : "";

    private JsonValueKind? KindOfItems(ValueTemplate over) =>
        over.Reference is { Source: ValueScope.Needs } && scope.KindOfValue(over) == JsonValueKind.Array
            ? JsonValueKind.String
            : null;

    /// <summary>The fields that all items have which stand there; null if a reference stands for one.</summary>
    private static HashSet<string>? FieldsOfAll(YamlNode node)
    {
        IEnumerable<YamlNode>? items = node switch
        {
            YamlSequenceNode list => list.Children,
            YamlMappingNode mapping => mapping.Children.Values,
            _ => null,
        };
        HashSet<string>? common = null;
        foreach (var item in items ?? [])
        {
            if (item is YamlScalarNode { Value: { } text } && text.Contains("${", StringComparison.Ordinal))
                return null;
            var keys = (item as YamlMappingNode)?.Children.Keys.Select(key => (key as YamlScalarNode)?.Value ?? "")
                ?? [];
            if (common is null) common = new(keys, StringComparer.OrdinalIgnoreCase);
            else common.IntersectWith(keys);
        }

        return common;
    }

    private ItemSource.Matrix Matrix(YamlNode node)
    {
        var axes = new List<(string Name, ValueTemplate Values)>();
        if (node is not YamlMappingNode { Children.Count: > 0 } mapping)
        {
            fields.Report(node, "'matrix' is a mapping of names to lists.");
            return new ItemSource.Matrix(axes);
        }

        foreach (var (key, list) in mapping.Children)
        {
            var values = scope.Value(list);
            if (values.KnownKind is not (null or JsonValueKind.Array))
                fields.Report(list, "What a 'matrix' combines are lists, or references to lists.");
            else if (scope.KindOfValue(values) is { } kind and not JsonValueKind.Array)
                fields.Report(list, $"What a 'matrix' combines are lists, and '{values.Reference!.Text}' is "
                    + $"{ExpressionValues.AKind(kind)}.{HintOf(values.Reference)}", FlowFaultCode.TypeMismatch);
            axes.Add((scope.Faults.Name(key, task.Name), values));
        }

        return new ItemSource.Matrix(axes);
    }
}

/// <summary>What tasks have in common that add parts to their job.</summary>
internal static class YamlParts
{
    /// <summary>The policy of a task whose parts have the one that the file says.</summary>
    public static TaskPolicy OwnerPolicy(TaskPolicy said) => TaskPolicy.Default with
    {
        Trigger = said.Trigger,
        Priority = said.Priority,
    };
}
