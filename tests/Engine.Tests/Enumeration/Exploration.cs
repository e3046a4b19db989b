namespace ActorFlow.Engine.Tests.Enumeration;

/// <summary>
/// Every history of one flow: depth first over all that can happen next, with a crash after every event. Histories that
/// meet in the same state have the same futures, which are lived once and counted for each of them.
/// </summary>
internal sealed class Exploration
{
    private readonly Dictionary<StateKey, long> _histories = [];
    private readonly Expectations _expectations;
    private readonly Flow _flow;
    private readonly int _slots;
    private readonly List<int> _queue = [];
    private long _moves;
    private long _crashes;

    private Exploration(Flow flow, int slots)
    {
        (_flow, _slots) = (flow, slots);
        _expectations = new Expectations(flow);
    }

    /// <summary>Lives all histories of a flow.</summary>
    /// <param name="flow">The flow, with at most four tasks in one pool.</param>
    /// <param name="slots">How many attempts may run at once.</param>
    /// <param name="budget">How often what nobody can foresee may happen.</param>
    public static Tally Of(Flow flow, int slots, Budget budget)
    {
        var exploration = new Exploration(flow, slots);
        var histories = exploration.Follow(Life.Of(flow, slots), new Move(Deed.Submit), budget);
        return new Tally(1, exploration._histories.Count, exploration._moves, exploration._crashes, histories);
    }

    /// <summary>A move, and all that can come after it; and a crash after each of its events but the last.</summary>
    private long Follow(Life life, Move move, Budget left)
    {
        _moves++;
        var next = life.After(move);
        Verdicts.AnswerIsRight(life, move, next);
        if (left.Crashes > 0) Verdicts.FoldedDecidesTheSame(life, move, next);
        return Go(next, left.Without(move.Deed));
    }

    /// <summary>The process dies after some events, and another one goes on.</summary>
    private long Crash(Life life, int events, Budget left)
    {
        _crashes++;
        return Go(life.Crashed(events), left with { Crashes = left.Crashes - 1 });
    }

    private long Go(Life life, Budget left)
    {
        var histories = Visit(life, left);
        for (var events = life.EventsBefore + 1; left.Crashes > 0 && events < life.Events.Count; events++)
            if (Ledger.Of(life, _slots, _expectations, events).IsWhole) histories += Crash(life, events, left);
        return histories;
    }

    /// <summary>The number of histories that go on from here.</summary>
    private long Visit(Life life, Budget left)
    {
        var ledger = Ledger.Of(life, _slots, _expectations, life.Events.Count);
        Verdicts.StandsAsExpected(life, ledger, _slots);
        var folded = Laws.Folded(_flow, life.Events);
        var mayWake = Verdicts.ResumeAsksForWhatIsOutstanding(life, ledger, folded);
        Verdicts.LivedEqualsFolded(life, folded.State);
        var key = StateKey.Of(life.State, ledger, life.Now, left, QueueOf(folded, life.Now));
        if (_histories.TryGetValue(key, out var known)) return known;

        Verdicts.LateReportsAreIgnored(life);
        var histories = ledger.HasEnded ? 1L : 0;
        foreach (var move in life.Choices(left, mayWake)) histories += Follow(life, move, left);
        if (left.Crashes > 0) histories += Crash(life, life.Events.Count, left);
        if (histories == 0) throw life.Wrong("The job is stuck.");
        _histories.Add(key, histories);
        return histories;
    }

    /// <summary>The ready tasks in the order in which they would start; the machine is used up by that.</summary>
    private List<int> QueueOf(JobMachine machine, DateTimeOffset now)
    {
        _queue.Clear();
        if (machine.State.CountOf(TaskPhase.Ready) == 0) return _queue;
        var step = new JobStep();
        machine.Start(now, 0, int.MaxValue, step);
        foreach (var fact in step.Events) _queue.Add(JobEvents.TaskOf(fact));
        return _queue;
    }
}
