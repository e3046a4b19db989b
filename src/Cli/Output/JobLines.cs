using System.Text.Json;
using ActorFlow.Journal;

namespace ActorFlow.Cli;

/// <summary>A list of jobs, for people and for programs.</summary>
internal static class JobLines
{
    public static string StatusOf(JournaledJob job) =>
        job.Outcome is { } outcome ? outcome.ToString().ToLowerInvariant() : "unfinished";

    public static void WriteText(TextWriter output, IReadOnlyList<JournaledJob> jobs)
    {
        if (jobs.Count == 0)
        {
            output.WriteLine("There are no jobs.");
            return;
        }

        var width = Math.Max(3, jobs.Max(job => job.Id.Value.Length));
        output.WriteLine($"{"JOB".PadRight(width)}  {"STATUS",-10}  {"SUBMITTED",-20}  {"TASKS",-30}  FLOW");
        foreach (var job in jobs)
            output.WriteLine(
                $"{job.Id.Value.PadRight(width)}  {StatusOf(job),-10}  {job.SubmittedAt:yyyy-MM-ddTHH:mm:ssZ}  "
                + $"{Counts(job),-30}  {job.FlowName}");
    }

    public static void WriteJson(Utf8JsonWriter writer, IReadOnlyList<JournaledJob> jobs)
    {
        writer.WriteStartArray();
        foreach (var job in jobs)
        {
            writer.WriteStartObject();
            writer.WriteString("job", job.Id.Value);
            writer.WriteString("flow", job.FlowName);
            writer.WriteString("status", StatusOf(job));
            writer.WriteString("submittedAt", job.SubmittedAt.UtcDateTime.ToString("O"));
            if (job.EndedAt is { } ended) writer.WriteString("endedAt", ended.UtcDateTime.ToString("O"));
            else writer.WriteNull("endedAt");
            writer.WriteNumber("events", job.Version);
            if (job.Counts is { } counts)
            {
                writer.WriteStartObject("counts");
                writer.WriteNumber("succeeded", counts.Succeeded);
                writer.WriteNumber("failed", counts.Failed);
                writer.WriteNumber("skipped", counts.Skipped);
                writer.WriteNumber("cancelled", counts.Cancelled);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string Counts(JournaledJob job)
    {
        if (job.Counts is not { } counts) return "-";
        var parts = new List<string>();
        Add(counts.Succeeded, "ok");
        Add(counts.Failed, "failed");
        Add(counts.Skipped, "skipped");
        Add(counts.Cancelled, "cancelled");
        return string.Join(", ", parts);

        void Add(int count, string what)
        {
            if (count > 0) parts.Add($"{count} {what}");
        }
    }
}
