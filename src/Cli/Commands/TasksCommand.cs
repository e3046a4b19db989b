using System.CommandLine;
using System.Globalization;

namespace ActorFlow.Cli;

/// <summary>
/// <c>actorflow tasks [PATH]</c>: the task classes of an assembly, or the tasks of flows wherever these are.
/// </summary>
internal static class TasksCommand
{
    public static Command Create(Terminal terminal)
    {
        var (path, data, json) = (CommonOptions.Path(), CommonOptions.Data(), CommonOptions.Json());
        var command = new Command("tasks", "Lists the task classes of an assembly, or the tasks of flows.")
        {
            path, data, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var table = parsed.GetValue(path) is { } found
                ? OfPath(FlowTarget.Parse(found), found)
                : await OfJobsAsync(parsed.GetValue(data)!, cancellationToken).ConfigureAwait(false);
            table.Write(terminal, parsed.GetValue(json), "There are no tasks.");
            return ExitCodes.Success;
        });
        return command;
    }

    private static TextTable OfPath(FlowTarget target, string path) =>
        target is { IsAssembly: true, Name: null } ? OfAssembly(target.Path) : OfFlows(path);

    private static TextTable OfAssembly(string path)
    {
        var table = new TextTable("task", "version", "takes", "gives", "description");
        foreach (var task in new TaskRegistry().AddAssembly(LoadedAssembly.Load(path)).Tasks)
            table.Add(
                task.Name, task.Version.ToString(CultureInfo.InvariantCulture), NameOf(task.InputType),
                NameOf(task.OutputType), task.Description);
        return table;
    }

    private static TextTable OfFlows(string path)
    {
        var table = new TextTable("flow", "task", "level", "needs", "gives", "description");
        foreach (var entry in FlowCatalog.Of(path))
        {
            if (entry.Flow is not { } flow)
            {
                table.Add(entry.Target, null, null, null, null, entry.Problem);
                continue;
            }

            foreach (var (level, tasks) in flow.Levels().Index())
                foreach (var task in tasks)
                    table.Add(
                        flow.Name, task.Name, (level + 1).ToString(CultureInfo.InvariantCulture), NeedsOf(flow, task),
                        task.OutputType, task.Description);
        }

        return table;
    }

    private static async Task<TextTable> OfJobsAsync(string data, CancellationToken cancellationToken)
    {
        await using var archive = JobArchive.Open(data);
        var table = new TextTable("flow", "task");
        foreach (var jobs in FlowCatalog.OfJobs(await archive.ListAsync(cancellationToken).ConfigureAwait(false)))
        {
            var last = await archive.ReadAsync(jobs.Last().Id, cancellationToken).ConfigureAwait(false);
            foreach (var task in last.TaskNames) table.Add(jobs.Key, task);
        }

        return table;
    }

    private static string NameOf(Type type) => new TaskParameter("", type, true).TypeName;

    private static string? NeedsOf(Flow flow, FlowTask task) =>
        string.Join(", ", flow.UpstreamOf(task.Name)) is { Length: > 0 } needs ? needs : null;
}
