using System.Globalization;
using System.Text.Json;

namespace ActorFlow;

/// <summary>How reports write phases, reasons and times.</summary>
internal static class ReportWords
{
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    private static readonly string[] TaskPhases = Words<TaskPhase>();
    private static readonly string[] JobPhases = Words<JobPhase>();
    private static readonly string[] Standings = Words<JobStanding>();
    private static readonly string[] Reasons =
        [.. Enum.GetNames<Reason>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    public static string Of(TaskPhase phase) => TaskPhases[(int)phase];

    public static string Of(JobPhase phase) => JobPhases[(int)phase];

    public static string Of(JobStanding standing) => Standings[(int)standing];

    public static string Of(Reason reason) => Reasons[(int)reason];

    /// <summary>A time for a person: UTC, to the millisecond.</summary>
    public static string Of(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A duration for a person.</summary>
    public static string Of(TimeSpan span) =>
        span.TotalMinutes >= 1 ? $"{(long)span.TotalHours:00}:{span.Minutes:00}:{span.Seconds:00}"
        : span.TotalSeconds >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.00} s")
        : string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0.###} ms");

    // The numbers of these enumerations are stored and have no gaps, so they serve as indexes.
    private static string[] Words<T>() where T : struct, Enum =>
        [.. Enum.GetNames<T>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];
}
