using System.CommandLine;

namespace ActorFlow.Cli;

/// <summary><c>actorflow resume [ID]</c>: goes on with what an interruption or a crash left unfinished.</summary>
internal static class ResumeCommand
{
    public static Command Create(Terminal terminal)
    {
        var id = new Argument<string?>("ID")
        {
            Description = "The id of a job (default: all unfinished jobs).",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var (data, parallel, report) = (CommonOptions.Data(), CommonOptions.Parallel(), CommonOptions.Report());
        var (resource, webhook) = (CommonOptions.Resource(), CommonOptions.NotifyWebhook());
        var (quiet, verbose, log) = (CommonOptions.Quiet(), CommonOptions.Verbose(), CommonOptions.Log());
        var command = new Command("resume", "Goes on with one unfinished job, or with all.")
        {
            id, data, parallel, resource, report, webhook, quiet, verbose, log,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var settings = new SessionSettings
            {
                DataDirectory = parsed.GetValue(data)!,
                Parallel = parsed.GetValue(parallel),
                Resources = CommonOptions.ResourcesOf(parsed.GetValue(resource)),
                Quiet = parsed.GetValue(quiet),
                Verbose = parsed.GetValue(verbose),
                LogFile = parsed.GetValue(log),
                NotifyWebhook = parsed.GetValue(webhook),
                MustExist = true,
            };
            var only = parsed.GetValue(id) is { } name ? CommonOptions.ParseJobId(name) : (JobId?)null;
            return Session.RunAsync(terminal, settings, async session =>
            {
                var jobs = await session.ResumeAsync(only, cancellationToken).ConfigureAwait(false);
                return await session.FinishAsync(jobs, parsed.GetValue(report)).ConfigureAwait(false);
            });
        });
        return command;
    }
}
