using System.CommandLine;

namespace ActorFlow.Cli;

/// <summary><c>actorflow cancel ID</c>: ends a job that nobody runs.</summary>
internal static class CancelCommand
{
    public static Command Create(Terminal terminal)
    {
        var (id, options) = (CommonOptions.JobId(), new SessionOptions());
        var reason = new Option<string?>("--reason") { Description = "Why, for the report.", HelpName = "TEXT" };
        var command = new Command("cancel", "Cancels an unfinished job.")
        {
            id, options.Data, options.Pool, reason, options.Quiet,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var settings = options.ReadExisting(parsed);
            var job = CommonOptions.ParseJobId(parsed.GetValue(id)!);
            return Session.RunAsync(terminal, settings, async session =>
            {
                await session.CancelAsync(job, parsed.GetValue(reason), cancellationToken).ConfigureAwait(false);
                if (!settings.Quiet) await terminal.Output.WriteLineAsync($"Job {job} is cancelled.")
                    .ConfigureAwait(false);
                return ExitCodes.Success;
            });
        });
        return command;
    }
}
