using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Reads what a task needs, with and without data, and what others say that it needs.</summary>
internal sealed class YamlNeeds(TaskDraft task, YamlFields fields, TriggerRule trigger)
{
    public static readonly string[] NeedKeys = ["task", "outcome-of", "optional"];

    private static readonly char[] PartMarks = ['.', '[', ']'];

    /// <summary>Adds all inputs that come from other tasks.</summary>
    /// <param name="fed">The tasks that feed this one.</param>
    public void Read(IEnumerable<YamlFeed> fed)
    {
        switch (fields.Find("needs"))
        {
            case null: break;
            case YamlScalarNode one: Add(parameter: null, one); break;
            case YamlSequenceNode list:
                foreach (var item in list.Children) Add(parameter: null, item);
                break;
            case YamlMappingNode mapping:
                foreach (var (key, value) in mapping.Children) AddNamed(key, value);
                break;
        }

        foreach (var feed in fed)
            Add(InputDraft.FromTask(feed.Parameter ?? Plain(feed.From), feed.From), feed.IsOptional, feed.Node);
        switch (fields.Find("after"))
        {
            case null: break;
            case YamlSequenceNode list:
                foreach (var item in list.Children) AddOrder(item);
                break;
            case var one: AddOrder(one); break;
        }
    }

    private void AddNamed(YamlNode key, YamlNode value)
    {
        var name = fields.Faults.Name(key, task.Name);
        if (name.IndexOfAny(PartMarks) >= 0)
            fields.Report(key, $"'{name}' is no name of a parameter: it has no dots and no brackets.");
        switch (value)
        {
            case YamlSequenceNode list:
                if (list.Children.Count == 0) AddEmpty(name, "[]", value);
                for (var i = 0; i < list.Children.Count; i++) Add($"{name}[{i}]", list.Children[i]);
                break;
            case YamlMappingNode mapping when MisspeltOutcome(mapping) is { } slip:
                fields.Report(slip, $"A need has no key '{fields.Faults.Name(slip)}'. Did you mean 'outcome-of'?",
                    FlowFaultCode.UnknownKey);
                break;
            case YamlMappingNode mapping when !IsOneNeed(mapping):
                if (mapping.Children.Count == 0) AddEmpty(name, "{}", value);
                foreach (var (part, item) in mapping.Children)
                    Add($"{name}.{fields.Faults.Name(part, task.Name)}", item);
                break;
            default: Add(name, value); break;
        }
    }

    private static bool IsOneNeed(YamlMappingNode mapping) =>
        mapping.Children.Any(child => child.Key is YamlScalarNode { Value: "task" or "outcome-of" });

    // By a key such as 'outcomeof' nobody would collect outputs.
    private static YamlNode? MisspeltOutcome(YamlMappingNode mapping) => IsOneNeed(mapping)
        ? null
        : mapping.Children.Keys.FirstOrDefault(key => key is YamlScalarNode { Value: { } name }
            && name.Contains('f', StringComparison.OrdinalIgnoreCase)
            && Suggestions.For(name, ["outcome-of"]).Length > 0);

    private void AddEmpty(string parameter, string json, YamlNode node) => task.Inputs.Add(
        InputDraft.FromValue(parameter, Payload.FromJson(json)) with { Location = fields.Faults.At(node) });

    private void AddOrder(YamlNode node)
    {
        var (reference, optional, _) = (node is YamlScalarNode ? Reference(node) : null) ?? default;
        if (string.IsNullOrEmpty(reference)) fields.Report(node, "'after' is the name of a task, or a list of names.");
        else Add(InputDraft.FromTask("", reference), optional, node);
    }

    private void Add(string? parameter, YamlNode node)
    {
        if (Reference(node) is not var (reference, optional, isOutcome)) return;
        if (reference.Length == 0)
            fields.Report(
                node, "A need is the name of a task, NAME.field, or a mapping with 'task' or 'outcome-of'.");
        else
        {
            var input = InputDraft.FromTask(parameter ?? Plain(reference), reference);
            Add(input with { IsOutcome = isOutcome }, optional, node);
        }
    }

    // After all is done, or when something failed, an upstream task may have no output.
    private void Add(InputDraft input, bool optional, YamlNode node) => task.Inputs.Add(input with
    {
        Required = !optional && !input.IsOutcome && trigger == TriggerRule.AllSucceeded,
        Location = fields.Faults.At(node),
    });

    /// <summary>What a need refers to; null if it is told already that it is none.</summary>
    private (string Reference, bool Optional, bool IsOutcome)? Reference(YamlNode node)
    {
        if (node is YamlScalarNode { Value: { } text })
            return text.EndsWith('?') ? (text[..^1], true, false) : (text, false, false);
        if (node is not YamlMappingNode) return ("", false, false);
        var need = new YamlFields(node, "A need", NeedKeys, fields.Faults, task.Name);
        if (need.Text("outcome-of") is not { } ended)
        {
            var (said, optional) = (need.Text("task"), need.Flag("optional") ?? false);
            var isTold = need.HasUnknown || need.Has("outcome-of") || need.Has("task");
            return said is null && isTold ? null : (said ?? "", optional, false);
        }

        foreach (var key in (string[])["task", "optional"])
            if (need.Find(key) is { } misplaced)
                need.Report(misplaced, $"'{key}' has no place beside 'outcome-of': a task may end in any way there.");
        return (ended, false, true);
    }

    /// <summary>The name of a parameter for a need without one: fit for an environment variable.</summary>
    private static string Plain(string reference) =>
        string.Concat(reference.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
}
