using System.Collections;
using ActorFlow.Engine;

namespace ActorFlow;

/// <summary>Events in order; the two that a job mostly consists of take 24 bytes and no object of their own.</summary>
/// <remarks>
/// A list of millions grows by pieces that are never moved. One thread at a time may add, while others read what was
/// there before: what is added at once they see at once.
/// </remarks>
public sealed class EventList : IReadOnlyList<JobEvent>
{
    // Pieces of this size are large objects: no collection moves them.
    private const int PieceSize = 4096;
    private const int FirstSize = 16;

    private Fact[][] _pieces;
    private Fact[] _last = new Fact[FirstSize];
    private int _used;
    private int _pieceCount = 1;
    private int _count;
    private bool _hasOthers;

    /// <summary>An empty list.</summary>
    public EventList() => _pieces = [_last];

    /// <inheritdoc />
    public int Count => Volatile.Read(ref _count);

    /// <inheritdoc />
    public JobEvent this[int index] => At(index).ToEvent();

    /// <summary>Whether there are events beside the two that it keeps without an object.</summary>
    public bool HasOthers => Volatile.Read(ref _hasOthers);

    /// <summary>
    /// The event at a place; null if it is one of the two that the list keeps without an object, so that asking for
    /// another kind makes none.
    /// </summary>
    public static JobEvent? KeptAt(IReadOnlyList<JobEvent> events, int index)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (events is not EventList list) return events[index];
        return list.At(index).Rest is null or Payload ? null : (JobEvent)list.At(index).Rest!;
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
        var count = events.Count;
        if (events is EventList list) Put(Volatile.Read(ref list._pieces), count);
        else
            for (var i = 0; i < count; i++) Put(new Fact(events[i]));
        Volatile.Write(ref _count, _count + count);
    }

    /// <summary>What is there now from a place on: it stays so, whatever is added while somebody reads it.</summary>
    public IReadOnlyList<JobEvent> From(int index)
    {
        // First the count: what it counts is in the pieces by then.
        var count = Count;
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)index, (uint)count, nameof(index));
        return new View(Volatile.Read(ref _pieces), index, count - index);
    }

    /// <summary>Removes all events.</summary>
    public void Clear()
    {
        if (_pieceCount > 1) _pieces = [_last = new Fact[FirstSize]];
        else
            foreach (ref var fact in _last.AsSpan(0, _used)) fact = default;
        (_used, _pieceCount, _count, _hasOthers) = (0, 1, 0, false);
    }

    /// <inheritdoc />
    public IEnumerator<JobEvent> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(in Fact fact)
    {
        Put(fact);
        Volatile.Write(ref _count, _count + 1);
    }

    private void Put(Fact[][] pieces, int count)
    {
        for (var i = 0; count > 0; i++)
        {
            var piece = pieces[i].AsSpan(0, Math.Min(count, pieces[i].Length));
            foreach (ref readonly var fact in piece) Put(fact);
            count -= piece.Length;
        }
    }

    private void Put(in Fact fact)
    {
        if (_used == _last.Length) Grow();
        ref var place = ref _last[_used++];
        // The collector need not be told of no reference.
        if (fact.Rest is null)
        {
            place = Fact.Started(fact.At, fact.Task, fact.Attempt);
            return;
        }

        place = fact;
        if (fact.Rest is not Payload) _hasOthers = true;
    }

    private ref Fact At(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return ref Volatile.Read(ref _pieces)[(uint)index / PieceSize][(uint)index % PieceSize];
    }

    // Most lists are small: the first piece grows, the others are whole from the start. Nothing is changed in place
    // that somebody may be reading.
    private void Grow()
    {
        if (_last.Length < PieceSize)
        {
            Array.Resize(ref _last, _last.Length * 4);
            Volatile.Write(ref _pieces, [_last]);
            return;
        }

        var pieces = _pieces;
        if (_pieceCount == pieces.Length) Array.Resize(ref pieces, _pieceCount * 2);
        pieces[_pieceCount++] = _last = new Fact[PieceSize];
        _used = 0;
        Volatile.Write(ref _pieces, pieces);
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
