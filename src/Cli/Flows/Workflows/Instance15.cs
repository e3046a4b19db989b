using System.Text.Json;

namespace ActorFlow.Cli;

/// <summary>WfFormat 1.5: what the tasks are and how they ran are two lists, joined by id.</summary>
internal static class Instance15
{
    public static List<RecordedTask> Read(JsonElement workflow, WorkflowFields found)
    {
        const string Specification = "workflow.specification.";
        const string Execution = "workflow.execution.";
        var runtimes = new Dictionary<string, double>(StringComparer.Ordinal);
        if (workflow.TryGetProperty("execution", out var execution) && execution.ValueKind == JsonValueKind.Object)
            foreach (var (task, path) in found.List(execution, "tasks", Execution, required: false))
                if (task.ValueKind == JsonValueKind.Object && found.Text(task, "id", path + ".") is { } id)
                    runtimes[id] = found.Seconds(task, "runtimeInSeconds", path + ".");
        var tasks = new List<RecordedTask>();
        var specification = found.Object(workflow, "specification", "workflow.");
        foreach (var (task, path) in found.List(specification, "tasks", Specification, required: true))
        {
            if (task.ValueKind != JsonValueKind.Object)
            {
                found.Report(path, "an object is expected.");
                continue;
            }

            if (found.Text(task, "id", path + ".") is not { } id) continue;
            tasks.Add(new RecordedTask(
                id, found.Text(task, "name", path + ".", required: false) ?? id, runtimes.GetValueOrDefault(id),
                found.Texts(task, "parents", path + "."), found.Texts(task, "children", path + ".")));
        }

        return tasks;
    }
}
