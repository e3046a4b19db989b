using System.Runtime.CompilerServices;

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
        var numbers = new Dictionary<TaskPolicy, int>(ByReference.Instance);
        foreach (var task in tasks)
        {
            numbers.TryAdd(task.Policy, numbers.Count);
            _policyOf[task.Number] = numbers[task.Policy];
        }

        _distinct = [.. numbers.OrderBy(n => n.Value).Select(n => n.Key)];
    }

    /// <summary>Every policy that a task has.</summary>
    public IEnumerable<TaskPolicy> Distinct => _distinct;

    public TaskPolicy Of(int task) => _distinct[_policyOf[task]];

    // Policies are records: whether two are alike takes longer to say than it is worth.
    private sealed class ByReference : IEqualityComparer<TaskPolicy>
    {
        public static ByReference Instance { get; } = new();

        public bool Equals(TaskPolicy? x, TaskPolicy? y) => ReferenceEquals(x, y);

        public int GetHashCode(TaskPolicy obj) => RuntimeHelpers.GetHashCode(obj);
    }
}
