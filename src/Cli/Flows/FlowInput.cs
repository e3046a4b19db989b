using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActorFlow.Cli;

/// <summary>
/// Makes the job's input of what the command line gives, and checks it against what the flow declares.
/// </summary>
internal sealed class FlowInput(DeclaredInputs flow)
{
    // One level less than what is read by default: a field lies in the input.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 63 };

    private readonly JsonObject _given = [];
    private readonly HashSet<string> _set = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);

    /// <summary>The input of a job.</summary>
    /// <param name="flow">What the flow declares.</param>
    /// <param name="file">A file with a JSON object, <c>-</c> for standard input, or null.</param>
    /// <param name="settings">Single fields as <c>NAME=VALUE</c>: they win over the file.</param>
    /// <param name="standardInput">What <c>-</c> reads.</param>
    /// <exception cref="ActorFlowException">It does not fit: all that is wrong is listed.</exception>
    public static Payload Read(
        DeclaredInputs flow, string? file, IReadOnlyList<string> settings, TextReader standardInput)
    {
        var input = new FlowInput(flow);
        if (file is not null) input.Add(file == "-" ? "standard input" : file, Text(file, standardInput));
        foreach (var setting in settings) input.Set(setting);
        return input.Check();
    }

    /// <summary>The input of a flow that a task runs.</summary>
    /// <param name="flow">What the flow declares.</param>
    /// <param name="given">What the task gives. What a shell task printed is a text, which may hold a number.</param>
    /// <exception cref="ActorFlowException">It does not fit: all that is wrong is listed.</exception>
    public static Payload Fit(DeclaredInputs flow, JsonObject given)
    {
        if (flow.Fields is null) return JsonValues.Payload(given);
        var input = new FlowInput(flow);
        foreach (var (name, value) in given)
        {
            var field = flow.Fields.FirstOrDefault(field => field.IsNamed(name));
            var isHeld = field is { Type: not InputType.Any } && ExpressionValues.Text(value) is not null;
            input._given[input.NameOf(name)] =
                isHeld && TryConvert(value!.GetValue<string>(), field, out var held) ? held : value?.DeepClone();
        }

        return input.Check();
    }

    /// <summary>Refuses what a job has recorded if it is not all that the flow wants: tasks get it as it is.</summary>
    /// <exception cref="ActorFlowException">Something is missing, even if it has a default.</exception>
    public static void RequireRecorded(DeclaredInputs flow, Payload recorded)
    {
        var given = JsonValues.Of(recorded) as JsonObject;
        var missing = flow.Fields?.FirstOrDefault(field => given?.ContainsKey(field.Name) != true);
        if (missing is not null)
            throw new ActorFlowException(
                $"The job was submitted without input '{missing.Name}', which flow '{flow.Flow}' takes now. Cancel the "
                + "job, and fork it.");
    }

    /// <summary>Whether a value is one that a field holds, as it is.</summary>
    public static bool IsHeld(InputField field, JsonNode? value) => Fits(ref value, field);

    /// <summary>Whether a field can hold values of a kind; what a text stands for shows only in a job.</summary>
    public static bool MayHold(InputField field, JsonValueKind kind) => field.Parameter is not null
        || kind is JsonValueKind.String or JsonValueKind.Null || field.Type switch
        {
            InputType.Any => true,
            InputType.Integer or InputType.Number => kind == JsonValueKind.Number,
            InputType.Boolean => kind is JsonValueKind.True or JsonValueKind.False,
            InputType.List => kind == JsonValueKind.Array,
            InputType.Object => kind == JsonValueKind.Object,
            _ => false,
        };

    private static string Text(string file, TextReader standardInput)
    {
        // As in a file: some programs begin with a byte order mark.
        if (file == "-") return standardInput.ReadToEnd().TrimStart('\uFEFF');
        if (!File.Exists(file)) throw new ActorFlowException($"There is no input file '{file}'.{Hint(file)}");
        return FileText.Of(File.ReadAllBytes(file), (line, column, problem) =>
            new ActorFlowException($"{file}:{line}:{column}: {problem}"));
    }

    // Some tools take the JSON itself where this one takes the name of a file.
    private static string Hint(string file) => file.TrimStart().StartsWith('{')
        ? " Give single values by --set NAME=VALUE, and JSON in a file, or by --input - on standard input."
        : "";

    private void Add(string name, string text)
    {
        try
        {
            var node = ParsedStrictly(text);
            if (node is not JsonObject fields)
                throw new ActorFlowException($"The input in {name} is no JSON object: give {{\"name\": value, …}}.");
            foreach (var (key, value) in fields) _given[NameOf(key)] = value?.DeepClone();
        }
        catch (JsonException e)
        {
            throw new ActorFlowException(
                $"{JsonText.PlaceOf(name, e)}: the input is no JSON: {JsonText.ProblemOf(e)}", e);
        }
    }

    private void Set(string setting)
    {
        var equals = setting.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0) throw new ActorFlowException($"--set '{setting}' is not NAME=VALUE.");
        var (name, text) = (setting[..equals], setting[(equals + 1)..]);
        if (!_set.Add(NameOf(name)))
        {
            _problems.Add($"--set {name} is given twice; give it once.");
            return;
        }

        var field = flow.Fields?.FirstOrDefault(field => field.IsNamed(name));
        if (TryConvert(text, field, out var value))
        {
            _given[NameOf(name)] = value;
            return;
        }

        _refused.Add(field!.Name);
        _problems.Add($"--set {name}: {field.ATypeName} is wanted, '{text}' is none.");
    }

    private Payload Check()
    {
        if (flow.Fields is not { } fields) return _given.Count == 0 && _problems.Count == 0 ? Payload.None : Done();
        var known = fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in _given.Select(v => v.Key).Where(name => !known.Contains(name)).ToList())
        {
            var hint = _problems.Count < 100 ? Suggestions.For(name, known) : "";
            _problems.Add($"The flow has no input '{name}'.{hint}");
        }

        var ordered = new JsonObject();
        foreach (var field in fields)
        {
            if (_given.TryGetPropertyValue(field.Name, out var value))
            {
                if (!Fits(ref value, field)) _problems.Add(
                    $"Input '{field.Name}' is {Shown(value)}; {field.ATypeName} is wanted.");
                ordered[field.Name] = value?.DeepClone();
            }
            else if (field.Default is { } json) ordered[field.Name] = JsonNode.Parse(json);
            // What was set to something that it cannot be has been told already.
            else if (field.IsRequired && !_refused.Contains(field.Name)) _problems.Add(
                $"Input '{field.Name}' ({field.TypeName}) is missing: give it by --set {field.Name}=… or --input.");
            else ordered[field.Name] = null;
        }

        _given.Clear();
        foreach (var (name, value) in ordered) _given[name] = value?.DeepClone();
        return fields.Count == 0 && _problems.Count == 0 ? Payload.None : Done();
    }

    private Payload Done() => _problems.Count switch
    {
        0 => Payload.FromJson(JsonSerializer.SerializeToUtf8Bytes(_given)),
        1 => throw new ActorFlowException($"The input does not fit flow '{flow.Flow}': {_problems[0]}"),
        _ => throw new ActorFlowException(
            $"The input does not fit flow '{flow.Flow}', for {_problems.Count} reasons:"
            + string.Concat(_problems.Select(p => $"\n  {p}"))),
    };

    /// <summary>The name of the field that is meant; the name itself if none is.</summary>
    private string NameOf(string name) => flow.Fields?.FirstOrDefault(field => field.IsNamed(name))?.Name ?? name;

    private static bool TryConvert(string text, InputField? field, out JsonNode? value)
    {
        value = JsonValue.Create(text);
        if (field?.Parameter is { } parameter) return parameter.TryConvert(value, out value);
        var type = field?.Type ?? InputType.Any;
        switch (type)
        {
            case InputType.String: return true;
            case InputType.Any:
                value = Parsed(text) ?? value;
                return true;
            default:
                value = Parsed(text);
                return value is not null && Kind(value, type);
        }
    }

    private static JsonNode? Parsed(string text)
    {
        try
        {
            return ParsedStrictly(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonNode? ParsedStrictly(string text)
    {
        var json = Encoding.UTF8.GetBytes(text);
        JsonText.RequireTexts(json);
        return JsonNode.Parse(json, documentOptions: Strict);
    }

    private static bool Fits(ref JsonNode? value, InputField field)
    {
        if (field.Parameter is { } parameter)
        {
            if (!parameter.TryConvert(value, out var converted)) return false;
            value = converted;
            return true;
        }

        return value is null ? !field.IsRequired || field.Type == InputType.Any : Kind(value, field.Type);
    }

    private static bool Kind(JsonNode value, InputType type) => (type, value.GetValueKind()) switch
    {
        (InputType.Any, _) => true,
        (InputType.String, JsonValueKind.String) => true,
        (InputType.Number, JsonValueKind.Number) => true,
        (InputType.Integer, JsonValueKind.Number) =>
            decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && decimal.IsInteger(number),
        (InputType.Boolean, JsonValueKind.True or JsonValueKind.False) => true,
        (InputType.List, JsonValueKind.Array) => true,
        (InputType.Object, JsonValueKind.Object) => true,
        _ => false,
    };

    private static string Shown(JsonNode? value)
    {
        var text = value?.ToJsonString() ?? "null";
        return text.Length <= 60 ? text : text[..60] + "…";
    }
}
