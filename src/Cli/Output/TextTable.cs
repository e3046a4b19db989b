using System.Globalization;
using System.Text.Json;

namespace ActorFlow.Cli;

/// <summary>Rows under headings: columns for people, objects for programs.</summary>
/// <param name="headings">The names of the columns, in lower case.</param>
internal sealed class TextTable(params IReadOnlyList<string> headings)
{
    private readonly List<object?[]> _rows = [];

    public int Count => _rows.Count;

    /// <summary>Adds a row: a text or a whole number for each column, null where there is none.</summary>
    public void Add(params object?[] values) => _rows.Add(values);

    /// <summary>Writes what fits, or JSON.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="asJson">Whether a list of objects is wanted.</param>
    /// <param name="ifEmpty">What is said if there is nothing.</param>
    public void Write(Terminal terminal, bool asJson, string ifEmpty)
    {
        if (asJson) terminal.WriteJson(WriteJson);
        else if (_rows.Count == 0) terminal.Output.WriteLine(ifEmpty);
        else WriteText(terminal.Output);
    }

    /// <summary>Writes columns, each as wide as its widest value.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="indent">What each line begins with.</param>
    public void WriteText(TextWriter output, string indent = "")
    {
        var texts = _rows.ConvertAll(row => Array.ConvertAll(row, value =>
            value is null ? "-" : PlainText.OneLine(Convert.ToString(value, CultureInfo.InvariantCulture)!)));
        var widths = headings.Select((heading, i) => Math.Max(
            heading.Length, texts.Select(row => row[i].Length).DefaultIfEmpty().Max())).ToArray();
        Line([.. headings.Select(heading => heading.ToUpperInvariant())]);
        foreach (var row in texts) Line(row);

        void Line(string[] values) => output.WriteLine(
            indent + string.Join("  ", values.Select((value, i) => value.PadRight(widths[i]))).TrimEnd());
    }

    /// <summary>Writes a list of objects with the headings as names.</summary>
    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var row in _rows)
        {
            writer.WriteStartObject();
            for (var i = 0; i < headings.Count; i++)
                if (row[i] is int number) writer.WriteNumber(headings[i], number);
                else writer.WriteString(headings[i], (string?)row[i]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
