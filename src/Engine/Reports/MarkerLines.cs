namespace ActorFlow;

/// <summary>Markers as text for people.</summary>
internal static class MarkerLines
{
    /// <summary>The first of several, and how many more there are.</summary>
    public static string Short(IReadOnlyList<Marker> markers) => markers.Count switch
    {
        0 => "nothing",
        1 => ReportText.Plain(markers[0].ToString()),
        _ => $"{ReportText.Plain(markers[0].ToString())} (and {markers.Count - 1} more)",
    };

    /// <summary>How many there are of each severity, the worst first: <c>1 error, 2 warnings</c>.</summary>
    public static string Count(IEnumerable<Marker> markers)
    {
        var counts = new int[3];
        foreach (var marker in markers) counts[Math.Min((int)marker.Severity, 2)]++;
        var parts = new List<string>();
        if (counts[2] > 0) parts.Add(counts[2] == 1 ? "1 error" : $"{counts[2]} errors");
        if (counts[1] > 0) parts.Add(counts[1] == 1 ? "1 warning" : $"{counts[1]} warnings");
        if (counts[0] > 0) parts.Add($"{counts[0]} info");
        return string.Join(", ", parts);
    }
}
