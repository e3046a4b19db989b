using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Reads what a task, or a part of it, runs: a command, a .NET task, or a flow.</summary>
internal sealed class YamlBody(TaskDraft task, YamlFields fields, YamlScope scope, YamlFlows flows)
{
    public static readonly string[] Kinds = ["run", "uses", "flow"];

    /// <summary>What is wrong where there is not exactly one of them.</summary>
    /// <param name="fields">What there is.</param>
    /// <param name="others">What would do in place of them.</param>
    public static string NotOne(YamlFields fields, params string[] others)
    {
        var said = Kinds.Where(fields.Has).ToList();
        string[] all = [.. Kinds, .. others];
        return said.Count == 0
            ? $"has none of '{string.Join("', '", all[..^1])}' and '{all[^1]}', and needs one of them"
            : $"has '{string.Join("' and '", said)}', and may have one of them only";
    }

    /// <summary>Stands in for what has faults, which are reported.</summary>
    public static TaskRecipe Nothing { get; } = new TaskRecipe.Sleep(TimeSpan.Zero);

    /// <summary>Reads what the task itself runs, once.</summary>
    public TaskRecipe ReadAlone()
    {
        CheckPlaces();
        if (fields.Has("run")) return new YamlShell(task, fields, scope).Read(isPart: false);
        if (fields.Has("uses")) return new YamlUses(task, fields, scope).Read(isPart: false);
        var use = new YamlFlowUse(fields, scope, flows).Read(scope.Needs.ToList());
        task.Kind = $"flow:{YamlScope.DigestOf(use is null ? [] : [use], fields, "with")}";
        return use is null ? Nothing : new TaskRecipe.Nested(use);
    }

    /// <summary>Reads what a part runs; null if there are faults, which are reported.</summary>
    /// <param name="policy">What holds for a part that is one command or .NET task.</param>
    /// <param name="left">The need that parts do not get; null for none.</param>
    public FlowUse? ReadPart(TaskPolicy policy, string? left)
    {
        CheckPlaces();
        var referred = YamlScope.Referred(Values(), ValueScope.Needs).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var needs = scope.Needs
            .Where(need => !need.Equals(left, StringComparison.OrdinalIgnoreCase) || referred.Contains(need)).ToList();
        return fields.Has("flow")
            ? new YamlFlowUse(fields, scope, flows).Read(needs)
            : SinglePart(policy, needs);
    }

    // One command or .NET task is a flow of one task, which finds all values in its input.
    private FlowUse SinglePart(TaskPolicy policy, IReadOnlyList<string> needs)
    {
        var part = new TaskDraft(task.Name)
        {
            Location = task.Location,
            Policy = policy with { Trigger = TriggerRule.AllSucceeded },
        };
        foreach (var own in Handed()) part.Inputs.Add(InputDraft.FromJob(own) with { Field = own });
        foreach (var need in needs)
            part.Inputs.Add(InputDraft.FromJob(need) with { Field = $"{ValueScope.Needs}.{need}" });
        TaskRecipe recipe = fields.Has("uses")
            ? new YamlUses(part, fields, scope).Read(isPart: true)
            : new YamlShell(part, fields, scope).Read(isPart: true);
        recipe = recipe with { Keeping = YamlKeeping.Read(fields, scope) };
        var draft = new FlowDraft(task.Name) { Tasks = { part } };
        return new FlowUse(
            new FlowSource(draft, [recipe], Inputs: null) { IsPart = true },
            new PartInput
            {
                Needs = needs,
                Own = scope.Own,
                Inputs = [.. YamlScope.Referred(Values(), ValueScope.Input).Distinct(StringComparer.Ordinal)],
            });
    }

    /// <summary>What of item, key, value and round becomes a parameter by itself.</summary>
    private IEnumerable<string> Handed()
    {
        if (fields.Has("run")) return scope.Own;
        // A .NET task gets the item or the value, unless it is told what to get of it.
        var (main, with) = (scope.Own.Take(1), fields.Find("with"));
        return with is not null && main.Any(name => YamlScope.Referred(with, name).Any()
            || YamlScope.Referred(with, name == ValueScope.Item ? "matrix" : name).Any()) ? [] : main;
    }

    private YamlSequenceNode Values() => new(((string[])["env", "with"]).Select(fields.Find).OfType<YamlNode>());

    private void CheckPlaces()
    {
        if (fields.Has("run")) return;
        var what = fields.Has("uses") ? "uses a .NET task" : "runs a flow";
        foreach (var key in YamlShell.Keys)
            if (fields.Find(key) is { } misplaced)
                fields.Report(misplaced, $"'{key}' is for tasks that 'run' a command; task '{task.Name}' {what}.",
                    FlowFaultCode.Misplaced);
    }
}
