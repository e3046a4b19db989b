namespace ActorFlow.Engine.Tests.Enumeration;

/// <summary>
/// A job as a shell lives it: one move after the other, every free slot given to what is ready, and every effect kept
/// until it is finished.
/// </summary>
internal sealed class Life
{
    private readonly int _slots;
    private readonly JobEvent[] _found;
    private readonly bool _isLost;
    private readonly Move[] _moves;
    private readonly int[] _attempts;
    private readonly bool[] _asked;
    private readonly JobStep _step = new();

    private Life(Flow flow, int slots, JobEvent[] found, bool isLost, Move[] moves)
    {
        (Flow, _slots, _found, _isLost, _moves) = (flow, slots, found, isLost, moves);
        Events = [.. found];
        Machine = Laws.Folded(flow, found);
        _attempts = new int[flow.Tasks.Count];
        _asked = new bool[flow.Tasks.Count];
        if (found.Length > 0) Resume(isLost);
        foreach (var move in moves) Make(move);
    }

    public Flow Flow { get; }

    public JobMachine Machine { get; }

    public JobState State => Machine.State;

    /// <summary>All events so far.</summary>
    public List<JobEvent> Events { get; }

    /// <summary>How many of them there were before the last move, or the last crash.</summary>
    public int EventsBefore { get; private set; }

    private int FreeSlots => _slots - _attempts.Count(attempt => attempt > 0);

    public DateTimeOffset Now { get; private set; } = JobUnderTest.Epoch;

    /// <summary>When the job asked to be woken last; null if it was woken since.</summary>
    public DateTimeOffset? Alarm { get; private set; }

    /// <summary>A job that has not been submitted.</summary>
    public static Life Of(Flow flow, int slots) => new(flow, slots, [], isLost: false, []);

    /// <summary>The same life, lived again from its beginning, and then a move more.</summary>
    public Life After(Move move) => new(Flow, _slots, _found, _isLost, [.. _moves, move]);

    /// <summary>A move decided by a job that was folded from its events, and that nothing was lost of.</summary>
    public Life FoldedAfter(Move move) => new(Flow, _slots, [.. Events], isLost: false, [move]);

    /// <summary>Another process finds only some of the events: it takes what ran for lost, and goes on.</summary>
    public Life Crashed(int events) => new(Flow, _slots, [.. Events.Take(events)], isLost: true, []);

    /// <summary>The effects that were issued and have not finished, but for the alarm.</summary>
    public IEnumerable<JobEffect> Outstanding
    {
        get
        {
            for (var task = 0; task < _attempts.Length; task++)
            {
                if (_attempts[task] == 0) continue;
                yield return new JobEffect.StartAttempt(task, _attempts[task]);
                if (_asked[task])
                    yield return new JobEffect.CancelAttempt(task, _attempts[task], State.ReasonOf(task));
            }
        }
    }

    /// <summary>What can happen next; nothing if the job has ended and nobody asks for more.</summary>
    public IEnumerable<Move> Choices(Budget left, bool mayWake)
    {
        for (var task = 0; task < _attempts.Length; task++)
        {
            if (_attempts[task] == 0) continue;
            yield return new Move(Deed.Succeed, task, _attempts[task]);
            yield return new Move(Deed.Fail, task, _attempts[task]);
        }

        var hasEnded = State.Phase.HasEnded();
        if (mayWake) yield return new Move(Deed.WakeUp);
        if (left.Cancels > 0 && !hasEnded) yield return new Move(Deed.Cancel);
        if (left.Retries > 0 && hasEnded && State.Counts.Succeeded < Flow.Tasks.Count)
            yield return new Move(Deed.RetryFailed);
    }

    private void Make(Move move)
    {
        EventsBefore = Events.Count;
        if (move.Deed == Deed.WakeUp) (Now, Alarm) = (Alarm!.Value, null);
        Send(move.At(Now, Flow));
        FillSlots();
    }

    private void Resume(bool isLost)
    {
        EventsBefore = Events.Count;
        Now = State.LastAt;
        Machine.Resume(_step);
        var found = _step.Effects.OfType<JobEffect.StartAttempt>().ToArray();
        Take();
        if (!isLost) return;
        foreach (var attempt in found)
        {
            Send(new JobCommand.LoseAttempt(Now, attempt.Task, attempt.Attempt));
            if (_attempts[attempt.Task] > 0) throw Wrong($"Nobody runs {attempt} any more, and the job waits for it.");
        }

        FillSlots();
    }

    private void FillSlots()
    {
        // Even without a slot: a job that was found in the middle of a step draws its conclusions with a command.
        do
        {
            Machine.Start(Now, 0, FreeSlots, _step);
            Take();
        }
        while (FreeSlots > 0 && State.StartableIn(0) > 0);
    }

    private void Send(JobCommand command)
    {
        if (Machine.Decide(command, _step) is { } refusal) throw Wrong($"{command} was refused: {refusal.Message}");
        Take();
    }

    private void Take()
    {
        Events.AddRange(_step.Events);
        foreach (var effect in _step.Effects) Take(effect);
        foreach (var fact in _step.Events)
            if (fact is JobEvent.TaskSucceeded or JobEvent.AttemptFailed) Finish(JobEvents.TaskOf(fact));
        _step.Clear();
    }

    private void Take(JobEffect effect)
    {
        switch (effect)
        {
            case JobEffect.StartAttempt e when _attempts[e.Task] == 0: _attempts[e.Task] = e.Attempt; break;
            case JobEffect.CancelAttempt e when _attempts[e.Task] == e.Attempt: _asked[e.Task] = true; break;
            case JobEffect.AbandonAttempt e when _asked[e.Task]: break;
            case JobEffect.SetAlarm e: Alarm = e.DueAt; break;
            case JobEffect.DropAlarm when State.Phase.HasEnded(): break;
            default: throw Wrong($"{effect} was asked for.");
        }
    }

    private void Finish(int task) => (_attempts[task], _asked[task]) = (0, false);

    /// <summary>An exception that tells the whole history.</summary>
    public Xunit.Sdk.XunitException Wrong(string problem) => new(
        $"{problem}\n{string.Join('\n', Flow.Tasks.Select(Describe))}\nslots {_slots}, crash after event "
        + $"{_found.Length}, then {string.Join(", ", _moves)}\n{string.Join('\n', Events)}");

    private string Describe(FlowTask task) => $"{task.Name} {task.Policy.Trigger} of "
        + string.Join(", ", Flow.Edges.Upstream(task.Number).ToArray().Select(up => $"{up.Task} {up.Required}"));
}
