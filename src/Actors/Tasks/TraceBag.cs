using System.Collections;
using ActorFlow.Engine;

namespace ActorFlow.Actors;

/// <summary>What an attempt notes down of its values: written down only if it fails.</summary>
internal sealed class TraceBag
{
    /// <summary>How many names are kept; what comes under further ones is counted.</summary>
    public const int MaxNames = 64;

    private const int MaxName = 200;
    private const int MaxValueBytes = 1_000;

    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, object?> _values = new(StringComparer.Ordinal);
    private int _left;

    /// <summary>Notes a value; the last one under a name counts.</summary>
    public void Note(string name, object? value)
    {
        lock (_gate)
        {
            if (_values.Count < MaxNames || _values.ContainsKey(name)) _values[name] = value;
            else _left++;
        }
    }

    /// <summary>The values as text; never throws, whatever they are.</summary>
    public IReadOnlyList<TracedValue> Render()
    {
        lock (_gate)
        {
            var traces = _values.Select(noted => Render(noted.Key, noted.Value)).ToList();
            if (_left > 0) traces.Add(new TracedValue("…", $"\"{_left} more; {MaxNames} names are kept\""));
            return traces;
        }
    }

    /// <summary>Traces that somebody else has made, within the same bounds; what is missing is left out.</summary>
    public static IReadOnlyList<TracedValue> Bounded(IReadOnlyList<TracedValue>? traces) =>
        [.. (traces ?? []).Where(trace => trace is { Name: not null, Value: not null }).Take(MaxNames)
            .Select(trace => new TracedValue(
                CutText.To(MaxName, trace.Name), CutText.To(MaxValueBytes, trace.Value)))];

    /// <summary>What an exception brings along in its data.</summary>
    public static IReadOnlyList<TracedValue> Of(IDictionary data)
    {
        if (data.Count == 0) return [];
        var bag = new TraceBag();
        foreach (DictionaryEntry entry in data) bag.Note(entry.Key.ToString() ?? "", entry.Value);
        return bag.Render();
    }

    private static TracedValue Render(string name, object? value) => new(
        CutText.To(MaxName, name),
        PayloadJson.Excerpt(value as Payload ?? Payload.Live(value), MaxValueBytes));
}
