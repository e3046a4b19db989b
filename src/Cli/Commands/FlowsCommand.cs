using System.CommandLine;

namespace ActorFlow.Cli;

/// <summary><c>actorflow flows [PATH]</c>: the flows of files, of an assembly, or of a data directory.</summary>
internal static class FlowsCommand
{
    public static Command Create(Terminal terminal)
    {
        var (path, data, json) = (CommonOptions.Path(), CommonOptions.Data(), CommonOptions.Json());
        var command = new Command("flows", "Lists the flows of a file, a folder, an assembly or a data directory.")
        {
            path, data, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var table = parsed.GetValue(path) is { } found
                ? OfPath(found)
                : await OfJobsAsync(parsed.GetValue(data)!, cancellationToken).ConfigureAwait(false);
            table.Write(terminal, parsed.GetValue(json), "There are no flows.");
            return ExitCodes.Success;
        });
        return command;
    }

    private static TextTable OfPath(string path)
    {
        var table = new TextTable("flow", "tasks", "takes", "target", "tags", "description");
        foreach (var (target, flow, problem) in FlowCatalog.Of(path).Select(e => (e, e.Flow, e.Problem)))
            table.Add(
                flow?.Name ?? target.Library, flow?.Tasks.Count, target.Takes,
                target.Target, flow is { Tags.Count: > 0 } ? string.Join(", ", flow.Tags) : null,
                flow?.Description ?? problem);
        return table;
    }

    private static async Task<TextTable> OfJobsAsync(string data, CancellationToken cancellationToken)
    {
        await using var archive = JobArchive.Open(data);
        var table = new TextTable("flow", "jobs", "unfinished", "last");
        foreach (var jobs in FlowCatalog.OfJobs(await archive.ListAsync(cancellationToken).ConfigureAwait(false)))
            table.Add(
                jobs.Key,
                jobs.Count(),
                jobs.Count(job => job is { Outcome: null, Problem: null }),
                jobs.Last().Id.Value);
        return table;
    }
}
