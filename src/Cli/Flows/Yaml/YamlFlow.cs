using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Reads a flow in YAML, or in JSON, which is YAML too: every fault at once, each with its place.</summary>
internal static class YamlFlow
{
    /// <summary>The keys of a flow wherever it stands.</summary>
    public static readonly string[] NestedKeys =
    [
        "description", "input", "defaults", "timeout", "fail-fast", "parallel", "on-failure", "tasks", "tags", "result",
        "services",
    ];

    /// <summary>The keys of a file.</summary>
    public static readonly string[] FlowKeys = ["flow", "flows", "import", "notify", "hooks", .. NestedKeys];

    public static readonly string[] DefaultKeys = ["retry", "timeout", "pool", "priority", "on-failure"];

    /// <summary>Reads a flow; what is wrong with it is in the draft, and comes to light when it is built.</summary>
    /// <param name="bytes">The content of the file.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="files">Where the files are read from that it names; null if it may name none.</param>
    /// <param name="services">The services of what it stands in; null for none.</param>
    /// <exception cref="FlowDefinitionException">It is no YAML.</exception>
    public static FlowSource Parse(
        byte[] bytes, string name, FlowFiles? files = null, ServiceScope? services = null)
    {
        var reading = new FlowReading(files);
        var path = files?.WholePath(name) ?? name;
        var file = reading.Enter(path, name, () => Read(bytes, name, path, reading, services), out _)!;
        reading.Found.Remove(file.Source);
        return file.Source with { Others = reading.Found, NeedsNoTasks = file.Source.NeedsNoTasks || !file.HasFlow };
    }

    /// <summary>Reads a file of a reading that has begun.</summary>
    /// <exception cref="FlowDefinitionException">It is no YAML.</exception>
    public static LoadedFile Read(
        byte[] bytes, string shown, string path, FlowReading reading, ServiceScope? services = null)
    {
        var root = YamlText.Parse(bytes, shown);
        var named = root.Children.FirstOrDefault(c => c.Key is YamlScalarNode { Value: "flow" }).Value;
        var draft = new FlowDraft((named as YamlScalarNode)?.Value ?? "unnamed");
        var faults = new YamlFaults(draft, shown);
        var fields = new YamlFields(root, "A flow", FlowKeys, faults);
        if (named is not YamlScalarNode)
            faults.Report(named ?? root, "A flow has a name, under the key 'flow'.", code: FlowFaultCode.BadName);
        // By flows of files that name this one; its own flows, and files that it names, may be run by what is in it.
        var isReplaced = reading.IsReplaced;
        reading.IsReplaced |= YamlKnown.HasRules(root);
        var flows = new YamlFlows(fields, shown, path, draft.Name, reading, services);
        var source = Read(fields, draft, flows, flows.Services, isReplaced) with { Telling = YamlTelling.Read(fields) };
        flows.ReadAll();
        reading.IsReplaced = isReplaced;
        // A file may be there for its other flows only.
        if (source.Draft.Tasks.Count > 0) reading.Found.Add(source);
        else if (!fields.Has("tasks") && !flows.IsEmpty) RefuseTelling(fields);
        return new LoadedFile(source, flows);
    }

    private static void RefuseTelling(YamlFields library)
    {
        foreach (var key in (string[])["notify", "hooks"])
            if (library.Find(key) is { } misplaced)
                library.Report(
                    misplaced, $"'{key}' is for jobs of this file, and a file without 'tasks' has none; say it in the "
                    + "file that is run.", FlowFaultCode.Misplaced);
    }

    /// <summary>Reads a flow that has its name from where it stands.</summary>
    /// <param name="node">The flow.</param>
    /// <param name="name">Its name.</param>
    /// <param name="outer">The services of what it stands in; null for none.</param>
    /// <param name="flows">The flows that its tasks may run.</param>
    /// <param name="reading">What all files share.</param>
    public static FlowSource ReadNested(
        YamlNode node, string name, ServiceScope? outer, YamlFlows flows, FlowReading reading)
    {
        var draft = new FlowDraft(name);
        var fields = new YamlFields(
            node, $"Flow '{PlainText.OneLine(name)}'", NestedKeys, new YamlFaults(draft, flows.Shown));
        var source = Read(fields, draft, flows, YamlServices.Read(fields, outer), reading.IsReplaced);
        reading.Found.Add(source);
        return source;
    }

    private static FlowSource Read(
        YamlFields fields, FlowDraft draft, YamlFlows flows, ServiceScope? services, bool isReplaced)
    {
        draft.Description = fields.Text("description");
        draft.Tags = fields.Texts("tags");
        draft.Policy = FlowPolicy.Default with
        {
            Timeout = fields.Positive("timeout"),
            FailFast = fields.Flag("fail-fast") ?? false,
            MaxParallel = fields.Within("parallel", 1),
            Supervision = YamlFailures.Rules(fields, [], task: null),
        };
        var inputs = YamlInputs.Read(fields);
        var recipes = Tasks(draft, fields, new YamlKnown(fields, inputs, isReplaced), flows, services);
        var hasNoResult = fields.Find("result") is { } result && YamlFields.IsEmpty(result);
        return new FlowSource(draft, recipes, inputs)
        {
            Location = fields.Faults.At(fields.Node),
            // What stands there and is none has been told.
            NeedsNoTasks = fields.Find("tasks") is { } tasks && !YamlFields.IsEmpty(tasks)
                && tasks is not YamlMappingNode { Children.Count: 0 },
            HasNoResult = hasNoResult,
            ResultTask = hasNoResult ? null : Result(fields, draft),
            Services = services,
        };
    }

    private static string? Result(YamlFields fields, FlowDraft draft)
    {
        if (fields.Text("result") is not { } name) return null;
        var names = draft.Tasks.Select(task => task.Name).ToList();
        if (!names.Contains(name, StringComparer.OrdinalIgnoreCase))
            fields.Report(fields.Find("result")!, $"'result' is the name of a task, and there is no task '{name}'."
                + fields.Faults.Suggest(name, names), FlowFaultCode.UnknownTask);
        return name;
    }

    private static TaskPolicy Defaults(YamlFields flow)
    {
        if (flow.Find("defaults") is not { } node) return TaskPolicy.Default;
        var fields = new YamlFields(node, "'defaults'", DefaultKeys, flow.Faults);
        return TaskPolicy.Default with
        {
            Retry = YamlPolicies.Retry(fields, RetryPolicy.None, task: null),
            Timeouts = YamlPolicies.Timeouts(fields, TaskTimeouts.None, task: null),
            Supervision = YamlFailures.Rules(fields, [], task: null),
            Pool = YamlPolicies.Pool(fields) ?? TaskPolicy.ComputePool,
            Priority = fields.Integer("priority") ?? 0,
        };
    }

    private static List<TaskRecipe> Tasks(
        FlowDraft draft, YamlFields flow, YamlKnown known, YamlFlows flows, ServiceScope? services)
    {
        var defaults = Defaults(flow);
        var recipes = new List<TaskRecipe>();
        if (flow.Find("tasks") is not { } node || YamlFields.IsEmpty(node)) return recipes;
        if (node is not YamlMappingNode mapping)
        {
            flow.Report(node, "'tasks' is a mapping of names to tasks.");
            return recipes;
        }

        var feeds = new YamlFeeds(mapping, flow.Faults);
        foreach (var (key, value) in mapping.Children)
        {
            var name = flow.Faults.Name(key);
            if (name.Length > Limits.NameLength)
            {
                // Each of its faults would tell it again.
                flow.Report(key, $"A task's name has at most {Limits.NameLength} characters; this has {name.Length}.",
                    FlowFaultCode.BadName);
                continue;
            }

            var task = new TaskDraft(name) { Location = flow.Faults.At(key) };
            recipes.Add(new YamlTask(task, value, flow.Faults, known, flows).Read(defaults, feeds.Of(name), services));
            draft.Tasks.Add(task);
        }

        feeds.RequireTargets(draft.Tasks.Select(task => task.Name));
        return recipes;
    }
}
