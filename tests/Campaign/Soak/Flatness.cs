using System.Globalization;

namespace ActorFlow.Campaign;

/// <summary>
/// Whether what a process holds has stayed flat: the last quarter of the measurements against the first after warm-up.
/// </summary>
/// <remarks>
/// Compared are medians, so that one measurement in the middle of a burst decides nothing. What may differ is what
/// comes and goes while nothing leaks: how many jobs are open and how many have ended within the retention, whether
/// compaction has just been or is about to be (a segment is a file that is open), and threads: a pool starts another
/// when none rests, up to 64, and keeps it. The heap holds buffers besides that are let go of when they were not needed
/// for a while. What grows with the number of jobs is beyond that by the end: at 50 jobs a second for an hour, 40 bytes
/// a job are too much.
/// </remarks>
internal static class Flatness
{
    /// <summary>Warm-up: code is compiled anew when it has run for a while, and caches and pools fill.</summary>
    private const double WarmUp = 1.0 / 6;

    private const double Quarter = 1.0 / 4;

    private static readonly (string What, Func<Measurement, long> Of, double Share, long Room)[] Tolerances =
    [
        ("heap bytes", m => m.HeapBytes, 0.1, 2 * 1024 * 1024),
        ("descriptors", m => m.Descriptors, 0.1, 8),
        ("threads", m => m.Threads, 0.1, 16),
        ("bytes in the journal's directory", m => m.DirectoryBytes, 0.1, 4 * 1024 * 1024),
    ];

    /// <summary>Compares; measurements are in the order of their time.</summary>
    /// <returns>A line for each thing that is measured, and whether it stayed flat.</returns>
    public static IReadOnlyList<(string Line, bool IsFlat)> Judge(IReadOnlyList<Measurement> measurements)
    {
        var warm = measurements.Skip((int)Math.Ceiling(measurements.Count * WarmUp)).ToList();
        var count = Math.Max(1, (int)(measurements.Count * Quarter));
        return [.. Tolerances.Select(t => Compare(t.What, Median(warm.Take(count).Select(t.Of)),
            Median(warm.TakeLast(count).Select(t.Of)), t.Share, t.Room))];
    }

    private static (string Line, bool IsFlat) Compare(string what, long first, long last, double share, long room)
    {
        var most = first + (long)(first * share) + room;
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {first} after warm-up, {last} in the last quarter (at most {most})");
        return (line + (last <= most ? "" : ": NOT FLAT"), last <= most);
    }

    private static long Median(IEnumerable<long> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
