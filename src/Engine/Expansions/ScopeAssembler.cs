using ActorFlow.Engine;

namespace ActorFlow;

/// <summary>Places the parts of an expansion in the graph of a job.</summary>
internal sealed class ScopeAssembler
{
    private readonly FlowTask _owner;
    private readonly Expansion _expansion;
    private readonly IReadOnlyList<FlowTemplate> _templates;
    private readonly TemplateShape?[] _shapes;
    private readonly int _first;
    private readonly FlowTask[] _tasks;
    private readonly int[] _partStarts;
    private readonly int[] _upStarts;
    private readonly List<EdgeEnd> _ups = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    private ScopeAssembler(JobGraph graph, FlowTask owner, Expansion expansion)
    {
        _owner = owner;
        _expansion = expansion;
        _templates = expansion.Source is { } source ? [Made(graph, source)] : owner.Templates;
        _shapes = new TemplateShape?[_templates.Count];
        _first = graph.Count;
        _partStarts = new int[expansion.Parts.Count];
        _tasks = new FlowTask[CountTasks(graph)];
        _upStarts = new int[_tasks.Length + 1];
    }

    public static JobScope Assemble(JobGraph graph, int owner, Expansion expansion)
    {
        var assembler = new ScopeAssembler(graph, graph[owner], expansion);
        for (var part = 0; part < expansion.Parts.Count; part++) assembler.Place(graph, part);
        var edges = new FlowEdges(
            assembler._tasks.Length, assembler._upStarts, [.. assembler._ups], assembler._first);
        return new JobScope(
            graph.Scopes.Count, assembler._owner, expansion, assembler._templates, assembler._first, assembler._tasks,
            assembler._partStarts, edges);
    }

    private FlowTemplate Made(JobGraph graph, Payload source)
    {
        if (_owner.Maker is not { } maker) throw Fault("it has a source, and the task makes no flows");
        try
        {
            var made = maker.Make(source);
            var foreign = made.Flow.Pools.Names.FirstOrDefault(pool => graph.Flow.Pools.IndexOf(pool) < 0);
            return foreign is null ? made : throw Fault($"the job has no pool '{foreign}'");
        }
        catch (Exception e) when (e is not ExpansionException)
        {
            throw Fault($"the flow cannot be made that it adds: {e.Message.TrimEnd('.')}");
        }
    }

    // Counted before anything is made: what is too large must not take the memory first.
    private int CountTasks(JobGraph graph)
    {
        RequireBounds();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var (count, edges, size) = (0L, (long)graph.EdgeCount, _expansion.Size);
        for (var number = 0; number < _expansion.Parts.Count; number++)
        {
            var part = _expansion.Parts[number];
            if (!IsText(part.Name))
                throw Fault("a part's name has half a surrogate pair, and would be stored as another");
            if (!names.Add(part.Name)) throw Fault($"it has two parts '{part.Name}'; names must differ");
            if (part.Template < 0 || part.Template >= _templates.Count)
                throw Fault($"part '{part.Name}' is made of template {part.Template}, and there are "
                    + $"{_templates.Count}, from 0");
            foreach (var other in part.Needs)
                if (other < 0 || other >= number)
                    throw Fault($"part '{part.Name}' needs part {other}; a part needs parts before it only");
            if (part.Input is null && !part.Collects && part.From.Count != 1)
                throw Fault($"part '{part.Name}' has no input");
            foreach (var other in part.From)
                if (_templates[_expansion.Parts[other].Template].Result is null)
                    throw Fault($"part '{part.Name}' takes the result of '{_expansion.Parts[other].Name}', "
                        + "which has none");
            _partStarts[number] = (int)Math.Min(int.MaxValue, graph.Count + count);
            var shape = ShapeOf(part);
            count += shape.Tasks;
            edges += shape.Edges + CountNeeds(part);
            size += shape.NameLength + ((long)shape.Tasks * (_owner.Name.Length + part.Name.Length + 2));
        }

        if (_expansion.Result is { } result && (result < 0 || result >= _expansion.Parts.Count))
            throw Fault($"its result is that of part {result}, and there are {_expansion.Parts.Count}, from 0");
        RequireRoom("tasks", graph.Count + count, Limits.Tasks);
        RequireRoom("edges", edges, Limits.Edges);
        RequireSize(size);
        return (int)count;
    }

    private long CountNeeds(ExpansionPart part) =>
        part.Needs.Sum(other => (long)ShapeOf(other).LastTasks.Count) * ShapeOf(part).FirstTasks;

    private TemplateShape ShapeOf(int part) => ShapeOf(_expansion.Parts[part]);

    private TemplateShape ShapeOf(ExpansionPart part) =>
        _shapes[part.Template] ??= new TemplateShape(_templates[part.Template]);

    private void RequireRoom(string what, long count, int most)
    {
        if (count > most) throw Fault($"the job would have {count} {what}; {most} is the most");
    }

    private void RequireSize(long size)
    {
        if (size > Limits.PayloadBytes)
            throw Fault($"its parts take {size} bytes; {Limits.PayloadBytes} is the most. Keep their inputs in files "
                + "and hand over the paths, or expand in several steps");
    }

    private void RequireBounds()
    {
        if (_expansion.MaxParallel < 1)
            throw Fault($"{_expansion.MaxParallel} of its tasks may be under way at once; it must be at least 1");
        if (_expansion.StopAfterFailures < 0)
            throw Fault($"it stops after {_expansion.StopAfterFailures} failures; it must be 0 or more");
        if (_expansion.Key is { } key && !IsText(key))
            throw Fault("its key has half a surrogate pair, and would be stored as another");
        RequireSize(_expansion.Size);
    }

    // What is stored otherwise than it was said would not be found again.
    private static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i])))
                return false;
        return true;
    }

    private void Place(JobGraph graph, int number)
    {
        var part = _expansion.Parts[number];
        var flow = _templates[part.Template].Flow;
        var start = _partStarts[number];
        foreach (var task in flow.Tasks)
        {
            var name = NameOf(part, flow, task);
            if (NameRules.Fault("A task's name", name) is { } fault) throw Fault(fault.TrimEnd('.'));
            if (graph.TryFind(name, out _)) throw Fault($"the job has a task '{name}' already");
            if (!_names.Add(name)) throw Fault($"it has two tasks '{name}'");
            var place = start - _first + task.Number;
            _tasks[place] = new FlowTask(task, name, start);
            foreach (var up in flow.Edges.Upstream(task.Number)) _ups.Add(new EdgeEnd(start + up.Task, up.Required));
            if (flow.Edges.Upstream(task.Number).Length == 0) AddNeeds(part);
            _upStarts[place + 1] = _ups.Count;
        }
    }

    /// <summary>A part begins when those that it needs have ended: its first tasks need their last ones.</summary>
    private void AddNeeds(ExpansionPart part)
    {
        foreach (var other in part.Needs)
            foreach (var task in ShapeOf(other).LastTasks)
                _ups.Add(new EdgeEnd(_partStarts[other] + task, required: true));
    }

    // A part that is one task is called as the part; "[…]" behind the owner's name where the part is a mere key.
    private string NameOf(ExpansionPart part, Flow flow, FlowTask task)
    {
        var prefix = part.Name.StartsWith('[') ? _owner.Name + part.Name : $"{_owner.Name}.{part.Name}";
        return flow.Tasks.Count == 1 ? prefix : $"{prefix}.{task.Name}";
    }

    private ExpansionException Fault(string problem) =>
        new($"Task '{_owner.Name}' cannot expand: {problem}.");
}
