using System.Diagnostics;
using ActorFlow.Engine;

namespace ActorFlow.Actors;

/// <summary>Carries out the effects of one job: one arm each, and nothing is decided here.</summary>
internal sealed class EffectRunner
{
    private readonly JobActor _job;
    private readonly SlotClaim[] _claims;
    private readonly AttemptLine[] _starting;
    private readonly AwaitedParts _awaited = new();
    private ITimer? _alarm;
    private Promise<bool>? _drained;

    public EffectRunner(JobActor job, IReadOnlyList<Pool> pools)
    {
        _job = job;
        var mostAhead = CountsTime(job.Flow) ? 0 : job.System.MaxLookahead;
        _claims = [.. pools.Select((pool, number) => new SlotClaim(job, pool, number, mostAhead))];
        _starting = new AttemptLine[pools.Count];
        TakesResources = job.Flow.MakesFlows || job.Flow.Policies.Any(policy => policy.Needs.Count > 0);
        Running = new RunningAttempts(job);
    }

    public RunningAttempts Running { get; }

    /// <summary>Whether any task of the job needs resources: most jobs have none.</summary>
    public bool TakesResources { get; }

    /// <summary>When the alarm is to go off; null if none is set.</summary>
    public DateTimeOffset? AlarmAt { get; private set; }

    /// <summary>Whether nothing new starts in this process any more.</summary>
    public bool IsDraining => _job.System.IsClosing;

    /// <summary>Whether what runs was asked to stop because the process ends: then stopping is no failure.</summary>
    public bool IsInterrupted { get; private set; }

    /// <summary>
    /// Gives back the slots of what has ended, and starts as many of the ready tasks as it gets slots for.
    /// </summary>
    public void FillSlots()
    {
        foreach (var claim in _claims)
        {
            var startable = !IsDraining ? _job.State.StartableIn(claim.Number) : 0;
            var slots = Math.Min(claim.Offered, startable);
            claim.Released += claim.Offered - slots;
            claim.Offered = 0;
            if (claim.Released > 0 && startable > slots)
            {
                // Ahead of what has ended: as long as no more than that is ready there is nothing to look at.
                if (startable - slots > claim.Released) claim.LookAhead();
                slots += claim.Pool.Keep(claim, startable - slots);
            }

            if (claim.Pool.IsToBeAsked(claim, startable - slots))
                slots += claim.Pool.Exchange(claim, startable - slots);
            if (slots > 0) _job.Start(claim.Number, slots);
        }
    }

    // Time runs from the recorded start: an attempt that waits for its turn must not be late before it has begun.
    private static bool CountsTime(Flow flow) =>
        flow.MakesFlows
        || flow.Policies.Any(policy => policy.Timeouts is { Attempt: not null } or { Heartbeat: not null });

    /// <summary>Whether the job has tasks that could run, and a pool that will give it a slot for one.</summary>
    public bool WaitsForSlot() =>
        _claims.Any(claim => _job.State.StartableIn(claim.Number) > 0 && claim.Pool.WillOffer(claim));

    /// <summary>The pool has reserved a slot for the job.</summary>
    public void TakeOffer(SlotClaim claim)
    {
        claim.Pool.Delivered(claim);
        claim.Offered++;
    }

    public void Run(EffectList effects)
    {
        for (var i = 0; i < effects.Count; i++)
        {
            if (effects.TryReadStart(i, out var task, out var attempt)) Start(task, attempt);
            else Run(effects[i]);
        }

        for (var pool = 0; pool < _starting.Length; pool++)
            if (_starting[pool].Count > 0) _claims[pool].Pool.Enqueue(ref _starting[pool]);
        CheckDrained();
    }

    private void Run(JobEffect effect)
    {
        switch (effect)
        {
            case JobEffect.StartAttempt e: Start(e.Task, e.Attempt); break;
            case JobEffect.CancelAttempt e: Running.Find(e.Task, e.Attempt)?.Stop(); break;
            case JobEffect.AbandonAttempt e: Abandon(e); break;
            case JobEffect.AnswerAttempt e: _awaited.Answer(_job.State, e); break;
            case JobEffect.SetAlarm e: SetAlarm(e.DueAt); break;
            case JobEffect.DropAlarm: DropAlarm(); break;
            default:
                throw new UnreachableException(
                    $"The effect {effect.GetType().Name} has no arm [this is a bug in ActorFlow].");
        }
    }

    private void Start(int task, int attempt)
    {
        var claim = ClaimOf(task);
        var actor = Running.Begin(task, attempt, _job.Ref.Flow.BodyOf(_job.State.Graph, task), claim);
        // The calling thread runs it after this turn, if it is free for it; the others wait for any thread.
        ref var starting = ref _starting[claim.Number];
        if (starting.Count > 0 || !claim.Pool.TryHandOver(actor)) starting.Add(actor);
    }

    private SlotClaim ClaimOf(int task) => _claims[_job.State.PoolOf(task)];

    /// <summary>An attempt waits for what it has added: its slot is free, and need not be had again.</summary>
    public void Await(TaskActor actor, string key, Promise<ExpansionOutcome> answer)
    {
        _awaited.Add(actor.Task, actor.Attempt, key, answer);
        if (actor.TryLeaveSlot()) actor.Claim.Released++;
    }

    private void Abandon(JobEffect.AbandonAttempt effect)
    {
        // One that has just reported gives its slot back with its report.
        if (Running.Find(effect.Task, effect.Attempt) is not { } actor || !actor.TryAbandon()) return;
        Running.Remove(actor);
        _awaited.Refuse(actor.Task, actor.Attempt);
        if (actor.HoldsSlot) _job.Ref.Post(new SlotFreed(actor.Claim));
        _job.System.NoteAbandoned(_job, actor.Definition, effect.Attempt);
    }

    private void SetAlarm(DateTimeOffset dueAt)
    {
        AlarmAt = dueAt;
        var delay = dueAt - _job.System.Time.GetUtcNow();
        if (delay < TimeSpan.Zero) delay = TimeSpan.Zero;
        // Timers count whole milliseconds: rounding up saves an alarm that comes too early. Far ones come in hops.
        delay = TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(delay.TotalMilliseconds), int.MaxValue));
        if (_alarm is null)
            _alarm = _job.System.Alarms.CreateTimer(
                static job => ((JobActor)job!).Ref.Post(new Alarm()), _job, delay, Timeout.InfiniteTimeSpan);
        else
            _alarm.Change(delay, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The alarm went off: if the job is to be woken again, another one is set.</summary>
    public void AlarmWentOff() => AlarmAt = null;

    private void DropAlarm()
    {
        _alarm?.Dispose();
        (_alarm, AlarmAt) = (null, null);
    }

    /// <summary>An attempt has reported: its slot is free.</summary>
    public void HasEnded(TaskActor actor)
    {
        if (actor.HoldsSlot) actor.Claim.Released++;
        if (!_awaited.IsEmpty) _awaited.Refuse(actor.Task, actor.Attempt);
        Running.End(actor);
    }

    /// <summary>Nothing new starts in this process; the promise is kept when nothing runs any more.</summary>
    public void Drain(Promise<bool> drained)
    {
        _drained = drained;
        CheckDrained();
    }

    /// <summary>What runs is to stop, because the process ends.</summary>
    public void Interrupt()
    {
        IsInterrupted = true;
        foreach (var actor in Running.All()) actor.Stop();
        _awaited.RefuseAll();
    }

    private void CheckDrained()
    {
        if (Running.IsEmpty) _drained?.Keep(true);
    }

    /// <summary>
    /// The job stops here, whatever runs: slots go back, attempts are asked to stop and are not waited for.
    /// </summary>
    /// <param name="undone">Effects that were decided; not all of them were carried out.</param>
    public void GiveUp(IEnumerable<JobEffect> undone)
    {
        foreach (var start in undone.OfType<JobEffect.StartAttempt>())
            if (Running.Find(start.Task, start.Attempt) is null) ClaimOf(start.Task).Released++;
        DropAlarm();
        foreach (var actor in Running.All())
        {
            Running.Remove(actor);
            if (actor.HoldsSlot) actor.Claim.Released++;
            actor.Stop();
            actor.TryAbandon();
        }

        _awaited.RefuseAll();

        foreach (var claim in _claims)
        {
            claim.Released += claim.Offered;
            claim.Offered = 0;
            claim.Pool.Exchange(claim, 0);
        }

        CheckDrained();
    }
}
