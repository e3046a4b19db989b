using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>What is known of the values of a flow before any job runs: its input, and what its tasks give.</summary>
internal sealed class YamlKnown
{
    // With any other key a task may give something else than what its command prints.
    private static readonly HashSet<string> Plain = new(StringComparer.Ordinal)
    {
        "run", "env", "needs", "when", "if", "timeout", "output", "shell", "workdir", "pool", "priority", "description",
        "after", "feeds", "tags", "resources", "markers", "input-file", "retry", "on-failure", "cache", "up-to-date",
        "save",
    };

    private readonly Dictionary<string, InputField>? _inputs;
    private readonly Lazy<Dictionary<string, YamlMappingNode>> _tasks;
    private readonly bool _isPlain;

    /// <summary>Looks at a flow.</summary>
    /// <param name="flow">What the file says of it.</param>
    /// <param name="inputs">The fields of its input; null if there may be any.</param>
    /// <param name="isReplaced">Whether flows that run it may replace what its tasks give.</param>
    public YamlKnown(YamlFields flow, IEnumerable<InputField>? inputs, bool isReplaced)
    {
        _inputs = inputs?.DistinctBy(input => input.Name, StringComparer.Ordinal)
            .ToDictionary(input => input.Name, StringComparer.Ordinal);
        _isPlain = !isReplaced && !MayReplace(flow.Find("on-failure"))
            && !(flow.Find("defaults") is YamlMappingNode defaults && defaults.Children.Any(IsStandIn));
        _tasks = new(() => TasksOf(flow.Find("tasks")));
    }

    /// <summary>The fields of the job's input; null if there may be any.</summary>
    public IReadOnlyCollection<string>? Inputs => _inputs?.Keys;

    private JsonValueKind? OfInput(string name) => _inputs?.GetValueOrDefault(name)?.Type switch
    {
        InputType.String => JsonValueKind.String,
        InputType.Integer or InputType.Number => JsonValueKind.Number,
        InputType.Boolean => JsonValueKind.True,
        InputType.List => JsonValueKind.Array,
        InputType.Object => JsonValueKind.Object,
        _ => null,
    };

    private JsonValueKind? OfTask(string name)
    {
        if (!_isPlain || !_tasks.Value.TryGetValue(name, out var task)) return null;
        var (runs, output) = (false, (YamlNode?)null);
        foreach (var (key, value) in task.Children)
        {
            var word = (key as YamlScalarNode)?.Value;
            if (word is null || !Plain.Contains(word) || IsStandIn(KeyValuePair.Create(key, value))) return null;
            runs |= word == "run";
            if (word == "output") output = value;
        }

        return runs ? OfOutput(output) : null;
    }

    /// <summary>The task of which a reference names a field, though it gives no object; null for all others.</summary>
    public (string Task, JsonValueKind Kind)? WithoutFields(string reference)
    {
        if (!reference.Contains('.', StringComparison.Ordinal) || _tasks.Value.ContainsKey(reference)) return null;
        // No longer than names are: a reference may have dots without number.
        var longest = Math.Min(reference.Length - 1, Limits.NameLength);
        for (var dot = reference.LastIndexOf('.', longest); dot > 0; dot = reference.LastIndexOf('.', dot - 1))
            if (_tasks.Value.ContainsKey(reference[..dot]))
                return OfTask(reference[..dot]) is { } kind ? (reference[..dot], kind) : null;
        return null;
    }

    /// <summary>The kind of what the command of a part of a task gives; null if it is not known.</summary>
    /// <param name="task">What the file says of the task, and so of what stands in for a part that fails.</param>
    /// <param name="part">What it says of the part: the same mapping, or one in it.</param>
    public JsonValueKind? PrintedBy(YamlFields task, YamlFields part) =>
        _isPlain && part.Has("run") && task.Node is YamlMappingNode mapping && !mapping.Children.Any(IsStandIn)
            ? OfOutput(part.Find("output"))
            : null;

    private static JsonValueKind? OfOutput(YamlNode? output) => output switch
    {
        null or YamlScalarNode { Value: "text" } => JsonValueKind.String,
        YamlScalarNode { Value: "lines" } => JsonValueKind.Array,
        _ => null,
    };

    /// <summary>The kind of a name or a field; null if it is not known.</summary>
    /// <param name="path">The name or field.</param>
    /// <param name="needs">Where the values come from that the task needs.</param>
    public JsonValueKind? KindOf(Expression path, IReadOnlyList<InputDraft> needs)
    {
        switch (path)
        {
            case Expression.Root { Name: "job" or "task" or "flow" or ValueScope.Key }: return JsonValueKind.String;
            case Expression.Root { Name: ValueScope.Round }: return JsonValueKind.Number;
            case Expression.Root { Name: ValueScope.Needs }: return JsonValueKind.Object;
            case Expression.Root { Name: ValueScope.Input } when _inputs is { Count: > 0 }: return JsonValueKind.Object;
            case Expression.Field { Owner: Expression.Root { Name: ValueScope.Input } } field:
                return OfInput(field.Name);
            case Expression.Field { Owner: Expression.Root { Name: ValueScope.Needs } } field:
                return NeedOf(field, needs) switch
                {
                    { IsOutcome: true } => JsonValueKind.Object,
                    { TaskName: { } task } => OfTask(task),
                    _ => null,
                };
            default: return null;
        }
    }

    /// <summary>The fields of a value, if there are no others; null if that is not known.</summary>
    /// <param name="path">The value.</param>
    /// <param name="needs">Where the values come from that the task needs.</param>
    public static IReadOnlyCollection<string>? FieldsOf(Expression path, IReadOnlyList<InputDraft> needs) => path switch
    {
        Expression.Field { Owner: Expression.Root { Name: ValueScope.Needs } } field =>
            NeedOf(field, needs) is { IsOutcome: true } ? EndedFields.All : null,
        Expression.Field { Owner: Expression.Field { Owner: Expression.Root } owner } field
            when EndedFields.IsFailure(field.Name) => FieldsOf(owner, needs) is null ? null : EndedFields.OfFailure,
        _ => null,
    };

    private static InputDraft? NeedOf(Expression.Field field, IReadOnlyList<InputDraft> needs) =>
        needs.FirstOrDefault(need => need.Parameter.Equals(field.Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether any flow in a file has rules that may replace what tasks of it give.</summary>
    /// <param name="file">The file, or a part of it.</param>
    public static bool HasRules(YamlNode file)
    {
        var seen = new HashSet<YamlNode>(ReferenceEqualityComparer.Instance);
        return Any(file);

        bool Any(YamlNode node) => seen.Add(node) && node switch
        {
            YamlSequenceNode list => list.Children.Any(Any),
            YamlMappingNode mapping =>
                (MayReplace(Under(mapping, "on-failure")) && Under(mapping, "tasks") is not null)
                || mapping.Children.Values.Any(Any),
            _ => false,
        };
    }

    // What is held, an operator may settle with an output.
    private static bool MayReplace(YamlNode? rules) => rules is YamlSequenceNode list
        && list.Children.Any(rule => Under(rule, "do") is YamlScalarNode { Value: "ignore" or "hold" });

    private static YamlNode? Under(YamlNode node, string key) => (node as YamlMappingNode)?.Children
        .FirstOrDefault(child => child.Key is YamlScalarNode { Value: var name } && name == key).Value;

    // Instead of what failed there may be any value.
    private static bool IsStandIn(KeyValuePair<YamlNode, YamlNode> child) => (child.Key as YamlScalarNode)?.Value switch
    {
        "on-failure" => MayReplace(child.Value),
        "retry" => Under(child.Value, "exhausted") is not null,
        _ => false,
    };

    private static Dictionary<string, YamlMappingNode> TasksOf(YamlNode? tasks)
    {
        var byName = new Dictionary<string, YamlMappingNode>(StringComparer.OrdinalIgnoreCase);
        if (tasks is not YamlMappingNode mapping) return byName;
        foreach (var (key, value) in mapping.Children)
            if (key is YamlScalarNode { Value: { } name } && value is YamlMappingNode task) byName.TryAdd(name, task);
        return byName;
    }
}
