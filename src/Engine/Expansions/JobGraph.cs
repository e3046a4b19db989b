using ActorFlow.Engine;

namespace ActorFlow;

/// <summary>The graph of one job: its flow, and behind it what its tasks have added. It only grows.</summary>
/// <remarks>For one thread at a time; <see cref="Copy"/> makes one for another.</remarks>
public sealed class JobGraph
{
    private readonly List<JobScope> _scopes;
    private readonly List<int> _scopeOf;
    private readonly Dictionary<int, OwnedScopes> _byOwner;
    private readonly Dictionary<string, int> _numbers;
    private readonly Dictionary<(int Owner, string Key), JobScope> _byKey;
    private JobScope? _prepared;

    /// <summary>The graph of a job that nothing was added to yet.</summary>
    public JobGraph(Flow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        Flow = flow;
        (Own, EdgeCount) = (flow.Tasks.Count, flow.Edges.Count);
        (_scopes, _scopeOf, _byOwner) = ([], [], []);
        _numbers = new(StringComparer.OrdinalIgnoreCase);
        _byKey = [];
    }

    private JobGraph(JobGraph other)
    {
        (Flow, Own, EdgeCount) = (other.Flow, other.Own, other.EdgeCount);
        _scopes = [.. other._scopes];
        _scopeOf = [.. other._scopeOf];
        _byOwner = other._byOwner.ToDictionary(pair => pair.Key, pair => pair.Value.Copy());
        _numbers = new(other._numbers, StringComparer.OrdinalIgnoreCase);
        _byKey = new(other._byKey);
    }

    /// <summary>The job's flow.</summary>
    public Flow Flow { get; }

    /// <summary>How many tasks there are.</summary>
    public int Count => Own + _scopeOf.Count;

    /// <summary>How many edges there are.</summary>
    internal int EdgeCount { get; private set; }

    /// <summary>What was added, in order.</summary>
    public IReadOnlyList<JobScope> Scopes => _scopes;

    /// <summary>Whether anything was added.</summary>
    public bool HasGrown => _scopes.Count > 0;

    /// <summary>How many tasks are the flow's own.</summary>
    internal int Own { get; }

    /// <summary>A task by its number.</summary>
    public FlowTask this[int task] => task < Own ? Flow.Tasks[task] : ScopeOf(task)!.TaskAt(task);

    /// <summary>The names of the tasks, by number.</summary>
    public IEnumerable<string> TaskNames => Enumerable.Range(0, Count).Select(task => this[task].Name);

    /// <summary>What a task was added with; null if it is one of the flow's own.</summary>
    public JobScope? ScopeOf(int task) => task < Own ? null : _scopes[_scopeOf[task - Own]];

    /// <summary>What a task has added, in order.</summary>
    public IReadOnlyList<JobScope> ScopesOf(int task) =>
        _byOwner.TryGetValue(task, out var scopes) ? scopes.All : [];

    /// <summary>How many of the scopes that a task has added have a key.</summary>
    public int CountKeyed(int task) => _byOwner.GetValueOrDefault(task)?.Keyed ?? 0;

    /// <summary>What a task has added under a key; null if nothing.</summary>
    public JobScope? FindScope(int task, string key) => _byKey.GetValueOrDefault((task, key));

    /// <summary>The tasks that a task needs, each once.</summary>
    public ReadOnlySpan<EdgeEnd> Upstream(int task) =>
        task < Own ? Flow.Edges.Upstream(task) : ScopeOf(task)!.Edges.Upstream(task);

    /// <summary>The tasks that need a task, each once.</summary>
    public ReadOnlySpan<EdgeEnd> Downstream(int task) =>
        task < Own ? Flow.Edges.Downstream(task) : ScopeOf(task)!.Edges.Downstream(task);

    /// <summary>The policies that a task runs under.</summary>
    public TaskPolicy PolicyOf(int task) => task < Own ? Flow.PolicyOf(task) : this[task].Policy;

    internal TaskTraits TraitsOf(int task) =>
        task < Own ? Flow.TraitsOf(task) : new TaskTraits(this[task].Policy, Flow.Pools);

    /// <summary>The number of a task by its name, without regard to case.</summary>
    public bool TryFind(string name, out int number) =>
        Flow.TryFind(name, out number) || _numbers.TryGetValue(name, out number);

    /// <summary>A task by its name, without regard to case.</summary>
    /// <exception cref="ActorFlowException">There is none.</exception>
    public FlowTask Find(string name) => TryFind(name, out var number)
        ? this[number]
        : throw new ActorFlowException(
            $"There is no task '{name}' in this job of flow '{Flow.Name}'.{Suggestions.For(name, TaskNames)}");

    /// <summary>A graph that stays as this one is now.</summary>
    public JobGraph Copy() => _scopes.Count == 0 ? new JobGraph(Flow) : new JobGraph(this);

    /// <summary>Makes what an expansion would add, without adding it.</summary>
    /// <exception cref="ExpansionException">
    /// It does not fit the templates of the task, or the bounds of a job.
    /// </exception>
    public JobScope Prepare(int owner, Expansion expansion)
    {
        ArgumentNullException.ThrowIfNull(expansion);
        return _prepared = ScopeAssembler.Assemble(this, owner, expansion);
    }

    /// <summary>Adds what a task expands to.</summary>
    /// <exception cref="ExpansionException">
    /// It does not fit the templates of the task, or the bounds of a job.
    /// </exception>
    public JobScope Grow(int owner, Expansion expansion)
    {
        var isPrepared = _prepared is { } made && made.Owner.Number == owner && made.First == Count
            && ReferenceEquals(made.Expansion, expansion);
        var scope = isPrepared ? _prepared! : Prepare(owner, expansion);
        _prepared = null;
        EdgeCount += scope.Edges.Count;
        for (var task = scope.First; task < scope.End; task++) _numbers.Add(scope.TaskAt(task).Name, task);
        if (expansion.Key is { } key) _byKey[(owner, key)] = scope;
        _scopes.Add(scope);
        _scopeOf.AddRange(Enumerable.Repeat(scope.Number, scope.Count));
        if (!_byOwner.TryGetValue(owner, out var scopes)) _byOwner[owner] = scopes = new OwnedScopes();
        scopes.Add(scope);
        return scope;
    }

    /// <summary>
    /// An order in which every task comes after what it needs, and what a task has added right behind it.
    /// </summary>
    internal int[] TopologicalOrder()
    {
        var own = Flow.Edges.TopologicalOrder();
        if (_scopes.Count == 0) return own;
        var order = new List<int>(Count);
        var open = new Stack<int>();
        Push(open, own);
        while (open.TryPop(out var task))
        {
            order.Add(task);
            foreach (var scope in ScopesOf(task).Reverse()) Push(open, scope.Edges.TopologicalOrder());
        }

        return [.. order];
    }

    private static void Push(Stack<int> open, int[] order)
    {
        for (var i = order.Length - 1; i >= 0; i--) open.Push(order[i]);
    }

    /// <summary>What one task has added: a loop asks in every round, and must not count all rounds before it.</summary>
    private sealed class OwnedScopes
    {
        public List<JobScope> All { get; private init; } = [];

        public int Keyed { get; private set; }

        public void Add(JobScope scope)
        {
            All.Add(scope);
            if (scope.Expansion.Key is not null) Keyed++;
        }

        public OwnedScopes Copy() => new() { All = [.. All], Keyed = Keyed };
    }
}
