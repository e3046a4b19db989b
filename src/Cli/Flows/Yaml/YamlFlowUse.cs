using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Reads what a task says that runs a flow: which, and what that is given.</summary>
internal sealed class YamlFlowUse(YamlFields fields, YamlScope scope, YamlFlows flows)
{
    // What conditions may look at is not looked for in them: they are what needs without a field are for.
    private static readonly string[] Conditions = ["if", "while", "until"];

    private static readonly string[] Texts = ["with", "map", "matrix", "initial"];

    /// <summary>Reads it; null if the flow cannot be found, which is reported.</summary>
    /// <param name="needs">The needs that are handed over, if the flow takes them.</param>
    public FlowUse? Read(IReadOnlyList<string> needs)
    {
        var node = fields.Find("flow")!;
        var with = With();
        if (flows.Find(node, scope) is not { } flow) return null;
        var declared = flow.Inputs?.DistinctBy(input => input.Name, StringComparer.Ordinal)
            .ToDictionary(input => input.Name, StringComparer.Ordinal);
        var said = with.Select(value => value.Name).ToHashSet(StringComparer.Ordinal);
        var taken = needs.Where(name => declared?.ContainsKey(name) != false).ToList();
        var own = scope.Own
            .Where(name => declared?.ContainsKey(name) != false && !said.Contains(name)).ToList();
        if (declared is not null)
        {
            CheckValues(flow, declared, with);
            CheckNeeds(flow, declared, needs);
            CheckMissing(flow, [.. taken, .. own, .. said]);
        }

        return new FlowUse(flow, new PartInput
        {
            Needs = taken,
            Own = own,
            With = [.. with.Select(value => (value.Name, value.Value))],
            Flow = new DeclaredInputs(flow.Draft.Name, flow.Inputs),
        });
    }

    private List<(string Name, ValueTemplate Value, YamlNode Key, YamlNode Node)> With()
    {
        if (fields.Find("with") is not { } node) return [];
        if (node is YamlMappingNode mapping)
            return [.. mapping.Children.Select(
                each => (scope.Faults.Name(each.Key, scope.Task), scope.Value(each.Value), each.Key,
                    each.Value))];
        fields.Report(node, "'with' is a mapping of fields of the flow's input to values.");
        return [];
    }

    private void CheckValues(
        FlowSource flow, Dictionary<string, InputField> declared,
        List<(string Name, ValueTemplate Value, YamlNode Key, YamlNode Node)> with)
    {
        foreach (var (name, value, key, node) in with)
        {
            if (!declared.TryGetValue(name, out var field))
                fields.Report(
                    key,
                    $"Flow '{flow.Draft.Name}' has no input '{name}'.{scope.Faults.Suggest(name, declared.Keys)}",
                    FlowFaultCode.UnknownParameter);
            // Nothing is converted but what commands print.
            else if (value.IsConstant && !FlowInput.IsHeld(field, value.Constant))
                fields.Report(node, $"Input '{name}' of flow '{flow.Draft.Name}' is {field.ATypeName}, and this is "
                    + $"{ExpressionValues.Describe(value.Constant)}.", FlowFaultCode.TypeMismatch);
            else if (value.Reference is { } reference && scope.KindOfValue(value) is { } kind
                && !FlowInput.MayHold(field, kind))
                fields.Report(node, $"Input '{name}' of flow '{flow.Draft.Name}' is {field.ATypeName}, and "
                    + $"'{reference.Text}' is {ExpressionValues.AKind(kind)}.", FlowFaultCode.TypeMismatch);
        }
    }

    private void CheckNeeds(FlowSource flow, Dictionary<string, InputField> declared, IReadOnlyList<string> needs)
    {
        if (!fields.Has("needs") || Conditions.Any(fields.Has)) return;
        var referred = Texts.Select(fields.Find).OfType<YamlNode>()
            .SelectMany(node => YamlScope.Referred(node, ValueScope.Needs))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var need in needs)
            if (!declared.ContainsKey(need) && !referred.Contains(need))
                fields.Report(
                    fields.Find("needs")!,
                    $"Flow '{flow.Draft.Name}' has no input '{need}' that would take what task '{scope.Task}' needs."
                    + $"{scope.Faults.Suggest(need, declared.Keys)} Give it another name, or order by 'after'.",
                    FlowFaultCode.UnknownParameter);
    }

    private void CheckMissing(FlowSource flow, HashSet<string> given)
    {
        var names = flow.Inputs!.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var field in flow.Inputs!)
            // What is given under a name with a slip in it has been told.
            if (field.IsRequired && !given.Contains(field.Name)
                && !given.Any(name => !names.Contains(name) && Suggestions.For(name, [field.Name]).Length > 0))
                fields.Report(
                    fields.Find("flow")!,
                    $"Input '{field.Name}' ({field.TypeName}) of flow '{flow.Draft.Name}' is missing; give it in "
                    + "'needs' or 'with'.", FlowFaultCode.Unbound);
    }
}
