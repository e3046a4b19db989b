using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActorFlow.Cli;

/// <summary>A description of a flow or a task, for people.</summary>
internal static class DescriptionText
{
    /// <summary>Writes a description.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="description">What is described.</param>
    /// <param name="mostTasks">How many tasks are listed; the others are counted.</param>
    public static void Write(TextWriter output, JsonObject description, int mostTasks)
    {
        var title = description.ContainsKey("flow")
            ? $"flow {description["flow"]}"
            : $"task {description["task"]}, version {description["version"]}";
        output.WriteLine(description["member"] is { } member ? $"{title} ({member})" : title);
        if (description["description"] is { } text) output.WriteLine($"  {PlainText.OneLine(text.ToString())}");
        if (Listed(description["tags"]) is { } tags) output.WriteLine($"  tags: {tags}");
        WriteInput(output, description);
        if (description["result"] is { } result) output.WriteLine($"gives {result}");
        WriteServices(output, description["services"] as JsonArray ?? []);
        if (description["tasks"] is not JsonArray tasks) return;
        output.WriteLine("tasks:");
        WriteTasks(output, [.. tasks.Take(mostTasks).Cast<JsonObject>()]);
        if (tasks.Count > mostTasks)
            output.WriteLine(
                $"  … and {PlainText.Count(tasks.Count - mostTasks, "more task")}; a pipe gets all of them.");
    }

    private static void WriteInput(TextWriter output, JsonObject description)
    {
        if (description["input"] is not JsonArray { Count: var count } fields)
        {
            output.WriteLine("takes anything");
        }
        else if (count == 0)
        {
            output.WriteLine("takes nothing");
        }
        else
        {
            output.WriteLine("takes:");
            var table = new TextTable("name", "type", "default", "description");
            foreach (var field in fields.Cast<JsonObject>())
                table.Add(
                    Text(field["name"]), Text(field["type"]),
                    field["required"]!.GetValue<bool>() ? "(required)" : field["default"]?.ToJsonString() ?? "null",
                    Text(field["description"]));
            table.WriteText(output, "  ");
        }

        if (!description.ContainsKey("values")) return;
        output.WriteLine("would be given:");
        foreach (var line in (description["values"]?.ToJsonString(Indented) ?? "null").Split('\n'))
            output.WriteLine($"  {line.TrimEnd()}");
    }

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JsonOutput.Indented.Encoder,
    };

    private static void WriteServices(TextWriter output, JsonArray services)
    {
        if (services.Count == 0) return;
        output.WriteLine("services:");
        var table = new TextTable("service", "uses", "as", "with", "seen by");
        foreach (var service in services.Cast<JsonObject>())
            table.Add(
                Text(service["name"]), Text(service["uses"]), Listed(service["as"]),
                service["with"] is JsonObject { Count: > 0 } with ? with.ToJsonString(Compact) : null,
                Listed(service["tasks"]));
        table.WriteText(output, "  ");
    }

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JsonOutput.OneLine.Encoder };

    private static void WriteTasks(TextWriter output, IReadOnlyList<JsonObject> tasks)
    {
        // Few flows have tasks that add others.
        var hasAdded = tasks.Any(task => Listed(task["adds"]) is not null);
        var table = new TextTable(
            ["task", "level", "needs", "gives", .. hasAdded ? ["adds"] : (string[])[], "settings", "description"]);
        foreach (var task in tasks)
            table.Add(
            [
                Text(task["name"]), Text(task["level"]), Listed(task["needs"]), Text(task["gives"]),
                .. hasAdded ? [Listed(task["adds"])] : (string?[])[],
                task["settings"] is JsonObject { Count: > 0 } settings ? settings.ToJsonString() : null,
                Text(task["description"]),
            ]);
        table.WriteText(output, "  ");
    }

    private static string? Text(JsonNode? node) => node?.ToString();

    private static string? Listed(JsonNode? node) =>
        node is JsonArray { Count: > 0 } list ? string.Join(", ", list.Select(Text)) : null;
}
