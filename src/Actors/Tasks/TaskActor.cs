using ActorFlow.Engine;

namespace ActorFlow.Actors;

/// <summary>How an attempt left its worker's thread.</summary>
internal enum AttemptRun
{
    /// <summary>It has ended and reported.</summary>
    Ended,

    /// <summary>It goes on without the thread and reports later.</summary>
    GoesOn,

    /// <summary>It came back after it was abandoned: its slot and its thread's place are taken.</summary>
    WasAbandoned,
}

/// <summary>
/// Runs one attempt and reports how it ended: the message is the actor itself, so a report allocates nothing.
/// </summary>
/// <remarks>There is one per running attempt; job actors use theirs again and again.</remarks>
internal sealed partial class TaskActor : Message
{
    private const int Queued = 0;
    private const int Running = 1;
    private const int Reported = 2;
    private const int Abandoned = 3;
    private const int Waiting = 4;

    private readonly JobActor _job;
    private TaskBody _body = null!;
    private JobScope? _scope;
    private ExpansionOutcome? _lastStep;
    private object? _instead;
    private AttemptResources? _resources;
    private TaskContext? _context;
    private CancellationTokenSource? _stop;
    private volatile ResourcePools.Holding? _held;
    private volatile bool _stopAsked;
    private volatile bool _holdsThread;
    private int _standing;

    public TaskActor(JobActor job) => _job = job;

    /// <summary>Where it is among the task actors of the job.</summary>
    public int Place;

    /// <summary>The one behind it in a line; only while it waits in one.</summary>
    public TaskActor? Behind;

    /// <summary>The task's number.</summary>
    public int Task { get; private set; }

    public FlowTask Definition => _scope is null ? _job.Flow.Tasks[Task] : _scope.TaskAt(Task);

    /// <summary>How the last expansion came out which the task waited for; null if there was none.</summary>
    public ExpansionOutcome? LastStep => _lastStep;

    /// <summary>Whether it takes a slot of its pool: one that waits for what it added does not.</summary>
    public bool HoldsSlot { get; private set; }

    public int Attempt { get; private set; }

    public Pool Pool { get; private set; } = null!;

    /// <summary>The output, once it has succeeded.</summary>
    public Payload? Output { get; private set; }

    /// <summary>Why it did not succeed, once it has ended otherwise.</summary>
    public Failure? Failure { get; private set; }

    public IPayloadCodec Payloads => _job.System.Payloads;

    public Payload JobInput => _scope is null
        ? _job.State.Submitted!.Input
        : _scope.InputOf(Task, _job.State.OutputOf);

    public TaskContext Context => _context ??= new TaskContext(Resources);

    /// <summary>The resources that it holds; null if its task needs none.</summary>
    public ResourcePools.Holding? Held => _held;

    /// <summary>Made when the body first asks: most never do.</summary>
    public CancellationToken CancellationToken
    {
        get
        {
            if (_stop is null) Interlocked.CompareExchange(ref _stop, new CancellationTokenSource(), null);
            if (_stopAsked) _stop.Cancel();
            return _stop.Token;
        }
    }

    private AttemptResources Resources => _resources ??= new AttemptResources(this, _job, Definition, Attempt);

    /// <summary>Takes up a new attempt.</summary>
    public TaskActor Begin(int task, int attempt, TaskBody body, Pool pool)
    {
        Task = task;
        Attempt = attempt;
        // Most are what they were: a reference costs more to write than to compare.
        if (!ReferenceEquals(_body, body)) _body = body;
        if (!ReferenceEquals(Pool, pool)) Pool = pool;
        _standing = Queued;
        HoldsSlot = true;
        (_scope, _lastStep, RecordedExpansions) = (null, null, 0);
        var state = _job.State;
        if (task >= state.Flow.Tasks.Count) _scope = state.Graph.ScopeOf(task);
        if (state.Graph.Scopes.Count > 0) LookBack(state);
        LookUpstream(state);
        HasFailedAtWork = state.HasFailedAtWork(task);
        return this;
    }

    /// <summary>Runs the attempt on a worker's thread.</summary>
    public AttemptRun Execute()
    {
        _holdsThread = true;
        // Abandoned before its turn had come: whoever did it takes no notice of it any more.
        if (Interlocked.CompareExchange(ref _standing, Running, Queued) != Queued) return AttemptRun.Ended;
        try
        {
            var run = _stopAsked ? throw new OperationCanceledException() : RunBody();
            if (!run.IsCompleted)
            {
                _holdsThread = false;
                _ = AwaitAsync(run);
                return AttemptRun.GoesOn;
            }

            return Report(Limited(run.GetAwaiter().GetResult()), null, onWorker: true);
        }
        catch (Exception e)
        {
            return Report(null, FailureOf(e), onWorker: true);
        }
    }

    private ValueTask<Payload> RunBody() =>
        _job.Effects.TakesResources && Definition.Policy.Needs is { Count: > 0 } needs
            ? RunHoldingAsync(needs)
            : _body.RunAsync(new TaskCall(this));

    // Around the body, and not with the slot: slots are handed out one by one, before it is known for which task, and
    // the pure core would need a second scheduler for several units of several resources. The queue of the resources is
    // as fair, over all jobs; the attempt keeps its slot meanwhile, so that those who hold units never wait for one.
    private async ValueTask<Payload> RunHoldingAsync(ResourceNeeds needs)
    {
        using var held = await _job.System.Resources.TakeAsync(needs, CancellationToken).ConfigureAwait(false);
        _held = held;
        // Abandoned meanwhile: whoever did it may not have seen what is held.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _standing) == Abandoned) throw new OperationCanceledException();
        return await _body.RunAsync(new TaskCall(this)).ConfigureAwait(false);
    }

    private async Task AwaitAsync(ValueTask<Payload> run)
    {
        try
        {
            Report(Limited(await run.ConfigureAwait(false)), null, onWorker: false);
        }
        catch (Exception e)
        {
            Report(null, FailureOf(e), onWorker: false);
        }
    }

    // A body may make its payload itself; null stands for none.
    private static Payload Limited(Payload? output) =>
        output is null ? Payload.None : PayloadException.RequireSize(output, typeof(Payload));

    /// <summary>Asks the attempt to stop.</summary>
    public void Stop()
    {
        _stopAsked = true;
        Interlocked.MemoryBarrier();
        if (_stop is not { } stop) return;
        var (task, attempt) = (Definition.Name, Attempt);
        _job.System.Threads.RunAside(() =>
        {
            try
            {
                stop.Cancel();
            }
            catch (Exception e)
            {
                // What a user has registered with the token threw; the others were called all the same.
                _job.System.NoteCallbackThrew(_job, task, attempt, e);
            }
        });
    }

    /// <summary>It waits for what it has added: its slot goes to another, and need not be had again.</summary>
    /// <returns>False if it holds none any more.</returns>
    public bool TryLeaveSlot()
    {
        if (Interlocked.CompareExchange(ref _standing, Waiting, Running) != Running) return false;
        HoldsSlot = false;
        Pool.Ended();
        return true;
    }

    /// <summary>Nobody waits for the attempt any more, and its slot goes to another.</summary>
    /// <returns>False if it has just reported.</returns>
    public bool TryAbandon()
    {
        if (Interlocked.CompareExchange(ref _standing, Abandoned, Queued) == Queued) return true;
        var wasWaiting = Interlocked.CompareExchange(ref _standing, Abandoned, Waiting) == Waiting;
        if (!wasWaiting && Interlocked.CompareExchange(ref _standing, Abandoned, Running) != Running) return false;
        _held?.Dispose();
        if (!wasWaiting) Pool.Abandoned(_holdsThread);
        return true;
    }

    private AttemptRun Report(Payload? output, Failure? failure, bool onWorker)
    {
        if (_resources is not null) failure = GiveBack(failure);
        // From the post on the actor may be at its next attempt: nothing here is touched after it.
        var standing = Interlocked.CompareExchange(ref _standing, Reported, Running);
        if (standing == Waiting) standing = Interlocked.CompareExchange(ref _standing, Reported, Waiting);
        // One that waited had left its slot before, and nobody took the place of its thread for it.
        if (standing is not (Running or Waiting)) return HoldsSlot ? AttemptRun.WasAbandoned : AttemptRun.GoesOn;
        Output = failure is null ? output : null;
        Failure = failure;
        At = _job.System.Time.GetUtcNow();
        // One that waited for what it added has given its slot back before.
        var run = standing == Running ? AttemptRun.Ended : AttemptRun.GoesOn;
        if (onWorker)
        {
            _job.PostLast(this);
            return run;
        }

        if (standing == Running) Pool.Ended();
        _job.Post(this);
        return run;
    }

    private Failure FailureOf(Exception exception) =>
        Failures.Of(exception, _job.System.RecordsStackTraces);

    private Failure? GiveBack(Failure? failure)
    {
        try
        {
            if (failure is not null) failure = _resources!.Explain(failure);
            _resources!.Dispose();
            return failure;
        }
        catch (Exception e)
        {
            return failure ?? FailureOf(e);
        }
    }

    public override void Deliver(JobActor job)
    {
        if (Output is not null && _instead is null)
        {
            job.OutputBytes += Output.Json.Length;
            job.Machine.Complete(At, Task, Attempt, Output, job.Step);
        }
        else if (Output is not null)
        {
            job.Decide(Instead(job, _instead!));
        }
        else if (!job.Effects.IsInterrupted)
        {
            job.Decide(new JobCommand.FailAttempt(At, Task, Attempt, Failure!));
        }

        job.Effects.HasEnded(this);
    }

    private JobCommand Instead(JobActor job, object instead)
    {
        switch (instead)
        {
            case Expansion expansion:
                job.OutputBytes += expansion.Size;
                return new JobCommand.ExpandAttempt(At, Task, Attempt, expansion);
            case AttemptNotes notes:
                job.OutputBytes += Output!.Json.Length;
                return new JobCommand.CompleteAttempt(At, Task, Attempt, Output) { Notes = WithParts(notes) };
            default:
                return new JobCommand.SkipAttempt(At, Task, Attempt);
        }
    }

    /// <summary>Forgets the attempt, to be used again.</summary>
    public void Clear()
    {
        Output = null;
        Failure = null;
        (_instead, _notesParts) = (null, false);
        if (_resources is null && _stop is null && !_stopAsked) return;
        (_resources, _context, _stop, _stopAsked, _held) = (null, null, null, false, null);
    }
}
