using ActorFlow.Engine;
using ActorFlow.Journal;

namespace ActorFlow.Actors;

/// <summary>How jobs come back from the journal, start again after a defect, and end.</summary>
public sealed partial class JobSystem
{
    /// <summary>A job that fails so often in a row is left alone: what is wrong will not go away by itself.</summary>
    private const int MaxRestarts = 3;

    private volatile bool _isClosing;
    private Promise<bool>? _closed;

    /// <summary>Whether nothing begins any more in this process.</summary>
    internal bool IsClosing => _isClosing;

    /// <summary>What is told to whoever wants something of an engine that is closed, or of one of its jobs.</summary>
    internal static ObjectDisposedException Closed => new(
        null,
        "The engine is closed; a job that had not ended goes on when an engine with the same journal resumes it.");

    /// <summary>Makes sure that the engine takes calls.</summary>
    /// <exception cref="ObjectDisposedException">It closes, or is closed.</exception>
    public void RequireOpen()
    {
        if (_isClosing) throw Closed;
    }

    private async Task<JobRef> LoadAsync(
        JobId id, ExecutableFlow flow, Action<SubmittedJob>? check = null, Message? first = null,
        ChangedFlow changed = ChangedFlow.Refuse)
    {
        RequireOpen();
        var job = new JobRef(this, id, flow);
        var version = await FoldAsync(job, check, first, changed).ConfigureAwait(false);
        if (version is not null) _options.OnActive?.Invoke(new JobActivation(job, version.Value + 1, IsResumed: true));
        return job;
    }

    /// <summary>Makes the job's actor of its events, and lets it go on.</summary>
    /// <param name="job">The job.</param>
    /// <param name="check">Refuses a job that is not the one that was meant, by throwing.</param>
    /// <param name="first">What the job is to hear before anything of it starts.</param>
    /// <param name="changed">What to do if the flow has changed.</param>
    /// <returns>The version that it goes on from; null if it has ended.</returns>
    private async Task<long?> FoldAsync(
        JobRef job, Action<SubmittedJob>? check = null, Message? first = null,
        ChangedFlow changed = ChangedFlow.Refuse)
    {
        var events = await Journal.ReadAsync(job.Id, 1, CancellationToken.None).ConfigureAwait(false);
        if (JobEvents.BeginningOf(events, out _) is not { } begun) throw new JobNotFoundException(job.Id);
        check?.Invoke(begun);
        var same = job.Flow.As(begun);
        if (changed != ChangedFlow.Refuse && begun.FlowFingerprint != same.Definition.Fingerprint)
            return await ReplaceAsync(job, events, changed).ConfigureAwait(false);
        job.Flow = same;
        FlowDifference.RequireSame(begun, job.Flow.Definition);
        var machine = JobHistory.Fold(job.Flow.Definition, events);
        if (!job.HasActor)
            await EndLeftOverAsync(job.Id, machine.State.SubmittedAt, machine.State.OpenAttempts).ConfigureAwait(false);
        // It may have taken a while.
        RequireOpen();
        var actor = new JobActor(job, this, machine);
        var goesOn = !machine.State.Phase.HasEnded();
        // Both are in its mail before anybody else can write to it: nothing starts that recovery takes for lost.
        if (first is not null) actor.Prime(first);
        if (goesOn) actor.Prime(new Recovery());
        Advance(job, machine.State);
        job.Actor = actor;
        // Without mail it is idle, and whoever writes to it first gives it its turn.
        if (goesOn || first is not null) Threads.Supervise(actor);
        return goesOn ? events.Count : null;
    }

    /// <summary>Lets a job go on with the flow that it was opened with, which is not the one that it had.</summary>
    private async Task<long?> ReplaceAsync(
        JobRef job, IReadOnlyList<JobEvent> events, ChangedFlow changed)
    {
        var (past, flow) = (JobPast.Of(events), job.Flow);
        if (past.Phase.HasEnded() || past.Job.FlowName != flow.Definition.Name)
            FlowDifference.RequireSame(past.Job, flow.Definition);
        flow.RequireInput(job.Id, Payloads, past.Job.Input);
        await EndLeftOverAsync(job.Id, past.SubmittedAt, past.OpenAttempts).ConfigureAwait(false);
        RequireOpen();
        var actor = new JobActor(job, this, new JobMachine(flow.Definition, past));
        var ask = new CommandAsk(Threads, at => new JobCommand.ReplaceFlow(at, changed, flow.Kept));
        actor.Prime(ask);
        job.Signals.Advance(actor.State);
        job.Actor = actor;
        Threads.Supervise(actor);
        return await ask.Answered.ConfigureAwait(false) is { } rejection
            ? throw new JobRejectedException(job.Id, rejection.Message)
            : events.Count;
    }

    // Nothing of a lost attempt runs beside the next one.
    private async Task EndLeftOverAsync(JobId job, DateTimeOffset submittedAt, IEnumerable<OpenAttempt> lost)
    {
        var marks = lost.Select(open => AttemptMark.Of(job, submittedAt, open.Task, open.Attempt))
            .ToHashSet(StringComparer.Ordinal);
        if (marks.Count == 0) return;
        var ended = await _options.Processes.EndLeftOverAsync(marks).ConfigureAwait(false);
        if (ended > 0) Log.LeftOverEnded(_log, job.Value, ended);
    }

    /// <summary>There are new events of a job, and they are durable.</summary>
    internal void HasNews(JobActor job)
    {
        // That it began anew is no progress: an attempt whose end is its undoing would run again and again.
        if (!job.Ref.IsRecovering) job.Ref.Restarts = 0;
        job.Ref.IsRecovering = false;
        Advance(job.Ref, job.State);
    }

    /// <summary>A job that has ended is about to go on: who closes the system from here on waits for it.</summary>
    internal void GoesOn(JobRef job) => _active.Add(job);

    private void Advance(JobRef job, JobState state)
    {
        var endedAt = job.Signals.Advance(state);
        if (job.Signals.HasEnded) _active.Release(job);
        if (endedAt is not null)
        {
            // Again: whoever had just opened it may have taken it for one that stays ended.
            _active.Add(job);
            _options.OnActive?.Invoke(new JobActivation(job, endedAt.Value + 1, IsResumed: false));
        }

        job.Signals.Tell(state);
    }

    /// <summary>
    /// An actor has stopped because of an error: what is durable holds, so it is made anew from that.
    /// </summary>
    internal void HasStopped(JobActor actor, Exception error)
    {
        var job = actor.Ref;
        var canRestart = !_isClosing && ++job.Restarts <= MaxRestarts
            && error is not JournalWriteException;
        if (canRestart) _ = RestartAsync(job, error);
        else GiveUp(job, error);
    }

    private async Task RestartAsync(JobRef job, Exception error)
    {
        try
        {
            // One whose submission has failed is nobody's: whoever submits it again gets another actor.
            if (!await _active.HoldsAsync(job).ConfigureAwait(false))
            {
                GiveUp(job, error);
                return;
            }

            Log.JobRestarts(_log, error, job.Id.Value);
            await FoldAsync(job).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            GiveUp(job, e);
        }
    }

    private void GiveUp(JobRef job, Exception error)
    {
        _active.Drop(job);
        job.Signals.Fail(error);
        if (!_isClosing) Log.JobGivenUp(_log, error, job.Id.Value);
    }

    /// <summary>
    /// Ends this process's part of all jobs: nothing new starts, and what runs may end in peace for a while.
    /// </summary>
    /// <param name="patience">How long to wait for running attempts before they are asked to stop.</param>
    /// <param name="grace">How long to wait for them then. What still runs is lost, and runs again on resume.</param>
    /// <param name="hurry">Ends the patience early.</param>
    /// <remarks>Whoever comes while others do so waits with them, as long as the first has said.</remarks>
    public async Task DrainAsync(TimeSpan patience, TimeSpan grace, CancellationToken hurry = default)
    {
        var own = new Promise<bool>(Threads);
        if (Interlocked.CompareExchange(ref _closed, own, null) is { } earlier)
        {
            await earlier.Task.ConfigureAwait(false);
            return;
        }

        try
        {
            await EndAllAsync(patience, grace, hurry).ConfigureAwait(false);
        }
        finally
        {
            own.Keep(true);
        }
    }

    private async Task EndAllAsync(TimeSpan patience, TimeSpan grace, CancellationToken hurry)
    {
        _isClosing = true;
        _watchdog.Dispose();
        // From here on none is made: those that just are were let in before.
        var jobs = _active.AllToCome;
        var drained = Task.WhenAll(jobs.Select(DrainAsync));
        if (await EndsWithin(drained, patience, hurry).ConfigureAwait(false)) return;
        var interrupted = Task.WhenAll(jobs.Select(InterruptAsync));
        await EndsWithin(Task.WhenAll(drained, interrupted), grace, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Closes; if it was not drained before, what runs is asked to stop and given 5 seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        await DrainAsync(TimeSpan.Zero, TimeSpan.FromSeconds(5)).ConfigureAwait(false);
        // What was asked to end and does not heed it must not outlive this process.
        _options.Processes.Dispose();
        foreach (var job in ActiveJobs) job.Post(new Closing());
        try
        {
            await Journal.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            Threads.Dispose();
            (Alarms as AlarmClock)?.Dispose();
        }
    }

    private async Task DrainAsync(Task<JobRef> made)
    {
        if (await OrNoneAsync(made).ConfigureAwait(false) is not { } job) return;
        var draining = new Draining(Threads);
        job.Post(draining);
        await draining.Drained.ConfigureAwait(false);
    }

    private static async Task InterruptAsync(Task<JobRef> made) =>
        (await OrNoneAsync(made).ConfigureAwait(false))?.Post(new Interruption());

    private static async Task<JobRef?> OrNoneAsync(Task<JobRef> made)
    {
        try
        {
            return await made.ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whoever asked for it has heard why it could not be made.
            return null;
        }
    }

    private async Task<bool> EndsWithin(Task task, TimeSpan span, CancellationToken hurry)
    {
        if (task.IsCompleted) return true;
        if (span <= TimeSpan.Zero) return false;
        try
        {
            await task.WaitAsync(Timers.Bounded(span), Time, hurry).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }
}
