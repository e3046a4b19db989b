using System.CommandLine;

namespace ActorFlow.Cli;

/// <summary><c>actorflow retry ID</c>: runs again what failed, or waits for an operator.</summary>
internal static class RetryCommand
{
    public static Command Create(Terminal terminal)
    {
        var (id, options) = (CommonOptions.JobId(), new SessionOptions());
        var command = new Command("retry", "Runs again what is held or, once the job has ended, what did not succeed.")
        {
            id,
        };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var job = CommonOptions.ParseJobId(parsed.GetValue(id)!);
            var settings = options.ReadExisting(parsed);
            return Session.RunAsync(terminal, settings, async session =>
            {
                await RequireRetryableAsync(settings.DataDirectory, job, cancellationToken).ConfigureAwait(false);
                var handle = await session.OpenAsync(job, cancellationToken).ConfigureAwait(false);
                await Session.RetryAsync(handle, cancellationToken).ConfigureAwait(false);
                return await session.FinishAsync([handle]).ConfigureAwait(false);
            });
        });
        return command;
    }

    // Opening a job lets it go on: what cannot be retried is refused before.
    private static async Task RequireRetryableAsync(string data, JobId id, CancellationToken cancellationToken)
    {
        var archive = JobArchive.Open(data);
        await using (archive.ConfigureAwait(false))
        {
            var job = await archive.ReadAsync(id, cancellationToken).ConfigureAwait(false);
            if (!job.State.Phase.HasEnded() && job.State.CountOf(TaskPhase.Held) == 0)
                throw new ActorFlowException(
                    $"Job '{id}' has not ended, and nothing of it is held: there is nothing to retry. To go on with "
                    + $"it: actorflow resume {id}");
        }
    }
}
