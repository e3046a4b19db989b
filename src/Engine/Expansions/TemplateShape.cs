namespace ActorFlow;

/// <summary>What counts of a template for each part that is made of it.</summary>
internal sealed class TemplateShape
{
    public TemplateShape(FlowTemplate template)
    {
        var edges = template.Flow.Edges;
        Tasks = template.Flow.Tasks.Count;
        Edges = edges.Count;
        NameLength = template.Flow.Tasks.Sum(task => (long)task.Name.Length);
        FirstTasks = Enumerable.Range(0, Tasks).Count(task => edges.Upstream(task).Length == 0);
        LastTasks = [.. Enumerable.Range(0, Tasks).Where(
            task => task == template.Result || edges.Downstream(task).Length == 0)];
    }

    /// <summary>How many tasks it has.</summary>
    public int Tasks { get; }

    /// <summary>How many edges it has.</summary>
    public int Edges { get; }

    /// <summary>The length of the names of all its tasks.</summary>
    public long NameLength { get; }

    /// <summary>How many of its tasks need no other one.</summary>
    public int FirstTasks { get; }

    /// <summary>Those of its tasks that parts behind it wait for.</summary>
    public IReadOnlyList<int> LastTasks { get; }
}
