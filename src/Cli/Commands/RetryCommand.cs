using System.CommandLine;

namespace ActorFlow.Cli;

/// <summary><c>actorflow retry ID</c>: runs again what failed, or waits for an operator.</summary>
internal static class RetryCommand
{
    public static Command Create(Terminal terminal)
    {
        var (id, data, parallel) = (CommonOptions.JobId(), CommonOptions.Data(), CommonOptions.Parallel());
        var resource = CommonOptions.Resource();
        var (report, webhook) = (CommonOptions.Report(), CommonOptions.NotifyWebhook());
        var (quiet, verbose, log) = (CommonOptions.Quiet(), CommonOptions.Verbose(), CommonOptions.Log());
        var command = new Command("retry", "Runs again what failed, was skipped, cancelled or is held; successes stay.")
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
            var job = CommonOptions.ParseJobId(parsed.GetValue(id)!);
            return Session.RunAsync(terminal, settings, async session =>
            {
                var handle = await session.OpenAsync(job, cancellationToken).ConfigureAwait(false);
                await Session.RetryAsync(handle, cancellationToken).ConfigureAwait(false);
                return await session.FinishAsync([handle], parsed.GetValue(report)).ConfigureAwait(false);
            });
        });
        return command;
    }
}
