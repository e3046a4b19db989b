namespace ActorFlow;

/// <summary>The tasks that one expansion has added to the graph of a job: numbers in a row.</summary>
public sealed class JobScope
{
    private readonly FlowTask[] _tasks;
    private readonly int[] _partStarts;
    private readonly IReadOnlyList<FlowTemplate> _templates;

    internal JobScope(
        int number, FlowTask owner, Expansion expansion, IReadOnlyList<FlowTemplate> templates, int first,
        FlowTask[] tasks, int[] partStarts, FlowEdges edges)
    {
        _templates = templates;
        Number = number;
        Owner = owner;
        Expansion = expansion;
        First = first;
        _tasks = tasks;
        _partStarts = partStarts;
        Edges = edges;
    }

    /// <summary>Its place among the scopes of the job, from 0.</summary>
    public int Number { get; }

    /// <summary>The task that added it.</summary>
    public FlowTask Owner { get; }

    /// <summary>What it was made of.</summary>
    public Expansion Expansion { get; }

    /// <summary>The number of its first task.</summary>
    public int First { get; }

    /// <summary>How many tasks it has.</summary>
    public int Count => _tasks.Length;

    /// <summary>The number behind that of its last task.</summary>
    public int End => First + Count;

    /// <summary>Who needs whom in it.</summary>
    public FlowEdges Edges { get; }

    /// <summary>A task of it by its number in the job.</summary>
    public FlowTask TaskAt(int task) => _tasks[task - First];

    /// <summary>The input of the part that a task belongs to.</summary>
    /// <param name="task">The task's number.</param>
    /// <param name="outputOf">The outputs of tasks by number.</param>
    public Payload InputOf(int task, Func<int, Payload?> outputOf)
    {
        ArgumentNullException.ThrowIfNull(outputOf);
        var part = Expansion.Parts[PartOf(task)];
        if (part.Input is { } input) return input;
        var results = part.From.Select(other => outputOf(ResultOf(other)) ?? Payload.None);
        return part.Collects ? Payload.OfList([.. results]) : results.Single();
    }

    /// <summary>The names of its tasks.</summary>
    public IReadOnlyList<string> TaskNames => [.. _tasks.Select(task => task.Name)];

    /// <summary>The part that a task belongs to.</summary>
    public int PartOf(int task)
    {
        var place = Array.BinarySearch(_partStarts, task);
        return place >= 0 ? place : ~place - 1;
    }

    /// <summary>The numbers of the tasks of a part.</summary>
    public (int First, int End) TasksOf(int part) =>
        (_partStarts[part], part + 1 < _partStarts.Length ? _partStarts[part + 1] : End);

    /// <summary>The template that a part was made of.</summary>
    public FlowTemplate TemplateOf(int part) => _templates[Expansion.Parts[part].Template];

    /// <summary>The task whose output is the result of a part; -1 if it has none.</summary>
    public int ResultOf(int part) => TemplateOf(part).Result is { } result ? _partStarts[part] + result : -1;
}
