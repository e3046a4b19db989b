using ActorFlow.Actors;
using ActorFlow.Journal;
using Microsoft.Extensions.Logging;

namespace ActorFlow;

/// <summary>Removes the log files of jobs that the journal has forgotten.</summary>
/// <param name="logs">The files.</param>
/// <param name="journal">Knows the jobs that there are.</param>
/// <param name="retention">How long ended jobs are kept: files that are not as old are not looked at.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Hears of what could not be removed.</param>
internal sealed partial class LogUpkeep(
    TaskLogFiles logs, IJournal journal, TimeSpan retention, TimeProvider time, ILogger log)
{
    /// <summary>Looks once.</summary>
    /// <param name="cancellationToken">Leaves the rest for the next time.</param>
    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        try
        {
            // First the files: those of a job that begins only now are not among them.
            var now = time.GetUtcNow();
            var forgotten = retention < now - DateTimeOffset.MinValue ? now - retention : DateTimeOffset.MinValue;
            var old = logs.DirectoriesBefore(forgotten);
            if (old.Count == 0) return;
            var jobs = await journal.ListAsync(cancellationToken).ConfigureAwait(false);
            var known = jobs.Select(job => logs.DirectoryOf(job.Id)).ToHashSet(StringComparer.Ordinal);
            foreach (var directory in old.Where(directory => !known.Contains(directory)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Remove(directory, forgotten);
            }
        }
        catch (Exception e)
        {
            if (!cancellationToken.IsCancellationRequested) CleaningFailed(log, e);
        }
    }

    /// <summary>Removes the files of a job that was just forgotten.</summary>
    public void Remove(JobId job)
    {
        var directory = logs.DirectoryOf(job);
        if (Directory.Exists(directory)) Remove(directory, time.GetUtcNow() - retention);
    }

    // One that cannot be removed keeps no other.
    private void Remove(string directory, DateTimeOffset forgotten)
    {
        try
        {
            TaskLogFiles.Remove(directory, forgotten);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            CleaningFailed(log, e);
        }
    }

    [LoggerMessage(
        127, LogLevel.Warning, "Log files of forgotten jobs could not be removed: no job is hurt, but they stay")]
    private static partial void CleaningFailed(ILogger log, Exception error);
}
