using System.Diagnostics;
using System.Text;

namespace ActorFlow;

/// <summary>
/// Walks through a flow and the flows that its tasks add, each once; what is written of them is up to the language.
/// </summary>
internal abstract class FlowDrawing
{
    private int _constants;

    protected StringBuilder Text { get; } = new();

    /// <summary>Draws a flow.</summary>
    public string Draw(Flow flow)
    {
        var added = GraphLabels.AddedTo(flow);
        Begin(flow);
        DrawTasks(flow, "", "job input");
        foreach (var (place, each) in added.Index())
        {
            BeginAdded(place, each);
            DrawTasks(each, PrefixOf(place), "flow input");
            EndAdded();
        }

        DrawAdding(flow, added);
        End();
        return Text.ToString();
    }

    protected virtual void Begin(Flow flow)
    {
    }

    protected virtual void End()
    {
    }

    /// <summary>What is drawn from here on belongs to a flow that tasks add.</summary>
    protected abstract void BeginAdded(int place, Flow flow);

    protected abstract void EndAdded();

    protected abstract void DrawInput(string node, string label);

    protected abstract void DrawTask(string node, IReadOnlyList<string> lines);

    /// <summary>Draws a value that a task is handed, and that it is handed to it.</summary>
    protected abstract void DrawConstant(string node, string value, string to, string label);

    /// <summary>Draws what one task is handed by another, or by whatever else.</summary>
    protected abstract void DrawEdge(string from, string to, string label, bool isDashed);

    /// <summary>Ties a task to a flow that it adds.</summary>
    protected abstract void DrawTie(string task, int place);

    protected static string PrefixOf(int place) => $"f{place}";

    private void DrawTasks(Flow flow, string prefix, string input)
    {
        if (flow.Tasks.Any(task => task.Inputs.Any(each => each is TaskInput.FromJob)))
            DrawInput($"{prefix}input", input);
        foreach (var task in flow.Tasks) DrawTask($"{prefix}t{task.Number}", GraphLabels.Of(task));
        foreach (var task in flow.Tasks)
            foreach (var each in task.Inputs)
                DrawNeed(flow, prefix, task, each);
    }

    private void DrawNeed(Flow flow, string prefix, FlowTask task, TaskInput input)
    {
        var (node, label) = ($"{prefix}t{task.Number}", GraphLabels.Of(input, flow));
        switch (input)
        {
            case TaskInput.FromTask edge: DrawEdge($"{prefix}t{edge.Task}", node, label, !edge.Required); break;
            case TaskInput.FromJob: DrawEdge($"{prefix}input", node, label, isDashed: false); break;
            case TaskInput.Constant constant:
                DrawConstant($"c{_constants++}", GraphLabels.Of(constant), node, label);
                break;
            default:
                throw new UnreachableException(
                    $"The input {input.GetType().Name} has no arm [this is a bug in ActorFlow].");
        }
    }

    private void DrawAdding(Flow flow, IReadOnlyList<Flow> added)
    {
        var places = new Dictionary<Flow, int>(ReferenceEqualityComparer.Instance);
        foreach (var (place, each) in added.Index()) places[each] = place;
        DrawTies(flow, "", places);
        foreach (var (place, each) in added.Index()) DrawTies(each, PrefixOf(place), places);
    }

    private void DrawTies(Flow flow, string prefix, Dictionary<Flow, int> places)
    {
        foreach (var task in flow.Tasks)
        {
            var tied = new SortedSet<int>();
            foreach (var template in task.Templates)
                if (places.TryGetValue(template.Flow, out var place)) tied.Add(place);
            foreach (var place in tied) DrawTie($"{prefix}t{task.Number}", place);
        }
    }
}
