using System.Text.Json;

namespace ActorFlow.Cli;

/// <summary>
/// WfFormat 1.3 and 1.4: one list of tasks that refer to each other by name, or by the files that they share.
/// </summary>
internal static class Instance14
{
    public static List<RecordedTask> Read(JsonElement workflow, WorkflowFields found)
    {
        var raw = found.Objects(workflow, "tasks", new JsonPlace("workflow."), required: true).ToList();
        var names = raw.ConvertAll(t => found.Text(t.Item, "name", t.Place) ?? "");
        var areUnique = names.Distinct(StringComparer.Ordinal).Count() == names.Count;
        var tasks = new List<RecordedTask>(raw.Count);
        for (var i = 0; i < raw.Count; i++)
        {
            var (task, place) = raw[i];
            var key = areUnique ? names[i] : found.Text(task, "id", place) ?? names[i];
            var runtime = task.TryGetProperty("runtimeInSeconds", out _) ? "runtimeInSeconds" : "runtime";
            tasks.Add(new RecordedTask(
                key, LabelOf(task, names[i]), found.Seconds(task, runtime, place),
                found.Texts(task, "parents", place), found.Texts(task, "children", place)));
        }

        // Nextflow's files list no parents and no children at all: the order is in the files that tasks share.
        var listsNone = tasks.TrueForAll(t => t.Parents is null or [] && t.Children is null or []);
        return listsNone ? SharedFiles.Order(tasks, [.. raw.Select(t => t.Item)], found) : tasks;
    }

    private static string LabelOf(JsonElement task, string name) =>
        task.TryGetProperty("category", out var category) && category.ValueKind == JsonValueKind.String
            ? category.GetString()!
            : name;
}

/// <summary>Finds the order of tasks by their files: who writes a file comes before who reads it.</summary>
internal static class SharedFiles
{
    // Who writes a file and who reads it make as many edges as the product of both: a small file could fill the memory.
    private const int MostEdges = 1_000_000;

    public static List<RecordedTask> Order(List<RecordedTask> tasks, List<JsonElement> raw, WorkflowFields found)
    {
        var edges = 0;
        var writers = new Dictionary<(string Path, string Name), List<int>>();
        for (var i = 0; i < tasks.Count; i++)
            foreach (var file in FilesOf(raw[i], "output").Distinct())
                (writers.TryGetValue(file, out var known) ? known : writers[file] = []).Add(i);
        var ordered = new List<RecordedTask>(tasks.Count);
        for (var i = 0; i < tasks.Count; i++)
        {
            var parents = new HashSet<string>(StringComparer.Ordinal);
            foreach (var file in FilesOf(raw[i], "input").Distinct())
                foreach (var writer in writers.GetValueOrDefault(file) ?? [])
                    if (writer != i) parents.Add(tasks[writer].Key);
            ordered.Add(tasks[i] with { Parents = [.. parents], Children = null });
            if ((edges += parents.Count) <= MostEdges) continue;
            found.Report("workflow.tasks", $"shared files make more than {MostEdges} edges; list parents instead.");
            break;
        }

        return ordered;
    }

    // The name alone is no identity: every task of a kind writes a file of the same name, each somewhere else.
    private static IEnumerable<(string Path, string Name)> FilesOf(JsonElement task, string link)
    {
        if (!task.TryGetProperty("files", out var files) || files.ValueKind != JsonValueKind.Array) yield break;
        foreach (var file in files.EnumerateArray())
            if (file.ValueKind == JsonValueKind.Object && TextOf(file, "link") == link)
                yield return (TextOf(file, "path"), TextOf(file, "name"));
    }

    private static string TextOf(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
