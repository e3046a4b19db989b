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
        return new Drawing().Draw(flow);
    }

    /// <summary>Writes what is drawn as lines of the language.</summary>
    private sealed class Drawing : FlowDrawing
    {
        protected override void Begin(Flow flow) => Text.Append("graph TD\n");

        protected override void BeginAdded(int place, Flow flow) =>
            Text.Append($"    subgraph {PrefixOf(place)}[\"{Escape(flow.Name)}\"]\n");

        protected override void EndAdded() => Text.Append("    end\n");

        protected override void DrawInput(string node, string label) => Text.Append($"    {node}([\"{label}\"])\n");

        protected override void DrawTask(string node, IReadOnlyList<string> lines) =>
            Text.Append($"    {node}[\"{string.Join("<br/>", lines.Select(Escape))}\"]\n");

        protected override void DrawConstant(string node, string value, string to, string label) =>
            DrawEdge($"{node}{{{{\"{Escape(value)}\"}}}}", to, label, isDashed: true);

        protected override void DrawEdge(string from, string to, string label, bool isDashed)
        {
            Text.Append($"    {from} {(isDashed ? "-.->" : "-->")}");
            if (label.Length > 0) Text.Append($"|\"{Escape(label)}\"|");
            Text.Append($" {to}\n");
        }

        protected override void DrawTie(string task, int place) =>
            Text.Append($"    {task} -.- {PrefixOf(place)}\n");

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
}
