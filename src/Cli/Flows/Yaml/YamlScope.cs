using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>What the texts and expressions of a task may refer to.</summary>
/// <param name="Faults">Where faults go.</param>
/// <param name="Task">The task's name.</param>
/// <param name="Inputs">The fields of the job's input; null if there may be any.</param>
/// <param name="Needs">The names of what the task needs.</param>
internal sealed record YamlScope(
    YamlFaults Faults, string Task, IReadOnlyCollection<string>? Inputs, IReadOnlyCollection<string> Needs)
{
    private const string Matrix = "matrix";

    private static readonly string[] Everywhere = [ValueScope.Input, ValueScope.Needs, "job", "task", "flow"];

    /// <summary>What there is besides: <c>item</c> and <c>key</c>, or <c>value</c> and <c>round</c>.</summary>
    public IReadOnlyList<string> Own { get; init; } = [];

    /// <summary>The services that .NET tasks see; null for none.</summary>
    public ServiceScope? Services { get; init; }

    /// <summary>Whether the items are combinations of lists.</summary>
    public bool IsMatrix { get; init; }

    /// <summary>The fields that all items have; null if that is not known before a job runs.</summary>
    public IReadOnlyCollection<string>? ItemFields { get; init; }

    /// <summary>The kind of a name or a field in an expression; null if it is not known.</summary>
    public Func<Expression, JsonValueKind?> KindOf { get; init; } = static _ => null;

    /// <summary>The fields of a value, if there are no others; null if that is not known.</summary>
    public Func<Expression, IReadOnlyCollection<string>?> FieldsOf { get; init; } = static _ => null;

    /// <summary>The kind of what the command of a part of the task gives; null if it is not known.</summary>
    public Func<YamlFields, JsonValueKind?> PrintedBy { get; init; } = static _ => null;

    private IEnumerable<string> Roots => [.. Everywhere, .. Own, .. IsMatrix ? [Matrix] : (string[])[]];

    public void Report(YamlNode at, string problem, FlowFaultCode code = FlowFaultCode.BadValue) =>
        Faults.Report(at, problem, Task, code);

    /// <summary>Reports references that lead nowhere, in a value or in all that is in it.</summary>
    public void Check(YamlNode node)
    {
        foreach (var text in TextsOf(node))
        {
            foreach (var reference in Templates.References(text.Value!)) Check(text, reference);
            if (Templates.HasOther(text.Value!))
                Report(
                    text, "A '${' begins no reference: there are ${input.NAME}, ${needs.NAME}, ${job}, ${task}, "
                    + "${flow}, and in maps and loops ${item}, ${key}, ${value}, ${round}. Write '$${' for the text.",
                    FlowFaultCode.UnknownReference);
        }
    }

    /// <summary>Reads a value whose texts may have references.</summary>
    public ValueTemplate Value(YamlNode node)
    {
        Check(node);
        return ValueTemplate.Of(node);
    }

    /// <summary>The same where the kind of <c>value</c> is known; null if it is not.</summary>
    public YamlScope WithValue(JsonValueKind? kind) => With(ValueScope.Value, kind);

    /// <summary>The same where the kind of <c>item</c> is known; null if it is not.</summary>
    public YamlScope WithItem(JsonValueKind? kind) => With(ValueScope.Item, kind);

    private YamlScope With(string root, JsonValueKind? kind) => kind is null ? this : this with
    {
        KindOf = path => path is Expression.Root { Name: var name } && name == root ? kind : KindOf(path),
    };

    /// <summary>The kind that a value will have; null if it is not known.</summary>
    public JsonValueKind? KindOfValue(ValueTemplate value) =>
        value.Reference is { } reference ? KindOf(reference.ToExpression()) : value.KnownKind;

    /// <summary>Reads a condition; null if there is none, or it has faults.</summary>
    public Expression? Condition(YamlFields fields, string key)
    {
        if (fields.Text(key) is not { } text || fields.Find(key) is not YamlScalarNode node) return null;
        try
        {
            var expression = Expression.Parse(text);
            Check(node, expression);
            foreach (var (at, problem) in new ExpressionKinds(KindOf).ProblemsOf(expression))
                Faults.Report(node, at, problem, Task);
            return expression;
        }
        catch (ExpressionException e)
        {
            Faults.Report(node, e.At, $"'{key}' of task '{Task}': {e.Message}", Task);
            return null;
        }
    }

    /// <summary>The names of the fields of the input, or of the needs, that the texts of a value refer to.</summary>
    public static IEnumerable<string> Referred(YamlNode node, string source) => TextsOf(node)
        .SelectMany(text => Templates.References(text.Value!))
        .Where(reference => reference.Source == source)
        .Select(reference => reference.FirstName!);

    /// <summary>A digest of what stands under some keys: a flow that says something else is another one.</summary>
    public static string DigestOf(YamlFields fields, params IReadOnlyList<string> keys) =>
        DigestOf([], fields, keys);

    /// <summary>The same for a task that runs flows: their fingerprints tell nothing of the inputs they take.</summary>
    public static string DigestOf(IEnumerable<FlowUse> uses, YamlFields fields, params IReadOnlyList<string> keys)
    {
        var text = new StringBuilder();
        foreach (var key in keys)
            if (fields.Find(key) is { } node) text.Append(key).Append(':').Append(YamlJson.Of(node)).Append('\n');
        foreach (var input in uses.SelectMany(use => use.Flow.Inputs ?? []))
            text.Append(input.Name).Append(':').Append(input.Type).Append(input.IsRequired).Append(input.Default)
                .Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
    }

    private void Check(YamlScalarNode at, Reference reference)
    {
        if (!Roots.Contains(reference.Source, StringComparer.Ordinal))
            ReportReference($"'{reference.Text}' has no value here: {MissingRoot(reference.Source)}");
        else if (reference.Source is ValueScope.Input or ValueScope.Needs
            && MissingName(reference.Source, reference.FirstName!, reference.Text) is { } problem)
            ReportReference(problem);
        else if (reference is { Source: ValueScope.Item or Matrix, FirstName: { } field } && ItemFields is { } fields
            && !fields.Contains(field, StringComparer.OrdinalIgnoreCase))
            ReportReference(
                $"'{reference.Text}' names {(IsMatrix ? "no list of 'matrix'" : "no field that all items have")}."
                + Faults.Suggest(field, fields));
        else CheckFields(reference.ToExpression());

        // Only objects have fields; what is in objects is not known.
        void CheckFields(Expression path)
        {
            if (path is not Expression.Field { Owner: var owner, Name: var name }) return;
            if (KindOf(owner) is { } kind and not (JsonValueKind.Object or JsonValueKind.Null))
                ReportReference(
                    $"'{reference.Text}' leads nowhere: '{owner}' is {ExpressionValues.AKind(kind)}, and has no "
                    + $"'{name}'.{HintOf(owner, kind)}");
            else if (MissingField(path) is { } problem) ReportReference($"'{reference.Text}' leads nowhere: {problem}");
            else CheckFields(owner);
        }

        void ReportReference(string problem) => Report(at, problem, FlowFaultCode.UnknownReference);
    }

    private void Check(YamlScalarNode node, Expression expression)
    {
        foreach (var part in expression.Parts) Check(node, part);
        if (expression is Expression.Root root && !Roots.Contains(root.Name, StringComparer.Ordinal))
            Faults.Report(
                node, root.At,
                $"'{root.Name}' has no value here: {MissingRoot(root.Name)}{Faults.Suggest(root.Name, Roots)}", Task,
                FlowFaultCode.UnknownReference);
        else if (expression is Expression.Field { Owner: Expression.Root { Name: var name, At: var at } } field
            && name is ValueScope.Input or ValueScope.Needs
            && MissingName(name, field.Name, expression.ToString()) is { } problem)
            Faults.Report(node, at, problem, Task, FlowFaultCode.UnknownReference);
        else if (MissingField(expression) is { } misspelt)
            Faults.Report(
                node, ExpressionKinds.PlaceOf(expression), $"'{expression}' leads nowhere: {misspelt}", Task,
                FlowFaultCode.UnknownReference);
    }

    private string? MissingField(Expression path) =>
        path is Expression.Field { Owner: var owner, Name: var name } && FieldsOf(owner) is { } fields
            && !fields.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? $"'{owner}' has {string.Join(", ", fields)}, and no '{name}'.{Faults.Suggest(name, fields)}"
            : null;

    private static string HintOf(Expression owner, JsonValueKind kind) =>
        owner is Expression.Field { Owner: Expression.Root { Name: ValueScope.Needs } } && kind == JsonValueKind.String
            ? " A command gives fields with 'output: json'."
            : "";

    private static string MissingRoot(string name) => name switch
    {
        ValueScope.Item or ValueScope.Key => "only tasks with 'map' or 'matrix' have items.",
        Matrix => "only tasks with 'matrix' combine lists.",
        ValueScope.Value or ValueScope.Round => "only tasks with 'repeat', 'while' or 'until' have rounds.",
        _ => "there are input, needs, job, task and flow; a text stands in quotes.",
    };

    private string? MissingName(string source, string name, string text)
    {
        if (source == ValueScope.Needs && !Needs.Contains(name, StringComparer.OrdinalIgnoreCase))
            return $"'{text}' names no need of task '{Task}'.{Faults.Suggest(name, Needs)}";
        return source == ValueScope.Input && Inputs?.Contains(name, StringComparer.Ordinal) == false
            ? $"The flow has no input '{name}'.{Faults.Suggest(name, Inputs)}"
            : null;
    }

    private static IEnumerable<YamlScalarNode> TextsOf(YamlNode node) => node switch
    {
        YamlScalarNode { Value: not null } text => [text],
        YamlSequenceNode list => list.Children.SelectMany(TextsOf),
        YamlMappingNode mapping => mapping.Children.Values.SelectMany(TextsOf),
        _ => [],
    };
}
