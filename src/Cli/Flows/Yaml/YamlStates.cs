using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Reads a task that goes from state to state.</summary>
internal sealed class YamlStates(
    TaskDraft task, YamlFields fields, YamlScope scope, YamlFlows flows, TaskPolicy policy)
{
    public static readonly string[] StateKeys = ["go-to", "run", "uses", "flow", "with", .. YamlShell.Keys];

    public static readonly string[] WayKeys = ["if", "to"];

    private const int MostVisits = 10_000;

    // Each is given all that the task needs.
    private const int MostStates = 100;

    private readonly List<string> _names = [];

    /// <summary>Reads it.</summary>
    public TaskRecipe Read()
    {
        foreach (var key in (string[])[.. YamlBody.Kinds, "with", .. YamlShell.Keys])
            if (fields.Find(key) is { } misplaced) fields.Report(misplaced, $"'{key}' belongs to the states.");
        var initial = fields.Find("initial") is { } first ? scope.Value(first) : ValueTemplate.Null;
        var most = Visits();
        var node = fields.Find("states")!;
        if (node is not YamlMappingNode { Children.Count: > 0 and <= MostStates } mapping)
        {
            fields.Report(
                node, $"'states' is a mapping of names to states, each with what runs in it: 1 to {MostStates}.");
            return YamlBody.Nothing;
        }

        var before = scope.Faults.Count;
        foreach (var key in mapping.Children.Keys) AddName(key);
        var inner = scope with { Own = [ValueScope.Value, ValueScope.Round] };
        var states = mapping.Children.Values
            .Select((each, index) => State(_names[index], each, inner)).OfType<FlowState>().ToList();
        if (states.Count < mapping.Children.Count) return YamlBody.Nothing;
        // Behind a way that is wrong there may be any state.
        if (scope.Faults.Count == before) RequireWays(states, [.. mapping.Children.Keys]);
        // A state that is one command has the policy; a flow has one for each of its tasks.
        if (states.Exists(state => state.Use.Flow.IsPart)) task.Policy = YamlParts.OwnerPolicy(policy);
        var uses = states.Select(state => state.Use);
        task.Kind = $"states:{YamlScope.DigestOf(uses, fields, "states", "initial", "max")}";
        return new TaskRecipe.States(states, initial, most);
    }

    private int Visits() => fields.Within("max", 1, MostVisits) ?? MostVisits;

    private void RequireWays(List<FlowState> states, YamlNode[] keys)
    {
        var reached = new HashSet<int> { 0 };
        var open = new Stack<int>([0]);
        while (open.TryPop(out var at))
            foreach (var way in states[at].Ways)
                if (reached.Add(way.To)) open.Push(way.To);
        for (var i = 0; i < states.Count; i++)
            if (!reached.Contains(i))
                fields.Report(
                    keys[i], $"No way leads to state '{_names[i]}' from the first one, '{_names[0]}': name it "
                    + "under 'go-to' of a state before it, or leave it out.");
    }

    private void AddName(YamlNode key)
    {
        var name = scope.Faults.Name(key, task.Name);
        if (name.Length == 0 || name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '[' or ']'))
            fields.Report(key, $"'{PlainText.OneLine(name)}' is no name of a state: it has no white space, no control "
                + "characters and no brackets.");
        else if (_names.Contains(name, StringComparer.OrdinalIgnoreCase))
            fields.Report(key, $"There are two states '{name}'; names differ by more than case.");
        _names.Add(name);
    }

    private FlowState? State(string name, YamlNode node, YamlScope inner)
    {
        var one = new YamlFields(node, $"State '{PlainText.OneLine(name)}'", StateKeys, scope.Faults, task.Name);
        var ways = Ways(one, inner.WithValue(scope.PrintedBy(one)));
        if (YamlBody.Kinds.Count(one.Has) == 1)
            return new YamlBody(task, one, inner, flows).ReadPart(policy, left: null) is { } use
                ? new FlowState(name, use, ways)
                : null;
        if (!one.HasUnknown || YamlBody.Kinds.Any(one.Has))
            one.Report(
                node, $"State '{PlainText.OneLine(name)}' {YamlBody.NotOne(one)}.",
                FlowFaultCode.MissingKey);
        return null;
    }

    private List<StateWay> Ways(YamlFields state, YamlScope inner)
    {
        var ways = new List<StateWay>();
        switch (state.Find("go-to"))
        {
            case null: break;
            case YamlScalarNode { Value.Length: > 0 } to: Add(condition: null, to); break;
            case YamlSequenceNode list:
                for (var i = 0; i < list.Children.Count; i++)
                    Way(list.Children[i], isLast: i == list.Children.Count - 1);
                break;
            case var other:
                state.Report(other, "'go-to' is the name of a state, or a list of ways with 'if' and 'to'.");
                break;
        }

        return ways;

        void Way(YamlNode node, bool isLast)
        {
            var way = new YamlFields(node, "A way of 'go-to'", WayKeys, scope.Faults, task.Name);
            if (!way.Has("if") && !isLast)
                way.Report(node, "Only the last way has no 'if': the ways behind it would never be gone.");
            if (way.Find("to") is YamlScalarNode { Value.Length: > 0 } to) Add(inner.Condition(way, "if"), to);
            else way.Report(way.Find("to") ?? node, "A way of 'go-to' has the name of a state under 'to'.");
        }

        void Add(Expression? condition, YamlScalarNode to)
        {
            var target = _names.FindIndex(name => name.Equals(to.Value, StringComparison.OrdinalIgnoreCase));
            if (target < 0)
                state.Report(to, $"There is no state '{to.Value}'.{scope.Faults.Suggest(to.Value!, _names)}");
            ways.Add(new StateWay(condition, target));
        }
    }
}
