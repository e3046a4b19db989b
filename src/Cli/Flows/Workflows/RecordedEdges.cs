namespace ActorFlow.Cli;

/// <summary>
/// Adds the edges of recorded tasks: what parents or children list, each once; where the two disagree is a fault.
/// </summary>
internal static class RecordedEdges
{
    public static void Add(FlowDraft draft, List<RecordedTask> tasks, Dictionary<string, int> numbers)
    {
        var parents = tasks.ConvertAll(_ => new HashSet<int>());
        for (var i = 0; i < tasks.Count; i++)
        {
            foreach (var parent in tasks[i].Parents ?? [])
                if (Find(draft, tasks[i], parent, "parent", numbers) is { } number) parents[i].Add(number);
            foreach (var child in tasks[i].Children ?? [])
                if (Find(draft, tasks[i], child, "child", numbers) is { } number) parents[number].Add(i);
        }

        CheckBothLists(draft, tasks, numbers, parents);
        for (var i = 0; i < tasks.Count; i++)
            foreach (var parent in parents[i].Order())
                draft.Tasks[i].Inputs.Add(InputDraft.FromTask("", parent));
    }

    private static int? Find(
        FlowDraft draft, RecordedTask task, string key, string role, Dictionary<string, int> numbers)
    {
        if (numbers.TryGetValue(key, out var number)) return number;
        draft.Faults.Add(new FlowFault(
            FlowFaultCode.UnknownTask, task.Key,
                $"Task '{task.Key}' lists the {role} '{key}', and there is no such task.")
        {
            Location = draft.Tasks[0].Location,
        });
        return null;
    }

    private static void CheckBothLists(
        FlowDraft draft, List<RecordedTask> tasks, Dictionary<string, int> numbers, List<HashSet<int>> parents)
    {
        var listed = tasks.ConvertAll(t => Numbers(t.Parents, numbers));
        var children = tasks.ConvertAll(t => Numbers(t.Children, numbers));
        for (var i = 0; i < tasks.Count; i++)
            foreach (var parent in parents[i])
            {
                if (children[parent] is { } known && !known.Contains(i))
                    Report(tasks[i].Key, $"Task '{tasks[i].Key}' lists the parent '{tasks[parent].Key}', "
                        + "which does not list it as a child.");
                if (listed[i] is { } own && !own.Contains(parent))
                    Report(tasks[i].Key, $"Task '{tasks[parent].Key}' lists the child '{tasks[i].Key}', "
                        + "which does not list it as a parent.");
            }

        void Report(string task, string problem) => draft.Faults.Add(
            new FlowFault(FlowFaultCode.UnknownTask, task, problem) { Location = draft.Tasks[0].Location });
    }

    private static HashSet<int>? Numbers(IReadOnlyList<string>? keys, Dictionary<string, int> numbers) =>
        keys is null ? null : [.. keys.Where(numbers.ContainsKey).Select(key => numbers[key])];
}
