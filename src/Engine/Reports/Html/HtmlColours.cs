namespace ActorFlow;

/// <summary>The colours of one palette.</summary>
/// <param name="Page">Behind everything.</param>
/// <param name="Card">Behind tables and blocks.</param>
/// <param name="Line">Of borders.</param>
/// <param name="Text">Of text.</param>
/// <param name="Quiet">Of text that matters less.</param>
/// <param name="Good">Of what succeeded.</param>
/// <param name="Bad">Of what failed.</param>
/// <param name="Odd">Of what was skipped or cancelled.</param>
/// <param name="Open">Of what has not ended.</param>
/// <param name="OnBadge">Of text on the last four.</param>
internal sealed record HtmlColours(
    string Page, string Card, string Line, string Text, string Quiet, string Good, string Bad, string Odd, string Open,
    string OnBadge)
{
    public static HtmlColours Of(ReportPalette palette) => palette switch
    {
        ReportPalette.Catppuccin => new(
            "#eff1f5", "#e6e9ef", "#ccd0da", "#4c4f69", "#5c5f77",
            "#2f7a1f", "#d20f39", "#9c5b00", "#1e66f5", "#ffffff"),
        ReportPalette.Neobones => new(
            "#e5ede6", "#dbe6dc", "#b3c6b6", "#202e18", "#415934",
            "#567a30", "#a8334c", "#944927", "#286486", "#ffffff"),
        ReportPalette.Slate => new(
            "#0f172a", "#1e293b", "#334155", "#e2e8f0", "#94a3b8",
            "#4ade80", "#f87171", "#fbbf24", "#60a5fa", "#0f172a"),
        _ => new(
            "#ffffff", "#f7f7f7", "#d9d9d9", "#1f1f1f", "#5f5f5f",
            "#1e7d34", "#b3261e", "#8a5a00", "#1f5fbf", "#ffffff"),
    };

    /// <summary>The colours as a style sheet; literal values, since readers of mail know no variables.</summary>
    public string Sheet() =>
        $$"""
        body{margin:0;padding:24px;background:{{Page}};color:{{Text}};font:15px/1.5 system-ui,sans-serif}
        main{max-width:1100px;margin:0 auto}
        h1{font-size:22px;margin:0 0 4px}h2{font-size:17px;margin:28px 0 8px}h3{font-size:15px;margin:0 0 6px}
        p{margin:4px 0}.quiet{color:{{Quiet}}}
        table{border-collapse:collapse;width:100%;background:{{Card}}}
        th,td{border:1px solid {{Line}};padding:6px 10px;text-align:left;vertical-align:top}
        th{color:{{Quiet}};font-weight:600}
        section{background:{{Card}};border:1px solid {{Line}};border-left:4px solid {{Bad}};padding:12px;margin:12px 0}
        pre,code{font:13px/1.45 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere;margin:0}
        .badge{display:inline-block;padding:1px 8px;border-radius:9px;color:{{OnBadge}};font-size:13px}
        .succeeded{background:{{Good}}}.failed{background:{{Bad}}}.odd{background:{{Odd}}}.open{background:{{Open}}}
        """;
}
