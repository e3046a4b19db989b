using System.Text.Json;

namespace ActorFlow.Cli;

/// <summary>Reads fields of an instance, and reports each that is not what it must be.</summary>
internal sealed class WorkflowFields(FlowDraft draft, string file)
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    /// <summary>Where faults are said to be.</summary>
    public string Location => file;

    public void Report(string path, string problem) =>
        draft.Faults.Add(new FlowFault(FlowFaultCode.BadPolicy, null, $"{path}: {problem}") { Location = file });

    public JsonElement Object(JsonElement owner, string name, string path)
    {
        if (owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object) return value;
        Report(path + name, Expected("an object", owner, name));
        return Nothing;
    }

    public IEnumerable<(JsonElement Item, string Path)> List(JsonElement owner, string name, string path, bool required)
    {
        if (!owner.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            if (required) Report(path + name, "a list is expected, and there is none.");
            return [];
        }

        if (value.ValueKind == JsonValueKind.Array)
            return value.EnumerateArray().Select((item, i) => (item, $"{path}{name}[{i}]"));
        Report(path + name, Expected("a list", owner, name));
        return [];
    }

    /// <summary>A list of texts; null if the field is not there.</summary>
    public IReadOnlyList<string>? Texts(JsonElement owner, string name, string path)
    {
        if (!owner.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        var texts = new List<string>();
        foreach (var (item, at) in List(owner, name, path, required: false))
        {
            if (item.ValueKind == JsonValueKind.String) texts.Add(item.GetString()!);
            else Report(at, $"a text is expected, and it is {KindOf(item)}.");
        }

        return texts;
    }

    public string? Text(JsonElement owner, string name, string path, bool required = true)
    {
        if (!owner.TryGetProperty(name, out var value))
        {
            if (required) Report(path + name, "a text is expected, and there is none.");
            return null;
        }

        // Nextflow's converter writes ids as numbers now and then: the digits are the id.
        if (value.ValueKind is JsonValueKind.String) return value.GetString();
        if (value.ValueKind is JsonValueKind.Number) return value.GetRawText();
        Report(path + name, Expected("a text", owner, name));
        return null;
    }

    /// <summary>A run time in seconds; zero if it is not there.</summary>
    public double Seconds(JsonElement owner, string name, string path)
    {
        if (!owner.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return 0;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var seconds))
        {
            Report(path + name, Expected("a number of seconds", owner, name));
            return 0;
        }

        if (double.IsFinite(seconds) && seconds >= 0) return seconds;
        Report(path + name, $"a run time is 0 or more seconds, and it is {value.GetRawText()}.");
        return 0;
    }

    private static string Expected(string what, JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value)
            ? $"{what} is expected, and it is {KindOf(value)}."
            : $"{what} is expected, and there is none.";

    private static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
