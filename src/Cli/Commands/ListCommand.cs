using System.CommandLine;

namespace ActorFlow.Cli;

/// <summary><c>actorflow list</c>: the jobs of a data directory, a line each.</summary>
internal static class ListCommand
{
    public static Command Create(Terminal terminal)
    {
        var (data, json) = (CommonOptions.Data(), CommonOptions.Json());
        var command = new Command("list", "Lists the jobs of a data directory.") { data, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var archive = JobArchive.Open(parsed.GetValue(data)!);
            var jobs = await archive.ListWithProgressAsync(cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json)) terminal.WriteJson(writer => JobLines.WriteJson(writer, jobs));
            else JobLines.WriteText(terminal.Output, jobs);
            foreach (var job in jobs.Select(listed => listed.Job).Where(job => job.Problem is not null))
                terminal.Errors.WriteLine($"actorflow: Job '{job.Id}' cannot be read: {job.Problem}");
            return ExitCodes.Success;
        });
        return command;
    }
}
