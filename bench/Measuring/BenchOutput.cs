using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActorFlow.Bench.Measuring;

/// <summary>Prints measures, one JSON line each.</summary>
internal sealed class BenchOutput(TextWriter lines, TextWriter notes)
{
    /// <summary>Prints one measure.</summary>
    /// <param name="bench">The benchmark.</param>
    /// <param name="name">The case.</param>
    /// <param name="figures">The figures by name; doubles are rounded to four digits that count.</param>
    public void Line(string bench, string name, params (string Name, object? Value)[] figures)
    {
        var line = new JsonObject { ["bench"] = bench, ["case"] = name };
        foreach (var (figure, value) in figures)
            line[figure] = JsonSerializer.SerializeToNode(value is double number ? Round(number) : value);
        lines.WriteLine(line.ToJsonString());
        lines.Flush();
    }

    /// <summary>Prints the ratio of two rates, with the rates.</summary>
    public void Ratio(string bench, string name, PairRates pair, params (string Name, object? Value)[] more) =>
        Line(bench, name,
        [
            ("ratio", pair.Ratio), ("perSecond", pair.PerSecond), ("limitPerSecond", pair.LimitPerSecond), .. more,
        ]);

    /// <summary>Says something that is no measure, beside the lines.</summary>
    public void Note(string text) => notes.WriteLine(text);

    private static double? Round(double value)
    {
        if (!double.IsFinite(value)) return null;
        if (value == 0) return 0;
        var digits = 3 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return digits < 0 ? Math.Round(value) : Math.Round(value, Math.Min(15, digits));
    }
}
