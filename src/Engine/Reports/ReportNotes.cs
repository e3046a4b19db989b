using System.Text;
using System.Text.Json;

namespace ActorFlow;

/// <summary>How reports write what attempts have noted down and left.</summary>
internal static class ReportNotes
{
    private const int MaxListed = 20;

    /// <summary>Adds the markers of all tasks, those of failed attempts too, and what was kept.</summary>
    public static void Append(StringBuilder text, JobReport report)
    {
        var markers = MarkersOf(report);
        if (markers.Count > 0)
            text.AppendLine($"Markers: {MarkerLines.Count(markers.Select(marker => marker.Noted.Marker))}");
        foreach (var (name, noted) in markers.Take(MaxListed))
            text.Append("  ").Append(ReportText.Plain($"{noted.Marker}"))
                .AppendLine($"  [{ReportText.Plain(name)}, attempt {noted.Attempt}]");
        var more = markers.Count - MaxListed;
        if (more > 0) text.AppendLine($"  … and {(more == 1 ? "1 more marker" : $"{more} more markers")}.");
        foreach (var (name, kept) in KeptIn(report))
            text.AppendLine($"Kept by {ReportText.Plain(name)}, attempt {kept.Attempt}: {Files(kept)} in "
                + ReportText.Plain(kept.Directory));
    }

    /// <summary>The markers with their tasks. The worst come first; those as bad as each other stay in order.</summary>
    public static IReadOnlyList<(string Task, AttemptMarker Noted)> MarkersOf(JobReport report) =>
    [
        .. report.Noted.SelectMany(task => task.Markers.Select(noted => (task.Name, Noted: noted)))
            .OrderByDescending(marker => marker.Noted.Marker.Severity),
    ];

    /// <summary>The directories that were kept, with their tasks.</summary>
    public static IReadOnlyList<(string Task, KeptFiles Kept)> KeptIn(JobReport report) =>
        [.. report.Noted.SelectMany(task => task.Kept.Select(kept => (task.Name, kept)))];

    /// <summary>Writes the fields of a task that has any.</summary>
    public static void Write(Utf8JsonWriter writer, TaskReport task)
    {
        if (task.Markers.Count > 0)
        {
            writer.WriteStartArray("markers"u8);
            foreach (var noted in task.Markers) Write(writer, noted);
            writer.WriteEndArray();
        }

        if (task.Kept.Count == 0) return;
        writer.WriteStartArray("kept"u8);
        foreach (var kept in task.Kept) Write(writer, kept);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, AttemptMarker noted)
    {
        var marker = noted.Marker;
        writer.WriteStartObject();
        writer.WriteNumber("attempt"u8, noted.Attempt);
        writer.WriteString("severity"u8, marker.Word);
        writer.WriteString("message"u8, marker.Message);
        writer.WriteString("file"u8, marker.File);
        WriteNumber(writer, "line"u8, marker.Line);
        WriteNumber(writer, "column"u8, marker.Column);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, KeptFiles kept)
    {
        writer.WriteStartObject();
        writer.WriteNumber("attempt"u8, kept.Attempt);
        writer.WriteString("directory"u8, kept.Directory);
        writer.WriteStartArray("files"u8);
        foreach (var file in kept.Files)
        {
            writer.WriteStartObject();
            writer.WriteString("path"u8, file.Path);
            writer.WriteNumber("bytes"u8, file.Bytes);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("more"u8, kept.More);
        writer.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter writer, ReadOnlySpan<byte> field, int? number)
    {
        if (number is { } value) writer.WriteNumber(field, value);
        else writer.WriteNull(field);
    }

    private static string Files(KeptFiles kept) =>
        kept.Files.Count + kept.More == 1 ? "1 file" : $"{kept.Files.Count + kept.More} files";
}
