using System.Collections;

namespace ActorFlow.Engine;

/// <summary>Effects in order; the one that every task has, the start of an attempt, takes no object.</summary>
public sealed class EffectList : IReadOnlyList<JobEffect>
{
    private Entry[] _entries = new Entry[4];
    private bool _hasOthers;

    /// <inheritdoc />
    public int Count { get; private set; }

    /// <inheritdoc />
    public JobEffect this[int index] => At(index) is var entry && entry.Rest is { } rest
        ? rest
        : new JobEffect.StartAttempt(entry.Task, entry.Attempt);

    /// <summary>Reads the start of an attempt without making its object.</summary>
    /// <param name="index">Its place.</param>
    /// <param name="task">The task's number.</param>
    /// <param name="attempt">The attempt.</param>
    /// <returns>False if it is another effect.</returns>
    public bool TryReadStart(int index, out int task, out int attempt)
    {
        ref readonly var entry = ref At(index);
        (task, attempt) = (entry.Task, entry.Attempt);
        return entry.Rest is null;
    }

    /// <summary>Adds an effect.</summary>
    public void Add(JobEffect effect)
    {
        ArgumentNullException.ThrowIfNull(effect);
        if (effect is JobEffect.StartAttempt start)
        {
            AddStart(start.Task, start.Attempt);
            return;
        }

        Next() = new Entry(-1, 0, effect);
        _hasOthers = true;
    }

    /// <summary>Adds effects.</summary>
    public void AddRange(IEnumerable<JobEffect> effects)
    {
        ArgumentNullException.ThrowIfNull(effects);
        foreach (var effect in effects) Add(effect);
    }

    /// <summary>Removes the effects from a place on.</summary>
    /// <returns>What they were.</returns>
    public IReadOnlyList<JobEffect> RemoveFrom(int index)
    {
        List<JobEffect> removed = [.. this.Skip(index)];
        Array.Clear(_entries, index, removed.Count);
        Count = index;
        return removed;
    }

    /// <summary>Removes all effects.</summary>
    public void Clear()
    {
        // Starts refer to nothing.
        if (_hasOthers) Array.Clear(_entries, 0, Count);
        (_hasOthers, Count) = (false, 0);
    }

    /// <inheritdoc />
    public IEnumerator<JobEffect> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Adds the start of an attempt.</summary>
    internal void AddStart(int task, int attempt) => Next() = new Entry(task, attempt, null);

    private ref Entry Next()
    {
        if (Count == _entries.Length) Array.Resize(ref _entries, Count * 2);
        return ref _entries[Count++];
    }

    private ref readonly Entry At(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return ref _entries[index];
    }

    /// <summary>An effect; the start of an attempt if there is no rest.</summary>
    private readonly record struct Entry(int Task, int Attempt, JobEffect? Rest);
}
