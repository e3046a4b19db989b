using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Reads what a task says that runs a flow: which, and what that is given.</summary>
internal sealed class YamlFlowUse(YamlFields fields, YamlScope scope, YamlFlows flows)
{
    private static readonly string[] Conditions = ["if", "while", "until"];

    private static readonly string[] Texts = ["with", "map", "matrix", "initial"];

    /// <summary>Reads it; null if the flow cannot be found, which is reported.</summary>
    /// <param name="needs">The needs that are handed over.</param>
    public FlowUse? Read(IReadOnlyList<string> needs)
    {
        var node = fields.Find("flow")!;
        var with = With();
        if (flows.Find(node, scope) is not { } flow) return null;
        var declared = flow.Inputs?.Select(input => input.Name).ToList();
        var taken = needs.Where(name => declared?.Contains(name, StringComparer.Ordinal) != false).ToList();
        var own = scope.Own
            .Where(name => declared?.Contains(name, StringComparer.Ordinal) != false)
            .Where(name => !with.Exists(value => value.Name == name))
            .ToList();
        if (flow.Inputs is not null)
        {
            Check(flow, taken, own, with);
            foreach (var need in needs.Except(taken, StringComparer.Ordinal))
                if (!IsUsed(need)) ReportUnused(flow, need, declared!);
        }

        return new FlowUse(flow, new PartInput
        {
            Needs = taken,
            Own = own,
            With = [.. with.Select(value => (value.Name, value.Value))],
            Flow = new DeclaredInputs(flow.Draft.Name, flow.Inputs),
        });
    }

    private List<(string Name, ValueTemplate Value, YamlNode Node)> With()
    {
        if (fields.Find("with") is not { } node) return [];
        if (node is YamlMappingNode mapping)
            return [.. mapping.Children.Select(
                each => (scope.Faults.Name(each.Key, scope.Task), scope.Value(each.Value), each.Key))];
        fields.Report(node, "'with' is a mapping of fields of the flow's input to values.");
        return [];
    }

    private void Check(
        FlowSource flow, IReadOnlyList<string> needs, IReadOnlyList<string> own,
        List<(string Name, ValueTemplate Value, YamlNode Node)> with)
    {
        var names = flow.Inputs!.Select(input => input.Name).ToList();
        foreach (var (name, value, node) in with)
        {
            var field = flow.Inputs!.FirstOrDefault(input => input.IsNamed(name));
            if (field is null)
                fields.Report(node, $"Flow '{flow.Draft.Name}' has no input '{name}'.{Suggest(name, names)}");
            else if (value.IsConstant && !FlowInput.CanHold(field, value.Constant))
                fields.Report(node, $"Input '{name}' of flow '{flow.Draft.Name}' is {field.ATypeName}, and this is "
                    + $"{ExpressionValues.Describe(value.Constant)}.");
        }

        foreach (var field in flow.Inputs!)
            if (field.IsRequired && !with.Exists(value => value.Name == field.Name)
                && !needs.Contains(field.Name, StringComparer.Ordinal) && !own.Contains(field.Name, StringComparer.Ordinal))
                fields.Report(
                    fields.Find("flow")!,
                    $"Input '{field.Name}' ({field.TypeName}) of flow '{flow.Draft.Name}' is missing; give it in "
                    + "'needs' or 'with'.");
    }

    // What conditions may look at is not looked for in them: they are where needs without a field are for.
    private bool IsUsed(string need) =>
        !fields.Has("needs") || Conditions.Any(fields.Has)
        || Texts.Select(fields.Find).OfType<YamlNode>().Any(node =>
            YamlScope.Referred(node, ValueScope.Needs).Contains(need, StringComparer.OrdinalIgnoreCase));

    private void ReportUnused(FlowSource flow, string need, IReadOnlyList<string> names) => fields.Report(
        fields.Find("needs")!,
        $"Flow '{flow.Draft.Name}' has no input '{need}' that would take what task '{scope.Task}' needs."
        + $"{Suggest(need, names)} Give it another name, or order by 'after'.");

    private string Suggest(string name, IReadOnlyList<string> names) => scope.Faults.Suggest(name, names);
}
