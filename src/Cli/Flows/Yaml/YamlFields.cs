using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Where faults of one file are gathered, with their places.</summary>
internal sealed class YamlFaults(FlowDraft draft, string file)
{
    public string At(YamlNode node) => $"{file}:{node.Start.Line}:{node.Start.Column}";

    /// <summary>How many there are.</summary>
    public int Count => draft.Faults.Count;

    /// <summary>"Did you mean", as long as there are few faults: many have one cause, and take many searches.</summary>
    public string Suggest(string wrong, IEnumerable<string> known) =>
        draft.Faults.Count < 100 ? Suggestions.For(wrong, known) : "";

    /// <summary>The name that a key is; of a list or a mapping there is none, which is a fault.</summary>
    public string Name(YamlNode key, string? task = null)
    {
        if (key is YamlScalarNode { Value: { } name }) return name;
        Report(key, "A name is a text, and this is a list or a mapping.", task, FlowFaultCode.BadName);
        return "";
    }

    public void Report(
        YamlNode node, string problem, string? task = null,
        FlowFaultCode code = FlowFaultCode.BadValue) =>
        draft.Faults.Add(new FlowFault(code, task, problem) { Location = At(node) });

    /// <summary>Reports what is wrong at a place in a text.</summary>
    /// <param name="node">The text.</param>
    /// <param name="at">The place, from 0; of a text over several lines only its beginning is told.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="task">The task that it belongs to.</param>
    /// <param name="code">What kind of fault it is.</param>
    public void Report(
        YamlScalarNode node, int at, string problem, string task,
        FlowFaultCode code = FlowFaultCode.BadExpression)
    {
        var column = node.Start.Column + at + (node.Style is ScalarStyle.Plain ? 0 : 1);
        var place = node.Start.Line == node.End.Line ? $"{file}:{node.Start.Line}:{column}" : At(node);
        draft.Faults.Add(new FlowFault(code, task, problem) { Location = place });
    }

    /// <summary>Takes over faults of another file.</summary>
    public void Add(IEnumerable<FlowFault> faults) => draft.Faults.AddRange(faults);
}

/// <summary>The fields of one mapping: each is asked for by its type, and what is not known is a fault.</summary>
internal sealed class YamlFields
{
    private readonly Dictionary<string, YamlNode> _fields = new(StringComparer.Ordinal);
    private readonly YamlFaults _faults;
    private readonly string? _task;

    /// <summary>Reads the keys.</summary>
    /// <param name="node">The mapping.</param>
    /// <param name="what">What it is, for messages: "A task".</param>
    /// <param name="known">The keys that it may have.</param>
    /// <param name="faults">Where faults go.</param>
    /// <param name="task">The task that it belongs to, if any.</param>
    public YamlFields(YamlNode node, string what, IReadOnlyList<string> known, YamlFaults faults, string? task = null)
    {
        Node = node;
        _faults = faults;
        _task = task;
        if (node is not YamlMappingNode mapping)
        {
            if (!IsEmpty(node)) Report(
                node, $"{what} is a mapping, with keys such as {string.Join(", ", known.Take(3))}.");
            return;
        }

        foreach (var (key, value) in mapping.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (IsKnown(name, known))
            {
                _fields[name] = value;
                continue;
            }

            HasUnknown = true;
            Report(key, $"{what} has no key '{name}'.{Suggestion(name, known)}", FlowFaultCode.UnknownKey);
        }
    }

    // A flow has many tasks, and a task many keys that it might have.
    private static bool IsKnown(string name, IReadOnlyList<string> known)
    {
        for (var i = 0; i < known.Count; i++)
            if (known[i] == name) return true;
        return false;
    }

    public YamlNode Node { get; }

    /// <summary>Whether there are keys that it may not have, which are reported.</summary>
    public bool HasUnknown { get; }

    public YamlFaults Faults => _faults;

    public bool Has(string key) => _fields.ContainsKey(key);

    /// <summary>The first of some keys that it has; null if it has none.</summary>
    public string? FirstOf(string[] keys)
    {
        foreach (var key in keys)
            if (_fields.ContainsKey(key)) return key;
        return null;
    }

    public YamlNode? Find(string key) => _fields.GetValueOrDefault(key);

    public void Report(YamlNode node, string problem, FlowFaultCode code = FlowFaultCode.BadValue) =>
        _faults.Report(node, problem, _task, code);

    public string? Text(string key) => Scalar(key, "a text");

    public string[] Texts(string key)
    {
        if (Find(key) is not { } node) return [];
        if (node is YamlScalarNode { Value: { } one }) return [one];
        if (node is YamlSequenceNode list && list.Children.All(n => n is YamlScalarNode))
            return [.. list.Children.Select(n => ((YamlScalarNode)n).Value ?? "")];
        Report(node, $"'{key}' is a text or a list of texts.");
        return [];
    }

    public int? Integer(string key)
    {
        if (Scalar(key, "a whole number") is not { } text) return null;
        if (int.TryParse(
            text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        Report(_fields[key], text.TrimStart('-', '+') is { Length: > 0 } digits && digits.All(char.IsAsciiDigit)
            ? $"'{key}' is {PlainText.OneLine(text)}; numbers go from {int.MinValue} to {int.MaxValue}."
            : $"'{key}' is a whole number, and '{text}' is none.");
        return null;
    }

    /// <summary>A whole number in its bounds; null if there is none, or it is not, which is reported.</summary>
    public int? Within(string key, int least, int most = int.MaxValue)
    {
        var number = Integer(key);
        if (number is null || (number >= least && number <= most)) return number;
        Report(_fields[key], most == int.MaxValue
            ? $"'{key}' is {number}; it must be at least {least}."
            : $"'{key}' is {number}; it is from {least} to {most}.", FlowFaultCode.BadPolicy);
        return null;
    }

    public double? Number(string key)
    {
        if (Scalar(key, "a number") is not { } text) return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
        Report(_fields[key], $"'{key}' is a number, and '{text}' is none.");
        return null;
    }

    public bool? Flag(string key)
    {
        if (Scalar(key, "true or false") is not { } text) return null;
        if (text is "true" or "false") return text == "true";
        Report(_fields[key], $"'{key}' is true or false, and '{text}' is neither.");
        return null;
    }

    public TimeSpan? Duration(string key)
    {
        if (Scalar(key, "a duration such as 30s") is not { } text) return null;
        if (Durations.TryParse(text, out var span)) return span;
        Report(_fields[key], $"'{key}' is a duration such as 100ms, 30s, 5m, 2h or 1h30m, and '{text}' is none.");
        return null;
    }

    /// <summary>A duration longer than zero; null if there is none, or it is not, which is reported.</summary>
    public TimeSpan? Positive(string key)
    {
        var span = Duration(key);
        if (span is null || span > TimeSpan.Zero) return span;
        Report(_fields[key], $"'{key}' is a duration longer than zero.", FlowFaultCode.BadPolicy);
        return null;
    }

    /// <summary>One of some words.</summary>
    public T? Word<T>(string key, IReadOnlyDictionary<string, T> words) where T : struct
    {
        if (!Has(key)) return null;
        return OneOf(key, [.. words.Keys]) is { } word ? words[word] : null;
    }

    /// <summary>One of some words, as it stands there.</summary>
    public string? OneOf(string key, IReadOnlyList<string> words)
    {
        if (Scalar(key, "a word") is not { } text) return null;
        if (words.Contains(text, StringComparer.Ordinal)) return text;
        Report(_fields[key], $"'{key}' is one of {string.Join(", ", words)}, and '{text}' is none of them."
            + _faults.Suggest(text, words));
        return null;
    }

    private string? Scalar(string key, string what)
    {
        if (Find(key) is not { } node) return null;
        if (node is YamlScalarNode { Value: { } text } scalar && (text.Length > 0 || scalar.Style != ScalarStyle.Plain))
            return text;
        Report(node, $"'{key}' is {what}.");
        return null;
    }

    public static bool IsEmpty(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    private string Suggestion(string name, IReadOnlyList<string> known)
    {
        if (name.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && IsKnown(name[..colon], known))
            return $" Write '{name[..colon]}: {name[(colon + 1)..]}', with a space behind the colon.";
        if (_faults.Suggest(name, known) is { Length: > 0 } near) return near;
        return $" Known are {string.Join(", ", known)}.";
    }
}
