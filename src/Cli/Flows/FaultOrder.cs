using System.Globalization;

namespace ActorFlow.Cli;

/// <summary>Puts faults in the order in which a reader mends them: by file, line and column, each once.</summary>
internal static class FaultOrder
{
    /// <summary>The faults in order: those of the first file, then those of others by their names.</summary>
    /// <param name="faults">The faults; what has no place is about the whole of the file, and goes first.</param>
    /// <param name="first">A place in the first file; null if nothing has a place.</param>
    public static List<FlowFault> Of(IEnumerable<FlowFault> faults, string? first)
    {
        var file = PlaceOf(first).File;
        return
        [
            .. faults.Distinct().Select(fault => (Fault: fault, Place: PlaceOf(fault.Location)))
                .OrderBy(each => each.Place.File.Length > 0 && each.Place.File != file)
                .ThenBy(each => each.Place.File, StringComparer.Ordinal)
                .ThenBy(each => each.Place.Line)
                .ThenBy(each => each.Place.Column)
                .Select(each => each.Fault),
        ];
    }

    private static (string File, long Line, long Column) PlaceOf(string? location)
    {
        if (location is null) return ("", 0, 0);
        var column = location.LastIndexOf(':');
        var line = column > 0 ? location.LastIndexOf(':', column - 1) : -1;
        return line > 0 && Number(location.AsSpan(line + 1, column - line - 1)) is { } atLine
            && Number(location.AsSpan(column + 1)) is { } atColumn
            ? (location[..line], atLine, atColumn)
            : ("", 0, 0);
    }

    private static long? Number(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
