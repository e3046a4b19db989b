namespace ActorFlow.Engine.Tests.Enumeration;

/// <summary>Who may run and who is skipped, by how tasks have ended: asked of the reference model once each.</summary>
internal sealed class Expectations(Flow flow)
{
    private readonly Dictionary<int, Expectation> _known = [];

    /// <summary>What is expected after those tasks have ended that ran; the others are in any other phase.</summary>
    public Expectation After(ReadOnlySpan<TaskPhase> ended)
    {
        var code = 0;
        foreach (var outcome in ended)
            code = code * 3 + (outcome == TaskPhase.Succeeded ? 1 : outcome == TaskPhase.Failed ? 2 : 0);
        if (_known.TryGetValue(code, out var known)) return known;
        return _known[code] = new Expectation(flow, ended);
    }
}

/// <summary>Who may run and who is skipped at one point of a job.</summary>
internal sealed class Expectation
{
    public Expectation(Flow flow, ReadOnlySpan<TaskPhase> ended)
    {
        var model = new ReferenceModel(ModelTask.Of(flow));
        // What needs others is told of first: in a job that goes on after its end it may have been done before them.
        for (var task = ended.Length - 1; task >= 0; task--)
            if (ended[task] is TaskPhase.Succeeded or TaskPhase.Failed) model.Ended(task, ended[task]);
        var tasks = Enumerable.Range(0, ended.Length).ToArray();
        MayRun = [.. tasks.Select(model.MayRun)];
        Blamable = [.. tasks.Select(task => model.Skipped.Contains(task) ? model.Blamable(task).ToArray() : null)];
    }

    /// <summary>Whether nothing keeps a task from running, by number.</summary>
    public bool[] MayRun { get; }

    /// <summary>The tasks that may be blamed for a task's being skipped, by its number; null if it is not.</summary>
    public int[]?[] Blamable { get; }
}
