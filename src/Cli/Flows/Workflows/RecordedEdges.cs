namespace ActorFlow.Cli;

/// <summary>
/// Adds the edges of recorded tasks: what parents or children list, each once; where the two disagree is a fault.
/// </summary>
internal sealed class RecordedEdges
{
    private readonly FlowDraft _draft;
    private readonly List<RecordedTask> _tasks;
    private readonly Dictionary<string, int> _numbers;

    private RecordedEdges(FlowDraft draft, List<RecordedTask> tasks, Dictionary<string, int> numbers)
    {
        _draft = draft;
        _tasks = tasks;
        _numbers = numbers;
    }

    public static void Add(FlowDraft draft, List<RecordedTask> tasks, Dictionary<string, int> numbers) =>
        new RecordedEdges(draft, tasks, numbers).Add();

    // Sorted lists of pairs, not a set for each task: a workflow may have a million tasks.
    private void Add()
    {
        var (byParents, byChildren) = (Sorted(ListedAsParents()), Sorted(ListedAsChildren()));
        int p = 0, c = 0;
        while (p < byParents.Count || c < byChildren.Count)
        {
            var order = p == byParents.Count ? 1 : c == byChildren.Count ? -1 : byParents[p].CompareTo(byChildren[c]);
            var (child, parent) = order <= 0 ? byParents[p] : byChildren[c];
            if (order <= 0) p++;
            if (order >= 0) c++;
            _draft.Tasks[child].Inputs.Add(InputDraft.FromTask("", parent));
            if (order < 0 && _tasks[parent].Children is not null)
                Report(
                    _tasks[child], $"lists the parent '{Shown(_tasks[parent])}', which does not list it as a child.");
            if (order > 0 && _tasks[child].Parents is not null)
                Report(
                    _tasks[parent], $"lists the child '{Shown(_tasks[child])}', which does not list it as a parent.");
        }
    }

    private IEnumerable<(int Child, int Parent)> ListedAsParents()
    {
        for (var task = 0; task < _tasks.Count; task++)
            foreach (var key in _tasks[task].Parents ?? [])
                if (Find(task, key, "parent") is { } parent) yield return (task, parent);
    }

    private IEnumerable<(int Child, int Parent)> ListedAsChildren()
    {
        for (var task = 0; task < _tasks.Count; task++)
            foreach (var key in _tasks[task].Children ?? [])
                if (Find(task, key, "child") is { } child) yield return (child, task);
    }

    private int? Find(int task, string key, string role)
    {
        if (_numbers.TryGetValue(key, out var number)) return number;
        Report(_tasks[task], $"lists the {role} '{key}', and there is no such task.");
        return null;
    }

    private static List<(int Child, int Parent)> Sorted(IEnumerable<(int Child, int Parent)> pairs)
    {
        var sorted = new List<(int, int)>(pairs);
        sorted.Sort();
        var kept = 0;
        for (var i = 0; i < sorted.Count; i++)
            if (i == 0 || sorted[i] != sorted[i - 1]) sorted[kept++] = sorted[i];
        sorted.RemoveRange(kept, sorted.Count - kept);
        return sorted;
    }

    private static string Shown(RecordedTask task) => PlainText.OneLine(task.Key);

    private void Report(RecordedTask task, string problem) => _draft.Faults.Add(
        new FlowFault(FlowFaultCode.UnknownTask, task.Key, $"Task '{Shown(task)}' {problem}")
        {
            Location = _draft.Tasks[0].Location,
        });
}
