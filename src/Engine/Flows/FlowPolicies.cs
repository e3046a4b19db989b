namespace ActorFlow;

/// <summary>
/// The policies of a flow's tasks. Most tasks share a few: what is asked of them at every step stays near at hand.
/// </summary>
internal sealed class FlowPolicies
{
    private readonly TaskPolicy[] _distinct;
    private readonly TaskTraits[] _traits;

    // Null if all tasks have the same.
    private readonly int[]? _policyOf;

    public FlowPolicies(FlowTask[] tasks, FlowPools pools)
    {
        _policyOf = new int[tasks.Length];
        var distinct = new List<TaskPolicy>();
        // Policies are records: whether two are alike takes longer to say than it is worth.
        var numbers = new Dictionary<TaskPolicy, int>(ReferenceEqualityComparer.Instance);
        foreach (var task in tasks)
        {
            if (numbers.TryAdd(task.Policy, distinct.Count)) distinct.Add(task.Policy);
            _policyOf[task.Number] = numbers[task.Policy];
        }

        _distinct = [.. distinct];
        _traits = [.. distinct.Select(policy => new TaskTraits(policy, pools))];
        if (_distinct.Length == 1) _policyOf = null;
    }

    /// <summary>Every policy that a task has.</summary>
    public IEnumerable<TaskPolicy> Distinct => _distinct;

    public TaskPolicy Of(int task) => _distinct[_policyOf is null ? 0 : _policyOf[task]];

    public TaskTraits TraitsOf(int task) => _traits[_policyOf is null ? 0 : _policyOf[task]];
}

/// <summary>What a job looks at for every task that it starts.</summary>
internal readonly struct TaskTraits(TaskPolicy policy, FlowPools pools)
{
    /// <summary>The number of its pool among those of the flow.</summary>
    public byte Pool { get; } = (byte)pools.IndexOf(policy.Pool);

    /// <summary>
    /// Whether its policy asks for nothing as long as it does not fail: no limit, order or trigger of its own.
    /// </summary>
    public bool IsPlain { get; } = policy is { Priority: 0, Trigger: TriggerRule.AllSucceeded }
        && ReferenceEquals(policy.Timeouts, TaskTimeouts.None);
}
