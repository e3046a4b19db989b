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

    // Whose the thread is that the attempt runs on.
    private const int NoThread = 0;
    private const int OwnThread = 1;
    private const int LostThread = 2;

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
    private int _thread;
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

    /// <summary>Whether nobody waits for the attempt any more.</summary>
    public bool IsAbandoned => Volatile.Read(ref _standing) == Abandoned;

    /// <summary>Whether it takes a slot of its pool: one that waits for what it added does not.</summary>
    public bool HoldsSlot { get; private set; }

    public int Attempt { get; private set; }

    /// <summary>Where its slot is from.</summary>
    public SlotClaim Claim { get; private set; } = null!;

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
    public TaskActor Begin(int task, int attempt, TaskBody body, SlotClaim claim)
    {
        Task = task;
        Attempt = attempt;
        // Most are what they were: a reference costs more to write than to compare.
        if (!ReferenceEquals(_body, body)) _body = body;
        if (!ReferenceEquals(Claim, claim)) Claim = claim;
        _standing = Queued;
        _thread = NoThread;
        HoldsSlot = true;
        (_scope, _lastStep, RecordedExpansions) = (null, null, 0);
        var state = _job.State;
        if (state.Graph.HasGrown)
        {
            _scope = state.Graph.ScopeOf(task);
            LookBack(state);
        }

        _withoutOutput = null;
        if (HasSetbacks(state)) LookUpstream(state);
        HasFailedAtWork = state.HasFailedAtWork(task);
        return this;
    }

    /// <summary>Runs the attempt on a worker's thread.</summary>
    /// <param name="turn">The supervisor's turn that its report leads to: the caller runs it, or sees to it.</param>
    public AttemptRun Execute(out JobActor? turn)
    {
        turn = null;
        // Abandoned before its turn had come: whoever did it takes no notice of it any more.
        if (_thread == NoThread && !TryBeginOnThread()) return AttemptRun.Ended;
        Payload? output = null;
        Failure? failure = null;
        try
        {
            var run = _stopAsked ? throw new OperationCanceledException() : RunBody();
            if (!run.IsCompleted) return LeaveThread(run);
            output = Limited(run.GetAwaiter().GetResult());
        }
        catch (Exception e)
        {
            failure = FailureOf(e);
        }

        return ReportOnWorker(output, failure, out turn);
    }

    private bool TryBeginOnThread()
    {
        _thread = OwnThread;
        return Interlocked.CompareExchange(ref _standing, Running, Queued) == Queued;
    }

    /// <summary>It is given to a thread that has nothing else to do: it counts as running from here on.</summary>
    public void BeginOnThread()
    {
        _thread = OwnThread;
        _standing = Running;
    }

    // The body awaits something. If the attempt was abandoned before, another thread has taken the place of this one.
    private AttemptRun LeaveThread(ValueTask<Payload> run)
    {
        var wasOwn = Interlocked.CompareExchange(ref _thread, NoThread, OwnThread) == OwnThread;
        _ = AwaitAsync(run);
        return wasOwn ? AttemptRun.GoesOn : AttemptRun.WasAbandoned;
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
        Payload? output = null;
        Failure? failure = null;
        try
        {
            output = Limited(await run.ConfigureAwait(false));
        }
        catch (Exception e)
        {
            failure = FailureOf(e);
        }

        Report(output, failure);
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
        Claim.Pool.Ended();
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
        if (!wasWaiting) Claim.Pool.Abandoned(Interlocked.Exchange(ref _thread, LostThread) == OwnThread);
        return true;
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
