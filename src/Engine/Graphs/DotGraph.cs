using System.Text;

namespace ActorFlow;

/// <summary>A flow in the DOT language of Graphviz.</summary>
public static class DotGraph
{
    /// <summary>Draws a flow. The same flow always gives the same text.</summary>
    /// <remarks>
    /// Edges say what they hand over; edges to tasks that need not succeed, and constants, are dashed. The text is
    /// UTF-8; names stand in quoted strings with everything escaped that Graphviz could take for its own.
    /// </remarks>
    public static string Render(Flow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        var text = new StringBuilder($"digraph {Quote(flow.Name)} {{\n");
        text.Append("    charset=\"UTF-8\";\n    node [shape=box];\n");
        if (flow.Tasks.Any(t => t.Inputs.Any(i => i is TaskInput.FromJob)))
            text.Append("    input [label=\"job input\", shape=oval];\n");
        foreach (var task in flow.Tasks)
            text.Append($"    t{task.Number} [label={Quote(string.Join('\n', GraphLabels.Of(task)))}];\n");
        var constants = 0;
        foreach (var task in flow.Tasks)
            foreach (var input in task.Inputs)
                AppendEdge(text, flow, task, input, ref constants);
        return text.Append("}\n").ToString();
    }

    private static void AppendEdge(StringBuilder text, Flow flow, FlowTask task, TaskInput input, ref int constants)
    {
        var (from, isDashed) = input switch
        {
            TaskInput.FromTask edge => ($"t{edge.Task}", !edge.Required),
            TaskInput.FromJob => ("input", false),
            TaskInput.Constant => ($"c{constants++}", true),
            _ => throw new System.Diagnostics.UnreachableException(
                $"The input {input.GetType().Name} has no arm [this is a bug in ActorFlow]."),
        };
        if (input is TaskInput.Constant constant)
            text.Append($"    {from} [label={Quote(GraphLabels.Of(constant))}, shape=hexagon];\n");
        List<string> attributes = [];
        var label = GraphLabels.Of(input, flow);
        if (label.Length > 0) attributes.Add($"label={Quote(label)}");
        if (isDashed) attributes.Add("style=dashed");
        text.Append($"    {from} -> t{task.Number}");
        if (attributes.Count > 0) text.Append($" [{string.Join(", ", attributes)}]");
        text.Append(";\n");
    }

    // Graphviz reads backslashes and HTML entities in labels; the rest may stand as it is between quotes.
    private static string Quote(string label)
    {
        var text = new StringBuilder(label.Length + 2).Append('"');
        foreach (var rune in label.EnumerateRunes())
        {
            text.Append(rune.Value switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '&' => "&amp;",
                '\n' => "\\n",
                _ => GraphLabels.IsVisible(rune) ? rune.ToString() : "\uFFFD",
            });
        }

        return text.Append('"').ToString();
    }
}
