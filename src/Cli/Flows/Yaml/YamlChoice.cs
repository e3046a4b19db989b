using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Reads a task that runs the first of some cases that is meant.</summary>
internal sealed class YamlChoice(
    TaskDraft task, YamlFields fields, YamlScope scope, YamlFlows flows, TaskPolicy policy)
{
    public static readonly string[] CaseKeys = ["if", "is", "run", "uses", "flow", "with", .. YamlShell.Keys];

    // Each is given all that the task needs.
    private const int MostCases = 100;

    /// <summary>Reads it.</summary>
    public TaskRecipe Read()
    {
        foreach (var key in (string[])[.. YamlBody.Kinds, "with", .. YamlShell.Keys])
            if (fields.Find(key) is { } misplaced)
                fields.Report(misplaced, $"'{key}' belongs to the cases of 'choose'.", FlowFaultCode.Misplaced);
        var match = fields.Find("match") is { } node ? scope.Value(node) : null;
        if (fields.Find("choose") is not YamlSequenceNode { Children.Count: > 0 } list)
        {
            fields.Report(fields.Find("choose")!, "'choose' is a list of cases, each with what it runs.");
            return YamlBody.Nothing;
        }

        if (list.Children.Count > MostCases)
        {
            fields.Report(
                list, $"'choose' has {list.Children.Count} cases; {MostCases} is the most.", FlowFaultCode.TooLarge);
            return YamlBody.Nothing;
        }

        var cases = new List<ChoiceCase>();
        for (var i = 0; i < list.Children.Count; i++)
            if (Case(list.Children[i], i, i == list.Children.Count - 1, match) is { } one) cases.Add(one);
        task.Kind = $"choose:{YamlScope.DigestOf(cases.Select(one => one.Use), fields, "choose", "match")}";
        // A case that is one command has the policy; a flow has one for each of its tasks.
        if (cases.Exists(one => one.Use.Flow.IsPart)) task.Policy = YamlParts.OwnerPolicy(policy);
        return cases.Count == list.Children.Count
            ? new TaskRecipe.Chosen(cases, match)
            : YamlBody.Nothing;
    }

    private ChoiceCase? Case(YamlNode node, int index, bool isLast, ValueTemplate? match)
    {
        var one = new YamlFields(node, "A case of 'choose'", CaseKeys, scope.Faults, task.Name);
        if (!one.Has("if") && !one.Has("is") && !isLast)
            one.Report(
                node, "Only the last case has neither 'if' nor 'is': the cases behind it would never be chosen.");
        if (one.Find("is") is { } values && match is null)
            one.Report(
                values, "'is' compares with the value of 'match', and the task has none.", FlowFaultCode.Misplaced);
        if (YamlBody.Kinds.Count(one.Has) != 1)
        {
            if (!one.HasUnknown || YamlBody.Kinds.Any(one.Has))
                one.Report(
                    node, $"A case of 'choose' {YamlBody.NotOne(one)}.", FlowFaultCode.MissingKey);
            return null;
        }

        var use = new YamlBody(task, one, scope, flows).ReadPart(policy, left: null);
        return use is null ? null : new ChoiceCase(NameOf(use, index), use)
        {
            Condition = scope.Condition(one, "if"),
            Values = Values(one, match),
        };
    }

    private static string NameOf(FlowUse use, int index) =>
        use.Flow.IsPart ? $"[{index.ToString(CultureInfo.InvariantCulture)}]" : use.Flow.Draft.Name;

    private IReadOnlyList<ValueTemplate>? Values(YamlFields one, ValueTemplate? match)
    {
        switch (one.Find("is"))
        {
            case null: return null;
            case YamlSequenceNode { Children.Count: 0 } none:
                one.Report(
                    none, "'is' has no values, and the case would never be chosen; name one, or a list of them.");
                return [];
            case YamlSequenceNode list: return [.. list.Children.Select(node => Value(node, match))];
            case var node: return [Value(node, match)];
        }
    }

    private ValueTemplate Value(YamlNode node, ValueTemplate? match)
    {
        var value = scope.Value(node);
        if (match is null || scope.KindOfValue(match) is not { } wanted || scope.KindOfValue(value) is not { } given
            || !ExpressionKinds.CanNeverBeSame(wanted, given)) return value;
        var shown = value.IsConstant
            ? ExpressionValues.Describe(value.Constant)
            : $"'{value.Reference!.Text}' ({ExpressionValues.AKind(given)})";
        var kind = ExpressionValues.AKind(wanted);
        scope.Report(
            node, $"'is' is {shown}, and 'match' is {kind}: they are never the same; {kind} is wanted.",
            FlowFaultCode.TypeMismatch);
        return value;
    }
}
