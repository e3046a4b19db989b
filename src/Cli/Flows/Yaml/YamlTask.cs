using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Reads one task of a flow.</summary>
internal sealed class YamlTask
{
    public static readonly string[] TaskKeys =
    [
        "run", "uses", "flow", "with", "env", "needs", "when", "if", "retry", "timeout", "output", "shell", "workdir",
        "pool", "priority", "description", "on-failure", "after", "feeds", "tags", "resources", "markers", "map",
        "matrix", "parallel", "on-error", "repeat", "while", "until", "max", "initial", "choose", "match",
        "input-file", "states", "generate", "stream", "each",
        "buffer", .. YamlKeeping.Keys,
    ];

    private static readonly Dictionary<string, TriggerRule> Triggers = new(StringComparer.Ordinal)
    {
        ["all-succeeded"] = TriggerRule.AllSucceeded,
        ["all-done"] = TriggerRule.AllDone,
        ["any-failed"] = TriggerRule.AnyFailed,
    };

    // Each of these groups says that the task adds parts to its job; one is enough.
    private static readonly string[][] Shapes =
        [["map"], ["matrix"], ["repeat"], ["while", "until"], ["choose"], ["states"], ["generate"], ["stream"]];

    private static readonly string[] PolicyKeys =
        ["retry", "timeout", "on-failure", "when", "pool", "priority", "resources"];

    private static readonly string[] PartKeys = ["map", "matrix", "repeat", "while", "until"];

    private readonly TaskDraft _task;
    private readonly YamlNode _node;
    private readonly YamlFaults _faults;
    private readonly YamlKnown _known;
    private readonly YamlFlows _flows;
    private readonly YamlFields _fields;

    /// <summary>Looks at the keys of a task.</summary>
    /// <param name="task">The task in the making.</param>
    /// <param name="node">What the file says of it.</param>
    /// <param name="faults">Where faults go.</param>
    /// <param name="known">What is known of the values of the flow.</param>
    /// <param name="flows">The flows that it may run.</param>
    public YamlTask(TaskDraft task, YamlNode node, YamlFaults faults, YamlKnown known, YamlFlows flows)
    {
        (_task, _node, _faults, _known, _flows) = (task, node, faults, known, flows);
        _fields = new YamlFields(node, $"Task '{task.Name}'", TaskKeys, faults, task.Name);
    }

    /// <summary>Reads the task.</summary>
    /// <param name="defaults">What holds where it says nothing.</param>
    /// <param name="fed">The tasks that feed it.</param>
    /// <param name="services">The services of the flow; null for none.</param>
    public TaskRecipe Read(TaskPolicy defaults, IEnumerable<YamlFeed> fed, ServiceScope? services)
    {
        _task.Description = _fields.Text("description");
        _task.Tags = _fields.Texts("tags");
        var trigger = _fields.Word("when", Triggers) ?? TriggerRule.AllSucceeded;
        var policy = Policy(defaults, trigger);
        _task.Policy = policy;
        new YamlNeeds(_task, _fields, trigger).Read(fed);
        if (trigger == TriggerRule.AnyFailed && !_task.Inputs.Exists(input => input.TaskName is not null))
        {
            _fields.Report(
                _fields.Find("when")!,
                "'any-failed' is about the tasks that this one needs, and it needs none; name what it needs.",
                FlowFaultCode.BadPolicy);
            _task.Policy = policy = policy with { Trigger = TriggerRule.AllSucceeded };
        }

        foreach (var input in _task.Inputs) CheckField(input);
        if (_fields.Text("input-file") is not null) AddValues((YamlScalarNode)_fields.Find("input-file")!);
        var scope = new YamlScope(_faults, _task.Name, _known.Inputs, Parameters())
        {
            Services = services,
            KindOf = path => _known.KindOf(path, _task.Inputs),
            FieldsOf = path => YamlKnown.FieldsOf(path, _task.Inputs),
            PrintedBy = part => _known.PrintedBy(_fields, part),
        };
        var recipe = Recipe(scope, defaults, policy);
        // What is kept of parts is said of each of them, where they are one command or .NET task.
        if (_fields.FirstOf(PartKeys) is null || _fields.Has("flow"))
            recipe = recipe with { Keeping = YamlKeeping.Read(_fields, scope) };
        if (scope.Condition(_fields, "if") is { } condition) recipe = Guarded(recipe, condition);
        // All but a .NET task may refer to it, and a command has it in a variable.
        _task.SeesInput = recipe is not TaskRecipe.Registered { Condition: null, Keeping: null };
        return recipe;
    }

    private TaskPolicy Policy(TaskPolicy defaults, TriggerRule trigger)
    {
        // Tasks that say nothing have one policy together: a large flow has few.
        if (_fields.FirstOf(PolicyKeys) is null) return defaults;
        return defaults with
        {
            Retry = YamlPolicies.Retry(_fields, defaults.Retry, _task.Name),
            Timeouts = YamlPolicies.Timeouts(_fields, defaults.Timeouts, _task.Name),
            Supervision = YamlFailures.Rules(_fields, defaults.Supervision, _task.Name),
            Trigger = trigger,
            Pool = YamlPolicies.Pool(_fields) ?? defaults.Pool,
            Priority = _fields.Integer("priority") ?? defaults.Priority,
            Needs = YamlPrograms.Needs(_fields, _task.Name),
        };
    }

    private TaskRecipe Recipe(YamlScope scope, TaskPolicy defaults, TaskPolicy policy)
    {
        var shape = Array.Find(Shapes, keys => _fields.FirstOf(keys) is not null);
        var isOne = true;
        foreach (var other in Shapes)
        {
            if (other == shape || _fields.FirstOf(other) is not { } second) continue;
            isOne = false;
            _fields.Report(
                _fields.Find(second)!,
                $"Task '{_task.Name}' has '{_fields.FirstOf(shape!)}' already, and only one of 'map', 'matrix', "
                + "'repeat', 'while' or 'until', 'choose', 'states', 'generate', and 'stream'; put one of them "
                + "into a flow of its own.",
                FlowFaultCode.Misplaced);
        }

        // What belongs to the other one is no second fault.
        if (isOne) CheckPlaces(shape?[0]);
        if (shape is ["choose"]) return new YamlChoice(_task, _fields, scope, _flows, policy).Read();
        if (shape is ["stream"]) return new YamlStreaming(_task, _fields, scope, _flows, defaults).Read();
        if (shape is ["generate"]) return new YamlGenerate(_task, _fields, scope).Read();
        if (shape is ["states"]) return new YamlStates(_task, _fields, scope, _flows, policy).Read();
        var bodies = YamlBody.Kinds.Where(_fields.Has).ToList();
        if (bodies.Count != 1)
        {
            // What is no mapping at all has been told, and so has a slip in the name, or what has two shapes.
            if (bodies.Count > 1 || !(!isOne || _fields.HasUnknown || IsNone(_node)))
                scope.Report(
                    _node, $"Task '{_task.Name}' "
                    + $"{YamlBody.NotOne(_fields, shape is null ? ["choose", "states", "generate"] : [])}.",
                    FlowFaultCode.MissingKey);
            return YamlBody.Nothing;
        }

        var body = new YamlBody(_task, _fields, scope, _flows);
        return shape?[0] switch
        {
            null => body.ReadAlone(),
            "map" or "matrix" => new YamlMap(_task, _fields, scope, _flows, policy).Read(),
            _ => new YamlLoop(_task, _fields, scope, _flows, policy).Read(),
        };
    }

    private static bool IsNone(YamlNode node) => node is not YamlMappingNode && !YamlFields.IsEmpty(node);

    /// <summary>Reports keys that mean something only beside others.</summary>
    private void CheckPlaces(string? shape)
    {
        Require(["parallel", "on-error"], shape is "map" or "matrix", "tasks with 'map' or 'matrix'");
        Require(
            ["initial"], shape is "repeat" or "while" or "states", "tasks with 'repeat', 'while', 'until' or 'states'");
        Require(["max"], shape is "while" or "states", "tasks with 'while', 'until' or 'states'");
        Require(["each", "buffer"], shape == "stream", "tasks with 'stream'");
        Require(["match"], shape == "choose", "tasks that 'choose'");
    }

    private void Require(string[] keys, bool holds, string where)
    {
        foreach (var key in keys)
            if (!holds && _fields.Find(key) is { } misplaced)
                _fields.Report(misplaced, $"'{key}' is for {where}.", FlowFaultCode.Misplaced);
    }

    /// <summary>Binds the values of a file by their names, as if other tasks gave them.</summary>
    private void AddValues(YamlScalarNode file)
    {
        foreach (var (key, value) in _flows.Values(file, _faults, _task.Name))
        {
            var name = _faults.Name(key, _task.Name);
            if (name.IndexOfAny(['.', '[', ']']) >= 0)
                _fields.Report(file, $"'{file.Value}' has a value '{name}'; a name has no dots and no brackets.");
            else
                _task.Inputs.Add(InputDraft.FromValue(name, Payload.FromJson(YamlJson.Of(value))) with
                {
                    Location = _faults.At(file),
                });
        }
    }

    private void CheckField(InputDraft input)
    {
        if (input.TaskName is null || _known.WithoutFields(input.TaskName) is not var (owner, kind)) return;
        var problem = $"Task '{_task.Name}' needs '{input.TaskName}', and '{owner}' gives "
            + $"{ExpressionValues.AKind(kind)}, which has no fields. A command gives fields with 'output: json'.";
        _faults.Add([new FlowFault(FlowFaultCode.UnknownField, _task.Name, problem) { Location = input.Location }]);
    }

    private TaskRecipe Guarded(TaskRecipe recipe, Expression condition)
    {
        _task.Kind += $";if:{YamlScope.DigestOf(_fields, "if")}";
        return recipe with { Condition = condition };
    }

    private List<string> Parameters() =>
    [
        .. _task.Inputs.Select(input => NamedValues.ParameterOf(input.Parameter)).Where(name => name.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];
}
