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
        return new Drawing().Draw(flow);
    }

    /// <summary>Writes what is drawn as statements of the language.</summary>
    private sealed class Drawing : FlowDrawing
    {
        protected override void Begin(Flow flow) => Text.Append($"digraph {Quote(flow.Name)} {{\n")
            .Append("    charset=\"UTF-8\";\n    node [shape=box];\n");

        protected override void End() => Text.Append("}\n");

        protected override void BeginAdded(int place, Flow flow) => Text
            .Append($"    subgraph cluster_{PrefixOf(place)} {{\n    label={Quote(flow.Name)};\n");

        protected override void EndAdded() => Text.Append("    }\n");

        protected override void DrawInput(string node, string label) =>
            Text.Append($"    {node} [label=\"{label}\", shape=oval];\n");

        protected override void DrawTask(string node, IReadOnlyList<string> lines) =>
            Text.Append($"    {node} [label={Quote(string.Join('\n', lines))}];\n");

        protected override void DrawConstant(string node, string value, string to, string label)
        {
            Text.Append($"    {node} [label={Quote(value)}, shape=hexagon];\n");
            DrawEdge(node, to, label, isDashed: true);
        }

        protected override void DrawEdge(string from, string to, string label, bool isDashed)
        {
            List<string> attributes = [];
            if (label.Length > 0) attributes.Add($"label={Quote(label)}");
            if (isDashed) attributes.Add("style=dashed");
            Text.Append($"    {from} -> {to}");
            if (attributes.Count > 0) Text.Append($" [{string.Join(", ", attributes)}]");
            Text.Append(";\n");
        }

        // A cluster cannot be tied to anything, so its first task is.
        protected override void DrawTie(string task, int place) =>
            Text.Append($"    {task} -> {PrefixOf(place)}t0 [style=dotted, arrowhead=none];\n");

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
}
