namespace ActorFlow;

/// <summary>
/// The policies of a flow's tasks. Most tasks share a few: what is asked of them at every step stays near at hand.
/// </summary>
internal sealed class FlowPolicies
{
    private readonly TaskPolicy[] _distinct;
    private readonly int[] _policyOf;

    public FlowPolicies(FlowTask[] tasks)
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
    }

    /// <summary>Every policy that a task has.</summary>
    public IEnumerable<TaskPolicy> Distinct => _distinct;

    public TaskPolicy Of(int task) => _distinct[_policyOf[task]];
}
