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
        var constants = 0;
        var added = GraphLabels.AddedTo(flow);
        AppendFlow(text, flow, "", "job input", ref constants);
        for (var i = 0; i < added.Count; i++)
        {
            text.Append($"    subgraph cluster_f{i} {{\n    label={Quote(added[i].Name)};\n");
            AppendFlow(text, added[i], $"f{i}", "flow input", ref constants);
            text.Append("    }\n");
        }

        AppendAdding(text, flow, "", added);
        for (var i = 0; i < added.Count; i++) AppendAdding(text, added[i], $"f{i}", added);
        return text.Append("}\n").ToString();
    }

    private static void AppendFlow(StringBuilder text, Flow flow, string prefix, string input, ref int constants)
    {
        if (flow.Tasks.Any(t => t.Inputs.Any(i => i is TaskInput.FromJob)))
            text.Append($"    {prefix}input [label=\"{input}\", shape=oval];\n");
        foreach (var task in flow.Tasks)
            text.Append($"    {prefix}t{task.Number} [label={Quote(string.Join('\n', GraphLabels.Of(task)))}];\n");
        foreach (var task in flow.Tasks)
            foreach (var each in task.Inputs)
                AppendEdge(text, flow, prefix, task, each, ref constants);
    }

    // A task is tied to the first task of each flow that it adds, which is drawn once.
    private static void AppendAdding(StringBuilder text, Flow flow, string prefix, IReadOnlyList<Flow> added)
    {
        foreach (var task in flow.Tasks)
            for (var i = 0; i < added.Count; i++)
                if (task.Templates.Any(template => ReferenceEquals(template.Flow, added[i])))
                    text.Append($"    {prefix}t{task.Number} -> f{i}t0 [style=dotted, arrowhead=none];\n");
    }

    private static void AppendEdge(
        StringBuilder text, Flow flow, string prefix, FlowTask task, TaskInput input, ref int constants)
    {
        var (from, isDashed) = input switch
        {
            TaskInput.FromTask edge => ($"{prefix}t{edge.Task}", !edge.Required),
            TaskInput.FromJob => ($"{prefix}input", false),
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
        text.Append($"    {from} -> {prefix}t{task.Number}");
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
