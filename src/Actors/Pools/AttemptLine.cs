using System.Diagnostics.CodeAnalysis;

namespace ActorFlow.Actors;

/// <summary>Attempts that wait, linked through themselves: a line joins another like one attempt.</summary>
internal struct AttemptLine
{
    private TaskActor? _first;
    private TaskActor? _last;

    public int Count { get; private set; }

    /// <summary>Adds one behind the others.</summary>
    public void Add(TaskActor attempt)
    {
        if (_last is null) _first = attempt;
        else _last.Behind = attempt;
        _last = attempt;
        Count++;
    }

    /// <summary>Takes the first.</summary>
    public bool TryTake([NotNullWhen(true)] out TaskActor? attempt)
    {
        attempt = _first;
        if (attempt is null) return false;
        _first = attempt.Behind;
        attempt.Behind = null;
        if (_first is null) _last = null;
        Count--;
        return true;
    }

    /// <summary>Adds all of another line behind the others, and empties that.</summary>
    public void AddAll(ref AttemptLine others)
    {
        if (others._first is null) return;
        if (_last is null) _first = others._first;
        else _last.Behind = others._first;
        _last = others._last;
        Count += others.Count;
        others = default;
    }
}
