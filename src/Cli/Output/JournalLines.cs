using System.Text.Json;
using ActorFlow.Journal;

namespace ActorFlow.Cli;

/// <summary>The records of a journal, for people and for programs: a line each.</summary>
internal sealed class JournalLines
{
    private readonly Dictionary<ulong, List<string>> _tasksByJob = [];

    public string Text(JournalEntry entry)
    {
        var names = NamesFor(entry);
        var what = entry.Event is { } fact ? EventLines.Line(entry.Version, fact, names) : "  forgotten";
        return $"{Place(entry.File, entry.Offset)}  {IdOf(entry)}{what}";
    }

    public string Json(JournalEntry entry)
    {
        var names = NamesFor(entry);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, JsonOutput.OneLine))
        {
            writer.WriteStartObject();
            writer.WriteString("file", entry.File);
            writer.WriteNumber("offset", entry.Offset);
            writer.WriteString("job", IdOf(entry));
            writer.WritePropertyName("event");
            if (entry.Event is { } fact) EventLines.WriteJson(writer, entry.Version, fact, names);
            else writer.WriteStringValue("forgotten");
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    public static string Place(string file, long offset) => $"{Path.GetFileName(file)}:{offset}";

    // Events name tasks by number; the first of a job has the names, and those that add tasks have more of them.
    private List<string> NamesFor(JournalEntry entry)
    {
        if (entry.Event is JobEvent.JobSubmitted) _tasksByJob[entry.JobNumber] = [];
        if (!_tasksByJob.TryGetValue(entry.JobNumber, out var names)) return [];
        if (entry.Event is { } fact) JobEvents.Follow(fact, names);
        return names;
    }

    private static string IdOf(JournalEntry entry) => entry.Job?.Value ?? $"(job number {entry.JobNumber})";
}
