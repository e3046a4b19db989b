using System.CommandLine;

namespace ActorFlow.Cli;

/// <summary><c>actorflow report ID</c>: the report of a job, for people or programs.</summary>
internal static class ReportCommand
{
    public static Command Create(Terminal terminal)
    {
        var (id, data, json) = (CommonOptions.JobId(), CommonOptions.Data(), CommonOptions.Json());
        var format = new Option<string>("--format")
        {
            Description = "text or json (default: text).",
            DefaultValueFactory = _ => "text",
            HelpName = "text|json",
        };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("report", "Prints the report of a job.") { id, format, data, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var archive = JobArchive.Open(parsed.GetValue(data)!);
            var job = await archive.ReadAsync(CommonOptions.ParseJobId(parsed.GetValue(id)!), cancellationToken)
                .ConfigureAwait(false);
            var report = JobReport.Of(job.State);
            if (parsed.GetValue(json) || parsed.GetValue(format) == "json") terminal.WriteJson(report.WriteJson);
            else await terminal.Output.WriteLineAsync(report.ToText(int.MaxValue)).ConfigureAwait(false);
            return ExitCodes.Success;
        });
        return command;
    }
}
