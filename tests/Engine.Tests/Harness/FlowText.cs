namespace ActorFlow.Engine.Tests;

/// <summary>Reads small flows from text: <c>"a -> b, c; b ~> d; e"</c>, where <c>~></c> is an optional edge.</summary>
internal static class FlowText
{
    /// <summary>Tasks are numbered in the order in which they are named first.</summary>
    public static FlowDraft Draft(string text)
    {
        var draft = new FlowDraft("flow");
        foreach (var clause in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            AddClause(draft, clause.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return draft;
    }

    private static void AddClause(FlowDraft draft, string[] words)
    {
        string[] lefts = [];
        List<string> group = [];
        var arrow = "";
        foreach (var word in words.Append("->"))
        {
            if (word is not ("->" or "~>"))
            {
                group.Add(word.TrimEnd(','));
                continue;
            }

            foreach (var name in group) Connect(draft, lefts, Task(draft, name), arrow);
            (lefts, group, arrow) = ([.. group], [], word);
        }
    }

    private static void Connect(FlowDraft draft, string[] ups, TaskDraft task, string arrow)
    {
        foreach (var up in ups)
            task.Inputs.Add(InputDraft.FromTask("", Task(draft, up).Name) with { Required = arrow == "->" });
    }

    private static TaskDraft Task(FlowDraft draft, string name)
    {
        if (draft.Tasks.Find(t => t.Name == name) is { } known) return known;
        var task = new TaskDraft(name) { Kind = "test" };
        draft.Tasks.Add(task);
        return task;
    }
}
