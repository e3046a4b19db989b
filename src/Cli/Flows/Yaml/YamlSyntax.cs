using YamlDotNet.Core;

namespace ActorFlow.Cli;

/// <summary>Says what is wrong with a text that is no YAML so that whoever wrote it can mend it.</summary>
/// <param name="text">The text.</param>
internal sealed class YamlSyntax(string text)
{
    /// <summary>The problem of what the parser gives up on without a word.</summary>
    public const string Unreadable = "what follows cannot be read.";

    private const string Duplicate = "Duplicate key ";

    private const string Escapes = "0abtnvfre \"/\\N_LPxuU\t\r\n";

    private readonly string[] _lines = text.ReplaceLineEndings("\n").Split('\n');

    /// <summary>The place to look at, from 1, and the problem.</summary>
    /// <param name="at">Where the parser stopped.</param>
    /// <param name="problem">What it says.</param>
    /// <param name="open">Where the innermost brackets or braces open that are not closed; null if none are.</param>
    public (long Line, long Column, string Problem) Explain(Mark at, string problem, Mark? open)
    {
        var (line, column) = (Math.Max(at.Line, 1), Math.Max(at.Column, 1));
        if (Says("tab as indentation") && FirstTab() is { } tab)
            return (tab.Line, tab.Column, "A tab stands in the indentation; indent by spaces.");
        if (Says("unknown escape") && WrongEscape(line, column) is { } escape) return escape;
        if (Says("hexadecimal") || Says("surrogates") || Says("Unicode character escape"))
            return (line, column, "A '\\x', '\\u' or '\\U' in this text is followed by no code of a character.");
        if (Says(Duplicate))
            return (line, column,
                $"There are two keys '{Twice()}' in one mapping; names must differ.");
        if (Says("quoted scalar"))
            return (line, column,
                $"The text that begins here is not closed; a {CharAt(line, column)} is missing at its end, or its "
                + "further lines are indented too little.");
        if (Says("plain scalar")) return (line, column, ColonInText(line, column));
        if (Says("block mapping") || Says("block collection")) return (line, column, InBlock(line, column));
        if (Says("flow mapping") || Says("flow sequence")) return InBrackets(line, column, open);
        if (open is not null && (Says(Unreadable) || Says("node content"))) return InBrackets(line + 1, 1, open);
        return (line, column, Single(line, column) ?? problem);

        bool Says(string part) => problem.Contains(part, StringComparison.Ordinal);

        string Twice() => PlainText.OneLine(problem[(problem.IndexOf(Duplicate, StringComparison.Ordinal)
            + Duplicate.Length)..]);

        string? Single(long l, long c) => 0 switch
        {
            _ when Says("start any token") || Says("anchor or alias") || Says("scanning a tag") =>
                $"A value cannot begin with '{CharAt(l, c)}'; put it in quotes.",
            _ when Says("block scalar") && Says("line break") =>
                $"Behind '{CharAt(l, c)}' the line ends: the text begins on the next one, indented further.",
            _ when Says("sequence entries are not allowed") =>
                "A list with '-' begins on a line of its own; on this one write [a, b].",
            _ when Says("node content") || Says(Unreadable) => "A value is missing here, or cannot be read.",
            _ => null,
        };
    }

    private string LineOf(long line) => line <= _lines.Length ? _lines[line - 1] : "";

    private char CharAt(long line, long column) =>
        LineOf(line) is var whole && column <= whole.Length ? whole[(int)column - 1] : ' ';

    private (long Line, long Column)? FirstTab()
    {
        for (var i = 0; i < _lines.Length; i++)
        {
            var indent = _lines[i].AsSpan().IndexOfAnyExcept(' ');
            if (indent >= 0 && _lines[i][indent] == '\t' && _lines[i].Trim().Length > 0) return (i + 1, indent + 1);
        }

        return null;
    }

    // The parser names the beginning of the text.
    private (long Line, long Column, string Problem)? WrongEscape(long line, long column)
    {
        var (atLine, at) = (line, (int)column);
        for (; atLine <= _lines.Length; atLine++, at = 0)
        {
            var whole = LineOf(atLine);
            for (; at < whole.Length; at++)
            {
                if (whole[at] != '\\') continue;
                if (at + 1 < whole.Length && !Escapes.Contains(whole[at + 1], StringComparison.Ordinal))
                    return (atLine, at + 1, $"'\\{whole[at + 1]}' means nothing in double quotes: write '\\\\' for the "
                        + "character '\\', or put the text in single quotes.");
                at++;
            }
        }

        return null;
    }

    private string ColonInText(long line, long column)
    {
        var before = LineOf(line)[..Math.Min((int)column - 1, LineOf(line).Length)];
        if (before.Contains(": ", StringComparison.Ordinal))
            return "A value has a ': ' in it here; put the value in quotes.";
        for (var above = line - 1; above > 0; above--)
            if (LineOf(above).Trim() is { Length: > 0 } said && said[0] != '#')
                return said.Contains(": ", StringComparison.Ordinal)
                    ? $"This line is indented further than the one above it, line {above}, whose value it would go on "
                        + "with; indent both alike."
                    : $"A ':' is missing in line {above}, or this line is indented too far: it would go on with the "
                        + "text that stands there.";
        return "A ':' cannot stand here; put the value in quotes.";
    }

    private string InBlock(long line, long column)
    {
        var (whole, indent) = (LineOf(line), (int)column - 1);
        var before = whole[..Math.Min(indent, whole.Length)].TrimEnd();
        var character = CharAt(line, column);
        if (character is '}' or ']') return $"This '{character}' closes nothing; leave it out, or open it before.";
        if (before.Length == 0)
            return character == '-'
                ? "A '-' stands among keys: a mapping has no items, and a list no keys."
                : $"This line is indented by {indent}, and stands in no line with what it belongs to: indent it like "
                    + "the keys or items beside it.";
        return before[^1] is '"' or '\''
            ? "Behind the closing quote a value ends; put the whole value in quotes."
            : "A key and a ':' are missing here, or what stands here belongs into quotes.";
    }

    private (long Line, long Column, string Problem) InBrackets(long line, long column, Mark? open)
    {
        var opening = open is { } mark ? CharAt(mark.Line, mark.Column) : ' ';
        if (opening is not ('{' or '[')) return (line, column, "A ',' or a closing bracket is missing here.");
        var closing = opening == '{' ? '}' : ']';
        // What stands in a line behind the opening is a slip there; otherwise the end is missing.
        if (open!.Value.Line == line && LineOf(line).Length >= column)
            return (line, column,
                $"A ',' or '{closing}' is missing here: the '{opening}' in column {open.Value.Column} is open.");
        return (open.Value.Line, open.Value.Column, $"The '{opening}' that opens here is not closed: a '{closing}' is "
            + "missing, or lines in it are indented too little.");
    }
}
