namespace ActorFlow.Actors;

/// <summary>Named numbers of units, shared by all that runs in an engine or on what one attempt holds.</summary>
/// <remarks>
/// Whoever asks gets all that it needs at once or nothing yet, so none holds a part and waits for the rest. The queue
/// is served in order: who waits keeps what it waits for from those behind it, however little they want, so the large
/// are not starved; those behind it that need other resources go on.
/// </remarks>
/// <param name="sizes">How many units there are, by name.</param>
/// <param name="isHeld">Whether one attempt holds them; else the engine has them.</param>
/// <param name="threads">Where those go on that have waited.</param>
internal sealed class ResourcePools(IReadOnlyDictionary<string, int> sizes, bool isHeld, IThreads threads)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _free = new(sizes, StringComparer.Ordinal);
    private readonly LinkedList<Waiting> _queue = new();

    /// <summary>Says what cannot be had, however long one waits; null if all can.</summary>
    public string? Problem(ResourceNeeds needs) => Problems(needs).FirstOrDefault();

    /// <summary>All that cannot be had, however long one waits.</summary>
    public IEnumerable<string> Problems(ResourceNeeds needs)
    {
        foreach (var need in needs)
        {
            if (!sizes.TryGetValue(need.Resource, out var size))
                yield return $"needs {need.Units} of '{need.Resource}', and {Owner} has no such resource. It has: "
                    + $"{string.Join(", ", sizes.Keys.Order(StringComparer.Ordinal))}."
                    + Suggestions.For(need.Resource, sizes.Keys) + HowToGive(need);
            else if (need.Units < 1)
                yield return $"needs {need.Units} of '{need.Resource}'; it must be at least 1.";
            else if (need.Units > size)
                yield return $"needs {need.Units} of '{need.Resource}', and {Owner} has {size} in all."
                    + HowToGive(need);
        }
    }

    private string Owner => isHeld ? "the task" : "the engine";

    private string HowToGive(ResourceNeed need) => isHeld ? "" :
        $" To give it as many: Resources[\"{need.Resource}\"] = {need.Units} in the options of the engine, or "
        + $"--resource {need.Resource}={need.Units} on the command line.";

    /// <summary>Takes units, or waits for its turn. Dispose what it gives to give them back.</summary>
    /// <exception cref="ActorFlowException">They cannot be had, however long one waits.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is taken.</exception>
    public ValueTask<Holding> TakeAsync(ResourceNeeds needs, CancellationToken cancellationToken)
    {
        if (Problem(needs) is { } problem) throw new ActorFlowException($"It {problem}");
        cancellationToken.ThrowIfCancellationRequested();
        Waiting waiting;
        lock (_gate)
        {
            if (_queue.All(earlier => !Overlap(earlier.Needs, needs)) && TryTake(needs))
                return new ValueTask<Holding>(new Holding(this, needs));
            waiting = new Waiting(needs, new Promise<Holding>(threads));
            _queue.AddLast(waiting);
        }

        return new ValueTask<Holding>(WaitAsync(waiting, cancellationToken));
    }

    private ResourcePools Within(ResourceNeeds held) =>
        new(held.ToDictionary(need => need.Resource, need => need.Units), isHeld: true, threads);

    /// <summary>How many units of a resource are free now.</summary>
    public int FreeOf(string resource)
    {
        lock (_gate) return _free.GetValueOrDefault(resource);
    }

    private async Task<Holding> WaitAsync(Waiting waiting, CancellationToken cancellationToken)
    {
        var turn = waiting.Turn.Task;
        using (cancellationToken.UnsafeRegister(_ => Withdraw(waiting, cancellationToken), null))
            return await turn.ConfigureAwait(false);
    }

    private void Withdraw(Waiting waiting, CancellationToken cancellationToken)
    {
        List<Waiting> served;
        lock (_gate)
        {
            // Its turn has come: it gets what it asked for, and gives it back when it notices.
            if (!_queue.Remove(waiting)) return;
            served = Serve();
        }

        waiting.Turn.Break(new OperationCanceledException(cancellationToken));
        Tell(served);
    }

    private void GiveBack(ResourceNeeds needs)
    {
        List<Waiting> served;
        lock (_gate)
        {
            foreach (var need in needs) _free[need.Resource] += need.Units;
            served = Serve();
        }

        Tell(served);
    }

    private void Tell(List<Waiting> served)
    {
        foreach (var waiting in served) waiting.Turn.Keep(new Holding(this, waiting.Needs));
    }

    private List<Waiting> Serve()
    {
        var served = new List<Waiting>();
        var spokenFor = new HashSet<string>(StringComparer.Ordinal);
        for (var node = _queue.First; node is not null;)
        {
            var next = node.Next;
            var needs = node.Value.Needs;
            if (!needs.Any(need => spokenFor.Contains(need.Resource)) && TryTake(needs))
            {
                _queue.Remove(node);
                served.Add(node.Value);
            }
            else
            {
                spokenFor.UnionWith(needs.Select(need => need.Resource));
            }

            node = next;
        }

        return served;
    }

    private bool TryTake(ResourceNeeds needs)
    {
        foreach (var need in needs)
            if (_free[need.Resource] < need.Units) return false;
        foreach (var need in needs) _free[need.Resource] -= need.Units;
        return true;
    }

    private static bool Overlap(ResourceNeeds one, ResourceNeeds other)
    {
        foreach (var need in other)
            if (one.UnitsOf(need.Resource) > 0) return true;
        return false;
    }

    private sealed record Waiting(ResourceNeeds Needs, Promise<Holding> Turn);

    /// <summary>Units that somebody has; given back once.</summary>
    internal sealed class Holding(ResourcePools pools, ResourceNeeds needs) : IDisposable
    {
        private int _isGivenBack;
        private ResourcePools? _within;

        /// <summary>What is held, as pools for the programs that run on it.</summary>
        public ResourcePools Pools => LazyInitializer.EnsureInitialized(ref _within, () => pools.Within(needs));

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGivenBack, 1) == 0 && needs.Count > 0) pools.GiveBack(needs);
        }
    }
}
