using System.CommandLine;

namespace ActorFlow.Cli;

/// <summary><c>actorflow show ID</c>: one job as it stands, or its events.</summary>
internal static class ShowCommand
{
    public static Command Create(Terminal terminal)
    {
        var (id, data, json) = (CommonOptions.JobId(), CommonOptions.Data(), CommonOptions.Json());
        var events = new Option<bool>("--events") { Description = "Show every event of the job." };
        var command = new Command("show", "Shows one job, or its events.") { id, events, data, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var archive = JobArchive.Open(parsed.GetValue(data)!);
            var job = await archive.ReadAsync(CommonOptions.ParseJobId(parsed.GetValue(id)!), cancellationToken)
                .ConfigureAwait(false);
            if (parsed.GetValue(events))
            {
                if (parsed.GetValue(json)) terminal.WriteJson(writer => EventLines.WriteJson(writer, job));
                else EventLines.WriteText(terminal.Output, job);
            }
            else if (parsed.GetValue(json))
            {
                terminal.WriteJson(job.Report().WriteJson);
            }
            else
            {
                await terminal.Output.WriteLineAsync(ShortReport.Of(job.Report(), parsed.GetValue(data)!))
                    .ConfigureAwait(false);
            }

            return ExitCodes.Success;
        });
        return command;
    }
}
