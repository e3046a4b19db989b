using System.Collections;

namespace ActorFlow;

/// <summary>A definition: named tasks and the edges between them. Immutable.</summary>
public sealed partial class Flow
{
    private readonly Lazy<string> _fingerprint;
    private readonly Lazy<ulong[]> _digests;
    private readonly Lazy<Dictionary<string, int>> _numbers;
    private readonly FlowPolicies _policies;

    internal Flow(FlowDraft draft, FlowTask[] tasks, FlowEdges edges, bool hasSettings)
    {
        Name = draft.Name;
        Description = draft.Description;
        Tags = [.. draft.Tags];
        Policy = draft.Policy;
        Tasks = tasks;
        Edges = edges;
        Pools = FlowPools.Of(tasks);
        _policies = new FlowPolicies(tasks, Pools);
        Templates = [.. tasks.SelectMany(task => task.Templates)];
        MayGrow = Array.Exists(tasks, task => task.MayGrow);
        MakesFlows = Array.Exists(tasks, task => task.Maker is not null)
            || Templates.Any(template => template.Flow.MakesFlows);
        TaskNames = new NameList(tasks);
        HasSettings = hasSettings;
        _fingerprint = new(() => Fingerprints.Of(this));
        _digests = new(() => [.. tasks.Select(t => Fingerprints.Of(this, t))]);
        _numbers = new(() => tasks.ToDictionary(t => t.Name, t => t.Number, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What it is for; null if nobody said.</summary>
    public string? Description { get; }

    /// <summary>Words to find it by, as they were given. They are not part of the fingerprint.</summary>
    public IReadOnlyList<string> Tags { get; }

    /// <summary>What holds for the flow as a whole.</summary>
    public FlowPolicy Policy { get; }

    /// <summary>The tasks; a task's number is its place here.</summary>
    public IReadOnlyList<FlowTask> Tasks { get; }

    /// <summary>The names of the tasks, by number.</summary>
    public IReadOnlyList<string> TaskNames { get; }

    /// <summary>Who needs whom.</summary>
    public FlowEdges Edges { get; }

    /// <summary>Which pools the tasks take their slots from.</summary>
    public FlowPools Pools { get; }

    /// <summary>
    /// Every policy that one or more of the tasks have, or of those that they may add, as far as they are known.
    /// </summary>
    public IEnumerable<TaskPolicy> Policies => WithAdded().SelectMany(flow => flow._policies.Distinct);

    /// <summary>Whether tasks may add others to a job while it runs.</summary>
    public bool MayGrow { get; }

    /// <summary>
    /// Whether tasks, or those that they may add, may add flows that are made only then: nobody knows yet what these
    /// take, or how long.
    /// </summary>
    public bool MakesFlows { get; }

    /// <summary>The flows that tasks may add to the job while it runs.</summary>
    internal IReadOnlyList<FlowTemplate> Templates { get; }

    /// <summary>
    /// This flow, and those that tasks may add, the nearest first. Each is there once, in however many ways it may be
    /// added: there may be more ways than could be counted.
    /// </summary>
    internal IReadOnlyList<Flow> WithAdded()
    {
        var found = new List<Flow> { this };
        var seen = new HashSet<Flow>(ReferenceEqualityComparer.Instance) { this };
        for (var i = 0; i < found.Count; i++)
            foreach (var template in found[i].Templates)
                if (seen.Add(template.Flow)) found.Add(template.Flow);
        return found;
    }

    /// <summary>The policy of a task: the same as the task says, but nearer at hand.</summary>
    public TaskPolicy PolicyOf(int task) => _policies.Of(task);

    internal TaskTraits TraitsOf(int task) => _policies.TraitsOf(task);

    /// <summary>
    /// A digest of names, kinds, bindings and trigger rules: two flows with the same fingerprint compute the same.
    /// Retries, time-outs, pools and priorities are not part of it, so they may change under a running job.
    /// </summary>
    public string Fingerprint => _fingerprint.Value;

    /// <summary>A short digest of each task, by number: where two flows differ, these say in which tasks.</summary>
    public IReadOnlyList<ulong> TaskDigests => _digests.Value;

    /// <summary>The number of a task by its name, without regard to case.</summary>
    public bool TryFind(string name, out int number) => _numbers.Value.TryGetValue(name, out number);

    /// <summary>A task by its name, without regard to case.</summary>
    /// <exception cref="ActorFlowException">There is none.</exception>
    public FlowTask this[string name] => TryFind(name, out var number)
        ? Tasks[number]
        : throw new ActorFlowException($"Flow '{Name}' has no task '{name}'.{Suggestions.For(name, TaskNames)}");

    private sealed class NameList(FlowTask[] tasks) : IReadOnlyList<string>
    {
        public int Count => tasks.Length;

        public string this[int index] => tasks[index].Name;

        public IEnumerator<string> GetEnumerator() => tasks.Select(t => t.Name).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
