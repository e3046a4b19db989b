using System.Text.Json;

namespace ActorFlow.Cli;

/// <summary>WfFormat 1.5: what the tasks are and how they ran are two lists, joined by id.</summary>
internal static class Instance15
{
    private static readonly JsonPlace Workflow = new("workflow.");
    private static readonly JsonPlace Specification = new("workflow.specification.");
    private static readonly JsonPlace Execution = new("workflow.execution.");

    public static List<RecordedTask> Read(JsonElement workflow, WorkflowFields found)
    {
        var runtimes = ReadRuntimes(workflow, found);
        var tasks = new List<RecordedTask>();
        var specification = found.Object(workflow, "specification", Workflow);
        foreach (var (task, place) in found.Objects(specification, "tasks", Specification, required: true))
        {
            if (found.Text(task, "id", place) is not { } id) continue;
            tasks.Add(new RecordedTask(
                id, found.Text(task, "name", place, required: false) ?? id, runtimes.GetValueOrDefault(id),
                found.Texts(task, "parents", place), found.Texts(task, "children", place)));
        }

        return tasks;
    }

    private static Dictionary<string, double> ReadRuntimes(JsonElement workflow, WorkflowFields found)
    {
        var runtimes = new Dictionary<string, double>(StringComparer.Ordinal);
        if (workflow.TryGetProperty("execution", out var execution) && execution.ValueKind == JsonValueKind.Object)
            foreach (var (task, place) in found.Objects(execution, "tasks", Execution, required: false))
                if (found.Text(task, "id", place) is { } id)
                    runtimes[id] = found.Seconds(task, "runtimeInSeconds", place);
        return runtimes;
    }
}
