using System.Text;

namespace ActorFlow;

/// <summary>A flow as a Mermaid flowchart, for pages and documents.</summary>
public static class MermaidGraph
{
    /// <summary>Draws a flow. The same flow always gives the same text.</summary>
    /// <remarks>
    /// Edges say what they hand over; edges to tasks that need not succeed, and constants, are dashed. Names stand in
    /// quoted labels with everything escaped that Mermaid or HTML could take for its own.
    /// </remarks>
    public static string Render(Flow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        var text = new StringBuilder("graph TD\n");
        var constants = 0;
        var added = GraphLabels.AddedTo(flow);
        AppendFlow(text, flow, "", "job input", ref constants);
        for (var i = 0; i < added.Count; i++)
        {
            text.Append($"    subgraph f{i}[\"{Escape(added[i].Name)}\"]\n");
            AppendFlow(text, added[i], $"f{i}", "flow input", ref constants);
            text.Append("    end\n");
        }

        AppendAdding(text, flow, "", added);
        for (var i = 0; i < added.Count; i++) AppendAdding(text, added[i], $"f{i}", added);
        return text.ToString();
    }

    private static void AppendFlow(StringBuilder text, Flow flow, string prefix, string input, ref int constants)
    {
        if (flow.Tasks.Any(t => t.Inputs.Any(i => i is TaskInput.FromJob)))
            text.Append($"    {prefix}input([\"{input}\"])\n");
        foreach (var task in flow.Tasks)
            text.Append($"    {prefix}t{task.Number}")
                .Append($"[\"{string.Join("<br/>", GraphLabels.Of(task).Select(Escape))}\"]\n");
        foreach (var task in flow.Tasks)
            foreach (var each in task.Inputs)
                AppendEdge(text, flow, prefix, task, each, ref constants);
    }

    // A task is tied to the flows that it adds, each of which is drawn once.
    private static void AppendAdding(StringBuilder text, Flow flow, string prefix, IReadOnlyList<Flow> added)
    {
        foreach (var task in flow.Tasks)
            for (var i = 0; i < added.Count; i++)
                if (task.Templates.Any(template => ReferenceEquals(template.Flow, added[i])))
                    text.Append($"    {prefix}t{task.Number} -.- f{i}\n");
    }

    private static void AppendEdge(
        StringBuilder text, Flow flow, string prefix, FlowTask task, TaskInput input, ref int constants)
    {
        var (from, arrow) = input switch
        {
            TaskInput.FromTask edge => ($"{prefix}t{edge.Task}", edge.Required ? "-->" : "-.->"),
            TaskInput.FromJob => ($"{prefix}input", "-->"),
            TaskInput.Constant constant => ($"c{constants++}{{{{\"{Escape(GraphLabels.Of(constant))}\"}}}}", "-.->"),
            _ => throw new System.Diagnostics.UnreachableException(
                $"The input {input.GetType().Name} has no arm [this is a bug in ActorFlow]."),
        };
        var label = GraphLabels.Of(input, flow);
        text.Append($"    {from} {arrow}");
        if (label.Length > 0) text.Append($"|\"{Escape(label)}\"|");
        text.Append($" {prefix}t{task.Number}\n");
    }

    // Mermaid knows no escapes but numbered entities, and reads Markdown, HTML and its own signs inside of quotes.
    private static string Escape(string label)
    {
        var text = new StringBuilder(label.Length);
        foreach (var rune in label.EnumerateRunes())
        {
            if (rune.Value == '\n') text.Append("<br/>");
            else if (!GraphLabels.IsVisible(rune)) text.Append('\uFFFD');
            else if (IsPlain(rune)) text.Append(rune.ToString());
            else text.Append($"#{rune.Value};");
        }

        return text.ToString();
    }

    private static bool IsPlain(Rune rune) => !rune.IsAscii || Rune.IsLetterOrDigit(rune)
        || " _-.,:/+=!?@'".Contains((char)rune.Value, StringComparison.Ordinal);
}
