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

    public JsonElement Object(JsonElement owner, string name, JsonPlace place)
    {
        if (owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object) return value;
        Report($"{place}{name}", Expected("an object", owner, name));
        return Nothing;
    }

    /// <summary>The objects of a list.</summary>
    public IEnumerable<(JsonElement Item, JsonPlace Place)> Objects(
        JsonElement owner, string name, JsonPlace place, bool required)
    {
        if (!IsList(owner, name, place, required)) yield break;
        var path = $"{place}{name}";
        var index = 0;
        foreach (var item in owner.GetProperty(name).EnumerateArray())
        {
            var at = new JsonPlace(path, index++);
            if (item.ValueKind == JsonValueKind.Object) yield return (item, at);
            else Report($"{path}[{at.Index}]", $"an object is expected, and it is {KindOf(item)}.");
        }
    }

    /// <summary>A list of texts; null if the field is not there.</summary>
    public IReadOnlyList<string>? Texts(JsonElement owner, string name, JsonPlace place)
    {
        if (!owner.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (!IsList(owner, name, place, required: false)) return [];
        var texts = new List<string>(value.GetArrayLength());
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String) texts.Add(item.GetString()!);
            else Report($"{place}{name}[{index}]", $"a text is expected, and it is {KindOf(item)}.");
            index++;
        }

        return texts;
    }

    private bool IsList(JsonElement owner, string name, JsonPlace place, bool required)
    {
        if (!owner.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            if (required) Report($"{place}{name}", "a list is expected, and there is none.");
            return false;
        }

        if (value.ValueKind == JsonValueKind.Array) return true;
        Report($"{place}{name}", Expected("a list", owner, name));
        return false;
    }

    public string? Text(JsonElement owner, string name, JsonPlace place, bool required = true)
    {
        if (!owner.TryGetProperty(name, out var value))
        {
            if (required) Report($"{place}{name}", "a text is expected, and there is none.");
            return null;
        }

        // Nextflow's converter writes ids as numbers now and then: the digits are the id.
        if (value.ValueKind is JsonValueKind.String) return value.GetString();
        if (value.ValueKind is JsonValueKind.Number) return value.GetRawText();
        Report($"{place}{name}", Expected("a text", owner, name));
        return null;
    }

    /// <summary>A run time in seconds; zero if it is not there.</summary>
    public double Seconds(JsonElement owner, string name, JsonPlace place)
    {
        if (!owner.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return 0;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var seconds))
        {
            Report($"{place}{name}", Expected("a number of seconds", owner, name));
            return 0;
        }

        if (double.IsFinite(seconds) && seconds >= 0) return seconds;
        Report($"{place}{name}", $"a run time is 0 or more seconds, and it is {value.GetRawText()}.");
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
