using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Reads a flow in YAML, or in JSON, which is YAML too: every fault at once, each with its place.</summary>
internal static class YamlFlow
{
    public static readonly string[] FlowKeys =
    [
        "flow", "description", "input", "defaults", "timeout", "fail-fast", "parallel", "on-failure", "tasks",
        "tags",
    ];

    public static readonly string[] DefaultKeys = ["retry", "timeout", "pool", "priority", "on-failure"];

    public static readonly string[] InputKeys = ["type", "default"];

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

    /// <summary>Reads a flow; what is wrong with it is in the draft, and comes to light when it is built.</summary>
    /// <exception cref="FlowDefinitionException">It is no YAML.</exception>
    public static FlowSource Parse(byte[] bytes, string name)
    {
        var root = YamlText.Parse(bytes, name);
        var named = root.Children.FirstOrDefault(c => c.Key is YamlScalarNode { Value: "flow" }).Value;
        var draft = new FlowDraft((named as YamlScalarNode)?.Value ?? "unnamed");
        var faults = new YamlFaults(draft, name);
        var fields = new YamlFields(root, "A flow", FlowKeys, faults);
        if (named is not YamlScalarNode)
            faults.Report(named ?? root, "A flow has a name, under the key 'flow'.", code: FlowFaultCode.BadName);
        draft.Description = fields.Text("description");
        draft.Tags = fields.Texts("tags");
        draft.Policy = FlowPolicy.Default with
        {
            Timeout = fields.Duration("timeout"),
            FailFast = fields.Flag("fail-fast") ?? false,
            MaxParallel = fields.Integer("parallel"),
            Supervision = YamlPolicies.Rules(fields, [], task: null),
        };
        var inputs = Inputs(fields);
        var recipes = Tasks(draft, fields, Defaults(fields), inputs);
        return new FlowSource(draft, recipes, inputs);
    }

    private static TaskPolicy Defaults(YamlFields flow)
    {
        if (flow.Find("defaults") is not { } node) return TaskPolicy.Default;
        var fields = new YamlFields(node, "'defaults'", DefaultKeys, flow.Faults);
        return TaskPolicy.Default with
        {
            Retry = YamlPolicies.Retry(fields, RetryPolicy.None, task: null),
            Timeouts = YamlPolicies.Timeouts(fields, TaskTimeouts.None, task: null),
            Supervision = YamlPolicies.Rules(fields, [], task: null),
            Pool = YamlPolicies.Pool(fields) ?? TaskPolicy.ComputePool,
            Priority = fields.Integer("priority") ?? 0,
        };
    }

    private static List<InputField>? Inputs(YamlFields flow)
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
        var fields = new YamlFields(node, $"Input '{PlainText.OneLine(name)}'", InputKeys, flow.Faults);
        var value = fields.Find("default");
        var type = fields.Text("type") ?? "any";
        return new InputField(
            name, TypeOf(flow, fields.Find("type") ?? node, type.TrimEnd('?')), value is null && !type.EndsWith('?'),
            value is null ? null : YamlJson.Of(value));
    }

    private static InputType TypeOf(YamlFields flow, YamlNode node, string text)
    {
        if (Types.TryGetValue(text, out var type)) return type;
        flow.Report(node, $"An input is one of {string.Join(", ", Types.Keys)}; '{text}' is none of them."
            + flow.Faults.Suggest(text, Types.Keys));
        return InputType.Any;
    }

    private static List<TaskRecipe> Tasks(
        FlowDraft draft, YamlFields flow, TaskPolicy defaults, List<InputField>? inputs)
    {
        var recipes = new List<TaskRecipe>();
        if (flow.Find("tasks") is not { } node || YamlFields.IsEmpty(node)) return recipes;
        if (node is not YamlMappingNode mapping)
        {
            flow.Report(node, "'tasks' is a mapping of names to tasks.");
            return recipes;
        }

        var fields = inputs?.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        var feeds = new YamlFeeds(mapping, flow.Faults);
        foreach (var (key, value) in mapping.Children)
        {
            var name = flow.Faults.Name(key);
            if (name.Length > Limits.NameLength)
            {
                // Each of its faults would tell it again.
                flow.Report(key, $"A task's name has at most {Limits.NameLength} characters; this has {name.Length}.");
                continue;
            }

            var task = new TaskDraft(name) { Location = flow.Faults.At(key) };
            recipes.Add(new YamlTask(task, value, flow.Faults, fields).Read(defaults, feeds.Of(name)));
            draft.Tasks.Add(task);
        }

        feeds.RequireTargets(draft.Tasks.Select(task => task.Name));
        return recipes;
    }
}
