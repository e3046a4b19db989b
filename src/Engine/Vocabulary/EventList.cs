using System.Collections;
using ActorFlow.Engine;

namespace ActorFlow;

/// <summary>Events in order; the two that a job mostly consists of take 24 bytes and no object of their own.</summary>
/// <remarks>A list of millions grows by pieces that are never moved. Not for several threads at once.</remarks>
public sealed class EventList : IReadOnlyList<JobEvent>
{
    // Pieces of this size are large objects: no collection moves them.
    private const int PieceSize = 4096;
    private const int FirstSize = 16;

    private readonly List<Fact[]> _full = [];
    private Fact[] _last = new Fact[FirstSize];
    private int _used;

    /// <inheritdoc />
    public int Count => _full.Count * PieceSize + _used;

    /// <inheritdoc />
    public JobEvent this[int index] => At(index).ToEvent();

    /// <summary>
    /// The event at a place; null if it is one of the two that the list keeps without an object, so that asking for
    /// another kind makes none.
    /// </summary>
    public static JobEvent? KeptAt(IReadOnlyList<JobEvent> events, int index)
    {
        ArgumentNullException.ThrowIfNull(events);
        return events is EventList list ? list.At(index).Rest as JobEvent : events[index];
    }

    /// <summary>Reads an event without making its object, if it is one of the two that have none.</summary>
    /// <param name="index">Its place.</param>
    /// <param name="at">When, in UTC ticks.</param>
    /// <param name="task">The task's number.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="output">The output if the task succeeded; null if an attempt began.</param>
    /// <returns>False if it is another.</returns>
    public bool TryRead(int index, out long at, out int task, out int attempt, out Payload? output)
    {
        ref readonly var fact = ref At(index);
        (at, task, attempt, output) = (fact.At, fact.Task, fact.Attempt, fact.Rest as Payload);
        return fact.Rest is null or Payload;
    }

    /// <summary>Adds an event.</summary>
    public void Add(JobEvent fact) => Add(new Fact(fact));

    /// <summary>Adds the events of another list.</summary>
    public void AddRange(IReadOnlyList<JobEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (events is EventList list)
            for (var i = 0; i < list.Count; i++) Add(list.At(i));
        else
            for (var i = 0; i < events.Count; i++) Add(events[i]);
    }

    /// <summary>What is there now from a place on: it stays so, whatever is added while somebody reads it.</summary>
    public IReadOnlyList<JobEvent> From(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)index, (uint)Count, nameof(index));
        return new View([.. _full, _last], index, Count - index);
    }

    /// <summary>Removes all events.</summary>
    public void Clear()
    {
        if (_full.Count == 0) Array.Clear(_last, 0, _used);
        else _last = new Fact[FirstSize];
        _full.Clear();
        _used = 0;
    }

    /// <inheritdoc />
    public IEnumerator<JobEvent> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(in Fact fact)
    {
        if (_used == _last.Length) Grow();
        _last[_used++] = fact;
    }

    private ref Fact At(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        var piece = index / PieceSize;
        return ref (piece < _full.Count ? _full[piece] : _last)[index % PieceSize];
    }

    // Most lists are small: the first piece grows, the others are whole from the start.
    private void Grow()
    {
        if (_last.Length < PieceSize)
        {
            Array.Resize(ref _last, _last.Length * 4);
            return;
        }

        _full.Add(_last);
        _last = new Fact[PieceSize];
        _used = 0;
    }

    private sealed class View(Fact[][] pieces, int from, int count) : IReadOnlyList<JobEvent>
    {
        public int Count => count;

        public JobEvent this[int index]
        {
            get
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)count, nameof(index));
                var place = from + index;
                return pieces[place / PieceSize][place % PieceSize].ToEvent();
            }
        }

        public IEnumerator<JobEvent> GetEnumerator()
        {
            for (var i = 0; i < count; i++) yield return this[i];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
