using Microsoft.Extensions.Logging;

namespace ActorFlow;

/// <summary>Tells one observer of one job's events, from the journal, at its own pace.</summary>
internal sealed class ObserverPump(JobHandle job, JobObserver observer, ILogger log)
{
    private JobGraph _graph = new(job.Flow);

    // The last failure of each task that has not ended.
    private readonly Dictionary<int, Failure> _failures = [];

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
                await TellAsync(stop => observer.OnJobStartedAsync(job, stop), cancellationToken)
                    .ConfigureAwait(false);
            var events = job.ReadEventsAsync(fromVersion, cancellationToken);
            await foreach (var fact in events.ConfigureAwait(false))
            {
                next++;
                await TellAsync(fact, cancellationToken).ConfigureAwait(false);
                // If it goes on, that is told by another pump.
                if (fact is JobEvent.JobEnded) return;
                cancellationToken.ThrowIfCancellationRequested();
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
            {
                await TellAsync(fact, CancellationToken.None).ConfigureAwait(false);
                if (fact is JobEvent.JobEnded) return;
            }
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
        // What came before the flow was replaced is about another graph.
        JobEvents.BeginningOf(events, out var beginning);
        for (var i = beginning; i < Math.Min(before - 1, events.Count); i++) Grow(events[i]);
    }

    private void Grow(JobEvent fact)
    {
        if (JobEvents.BeginningIn(fact) is { } begun)
        {
            _graph = new JobGraph(job.Flow);
            foreach (var scope in begun.Taken?.Scopes ?? []) _graph.Grow(scope.Owner, scope.Expansion);
        }

        if (fact is JobEvent.TaskExpanded e) _graph.Grow(e.Task, e.Expansion);
    }

    private async Task TellAsync(JobEvent fact, CancellationToken closing)
    {
        Grow(fact);
        await TellAsync(stop => observer.OnEventAsync(job, fact, stop), closing).ConfigureAwait(false);
        await TellAsync(stop => DispatchAsync(fact, stop), closing).ConfigureAwait(false);
    }

    // Each call for itself: one that throws, or that the close of the engine ends, takes no other with it.
    private async Task TellAsync(Func<CancellationToken, ValueTask> tell, CancellationToken closing)
    {
        // What is told only now is told still.
        var stop = closing.IsCancellationRequested ? CancellationToken.None : closing;
        try
        {
            await tell(stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            ObserverLog.ObserverThrew(log, e, observer.GetType().Name, job.Id.Value);
        }
        catch (OperationCanceledException)
        {
            // It was asked to end.
        }
    }

    private ValueTask DispatchAsync(JobEvent fact, CancellationToken stop) => fact switch
    {
        JobEvent.JobSubmitted or JobEvent.JobReopened => observer.OnJobStartedAsync(job, stop),
        JobEvent.JobPaused => observer.OnJobPausedAsync(job, stop),
        JobEvent.JobContinued => observer.OnJobContinuedAsync(job, stop),
        JobEvent.JobStopping e => observer.OnJobStoppingAsync(job, e.Outcome, e.Reason, stop),
        JobEvent.JobEnded e => observer.OnJobEndedAsync(job, e.Outcome, stop),
        JobEvent.TaskStarted e => StartedAsync(e, stop),
        JobEvent.AttemptStopping e => observer.OnAttemptStoppingAsync(job, Task(e.Task), e.Attempt, e.Reason, stop),
        JobEvent.AttemptAbandoned e => observer.OnAttemptAbandonedAsync(job, Task(e.Task), e.Attempt, stop),
        JobEvent.AttemptNoted { Notes.Reused: { } reused } e => ReusedAsync(e, reused, stop),
        JobEvent.TaskMarked e => MarkedAsync(e, stop),
        JobEvent.AttemptFailed e => FailedAsync(e, stop),
        JobEvent.RetryScheduled e => observer.OnRetryAsync(job, Task(e.Task), e.DueAt, e.Reason, stop),
        JobEvent.TaskHeld e => observer.OnTaskHeldAsync(job, Task(e.Task), e.Reason, stop),
        JobEvent.TaskSkipped e => SkippedAsync(e, stop),
        JobEvent.TaskSucceeded e => SucceededAsync(e, stop),
        JobEvent.TaskIgnored e => EndedAsync(e.Task, TaskPhase.Succeeded, fact, stop),
        JobEvent.TaskFailed e => EndedAsync(e.Task, TaskPhase.Failed, fact, stop),
        JobEvent.TaskCancelled e => EndedAsync(e.Task, TaskPhase.Cancelled, fact, stop),
        _ => default,
    };

    private async ValueTask StartedAsync(JobEvent.TaskStarted e, CancellationToken closing)
    {
        var (task, failure) = (Task(e.Task), _failures.GetValueOrDefault(e.Task));
        if (IsRetry(e.Task, e.Attempt))
            await TellAsync(stop => observer.OnRetryStartedAsync(job, task, e.Attempt, failure, stop), closing)
                .ConfigureAwait(false);
        await TellAsync(stop => observer.OnTaskStartedAsync(job, task, e.Attempt, stop), closing)
            .ConfigureAwait(false);
    }

    // A task that adds to its job has an attempt for each step.
    private bool IsRetry(int task, int attempt) =>
        attempt > 1 && (!Task(task).MayGrow || _failures.ContainsKey(task));

    private async ValueTask FailedAsync(JobEvent.AttemptFailed e, CancellationToken closing)
    {
        var (task, wasRetry) = (Task(e.Task), IsRetry(e.Task, e.Attempt));
        _failures[e.Task] = e.Failure;
        await TellAsync(stop => observer.OnAttemptFailedAsync(job, task, e.Attempt, e.Failure, stop), closing)
            .ConfigureAwait(false);
        if (wasRetry)
            await TellAsync(stop => observer.OnRetryEndedAsync(job, task, e.Attempt, succeeded: false, stop), closing)
                .ConfigureAwait(false);
    }

    private async ValueTask SucceededAsync(JobEvent.TaskSucceeded e, CancellationToken closing)
    {
        var wasRetry = IsRetry(e.Task, e.Attempt);
        await TellAsync(stop => EndedAsync(e.Task, TaskPhase.Succeeded, e, stop), closing).ConfigureAwait(false);
        if (wasRetry)
            await TellAsync(
                stop => observer.OnRetryEndedAsync(job, Task(e.Task), e.Attempt, succeeded: true, stop), closing)
                .ConfigureAwait(false);
    }

    private async ValueTask MarkedAsync(JobEvent.TaskMarked e, CancellationToken closing)
    {
        foreach (var marker in e.Markers)
            await TellAsync(stop => observer.OnMarkerAsync(job, Task(e.Task), e.Attempt, marker, stop), closing)
                .ConfigureAwait(false);
    }

    private ValueTask ReusedAsync(JobEvent.AttemptNoted e, Reuse reused, CancellationToken stop) =>
        reused.Source == ReuseSource.Cache
            ? observer.OnCacheHitAsync(job, Task(e.Task), e.Attempt, reused.Key, stop)
            : observer.OnUpToDateAsync(job, Task(e.Task), e.Attempt, stop);

    private async ValueTask SkippedAsync(JobEvent.TaskSkipped e, CancellationToken closing)
    {
        var cause = e.Cause >= 0 ? Task(e.Cause) : null;
        await TellAsync(stop => observer.OnTaskSkippedAsync(job, Task(e.Task), e.Reason, cause, stop), closing)
            .ConfigureAwait(false);
        await TellAsync(stop => EndedAsync(e.Task, TaskPhase.Skipped, e, stop), closing).ConfigureAwait(false);
    }

    private ValueTask EndedAsync(int task, TaskPhase outcome, JobEvent fact, CancellationToken stop)
    {
        _failures.Remove(task);
        return observer.OnTaskEndedAsync(job, Task(task), outcome, fact, stop);
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

    [LoggerMessage(108, LogLevel.Warning, "Observers have not returned, and the closing engine waits no longer")]
    public static partial void ObserversGivenUp(ILogger log);

    [LoggerMessage(104, LogLevel.Warning, "Observer {Observer} threw when the engine started or stopped")]
    public static partial void ObserverThrewForEngine(ILogger log, Exception error, string observer);
}
