using System.CommandLine;

namespace ActorFlow.Cli;

/// <summary><c>actorflow retry ID</c>: runs again what failed, or waits for an operator.</summary>
internal static class RetryCommand
{
    public static Command Create(Terminal terminal)
    {
        var (id, options) = (CommonOptions.JobId(), new SessionOptions());
        var command = new Command("retry", "Runs again what failed, was skipped, cancelled or is held; successes stay.")
        {
            id,
        };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var job = CommonOptions.ParseJobId(parsed.GetValue(id)!);
            return Session.RunAsync(terminal, options.ReadExisting(parsed), async session =>
            {
                var handle = await session.OpenAsync(job, cancellationToken).ConfigureAwait(false);
                await Session.RetryAsync(handle, cancellationToken).ConfigureAwait(false);
                return await session.FinishAsync([handle]).ConfigureAwait(false);
            });
        });
        return command;
    }
}
