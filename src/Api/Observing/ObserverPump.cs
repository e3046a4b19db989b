using Microsoft.Extensions.Logging;

namespace ActorFlow;

/// <summary>Tells the observers of one job's events, from the journal, at their own pace.</summary>
internal sealed class ObserverPump(JobHandle job, IReadOnlyList<JobObserver> observers, ILogger log)
{
    private readonly JobGraph _graph = new(job.Flow);

    /// <summary>Follows the job to its end.</summary>
    /// <param name="fromVersion">The first event to tell of.</param>
    /// <param name="isResumed">Whether the job goes on in this process, which no event says.</param>
    /// <param name="cancellationToken">The engine closes.</param>
    public async Task RunAsync(long fromVersion, bool isResumed, CancellationToken cancellationToken)
    {
        var next = fromVersion;
        try
        {
            await GrowAsync(fromVersion).ConfigureAwait(false);
            if (isResumed)
                await TellAsync(o => o.OnJobStartedAsync(job, cancellationToken)).ConfigureAwait(false);
            var events = job.ReadEventsAsync(fromVersion, cancellationToken);
            await foreach (var fact in events.ConfigureAwait(false))
            {
                next++;
                await TellAsync(fact, cancellationToken).ConfigureAwait(false);
                // If it goes on, that is told by another pump.
                if (fact is JobEvent.JobEnded) return;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await CatchUpAsync(next).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            ObserverLog.PumpStopped(log, e, job.Id.Value);
        }
    }

    // The engine closes: nothing more will come, and what has happened is still told.
    private async Task CatchUpAsync(long next)
    {
        try
        {
            foreach (var fact in await job.ReadSoFarAsync(next).ConfigureAwait(false))
                await TellAsync(fact, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            ObserverLog.PumpStopped(log, e, job.Id.Value);
        }
    }

    // What is told of later may be about tasks that were added before.
    private async Task GrowAsync(long before)
    {
        if (before <= 1 || !job.Flow.MayGrow) return;
        var events = await job.ReadSoFarAsync(1).ConfigureAwait(false);
        foreach (var fact in events.Take((int)Math.Min(before - 1, events.Count))) Grow(fact);
    }

    private void Grow(JobEvent fact)
    {
        if (fact is JobEvent.TaskExpanded e) _graph.Grow(e.Task, e.Expansion);
    }

    private async Task TellAsync(JobEvent fact, CancellationToken cancellationToken)
    {
        Grow(fact);
        foreach (var observer in observers)
        {
            try
            {
                await observer.OnEventAsync(job, fact, cancellationToken).ConfigureAwait(false);
                await DispatchAsync(observer, fact, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                ObserverLog.ObserverThrew(log, e, observer.GetType().Name, job.Id.Value);
            }
        }
    }

    private async Task TellAsync(Func<JobObserver, ValueTask> tell)
    {
        foreach (var observer in observers)
        {
            try
            {
                await tell(observer).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                ObserverLog.ObserverThrew(log, e, observer.GetType().Name, job.Id.Value);
            }
        }
    }

    private ValueTask DispatchAsync(JobObserver observer, JobEvent fact, CancellationToken cancellationToken)
    {
        return fact switch
        {
            JobEvent.JobSubmitted or JobEvent.JobReopened => observer.OnJobStartedAsync(job, cancellationToken),
            JobEvent.JobEnded e => observer.OnJobEndedAsync(job, e.Outcome, cancellationToken),
            JobEvent.TaskStarted e => observer.OnTaskStartedAsync(job, Task(e.Task), e.Attempt, cancellationToken),
            JobEvent.AttemptFailed e =>
                observer.OnAttemptFailedAsync(job, Task(e.Task), e.Attempt, e.Failure, cancellationToken),
            JobEvent.RetryScheduled e => observer.OnRetryAsync(job, Task(e.Task), e.DueAt, e.Reason, cancellationToken),
            JobEvent.TaskMarked e => MarkedAsync(observer, e, cancellationToken),
            JobEvent.TaskSkipped e => SkippedAsync(observer, e, cancellationToken),
            JobEvent.TaskSucceeded or JobEvent.TaskIgnored => Ended(TaskPhase.Succeeded),
            JobEvent.TaskFailed => Ended(TaskPhase.Failed),
            JobEvent.TaskCancelled => Ended(TaskPhase.Cancelled),
            _ => default,
        };

        ValueTask Ended(TaskPhase outcome) =>
            observer.OnTaskEndedAsync(job, Task(JobEvents.TaskOf(fact)), outcome, fact, cancellationToken);
    }

    private async ValueTask MarkedAsync(
        JobObserver observer, JobEvent.TaskMarked e, CancellationToken cancellationToken)
    {
        foreach (var marker in e.Markers)
            await observer.OnMarkerAsync(job, Task(e.Task), e.Attempt, marker, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask SkippedAsync(
        JobObserver observer, JobEvent.TaskSkipped e, CancellationToken cancellationToken)
    {
        var cause = e.Cause >= 0 ? Task(e.Cause) : null;
        await observer.OnTaskSkippedAsync(job, Task(e.Task), e.Reason, cause, cancellationToken).ConfigureAwait(false);
        await observer.OnTaskEndedAsync(job, Task(e.Task), TaskPhase.Skipped, e, cancellationToken)
            .ConfigureAwait(false);
    }

    private FlowTask Task(int number) => _graph[number];
}

/// <summary>What the pumps log, with stable event ids.</summary>
internal static partial class ObserverLog
{
    [LoggerMessage(101, LogLevel.Warning, "Observer {Observer} threw for job {JobId}; the job is not affected")]
    public static partial void ObserverThrew(ILogger log, Exception error, string observer, string jobId);

    [LoggerMessage(102, LogLevel.Error, "Observers of job {JobId} hear no more: its events could not be read")]
    public static partial void PumpStopped(ILogger log, Exception error, string jobId);
}
