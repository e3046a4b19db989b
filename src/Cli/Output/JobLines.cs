using System.Globalization;
using System.Text.Json;

namespace ActorFlow.Cli;

/// <summary>A list of jobs, for people and for programs.</summary>
internal static class JobLines
{
    public static void WriteText(TextWriter output, IReadOnlyList<ListedJob> jobs)
    {
        if (jobs.Count == 0)
        {
            output.WriteLine("There are no jobs.");
            return;
        }

        var table = new TextTable("job", "status", "submitted", "tasks", "flow");
        foreach (var listed in jobs)
            table.Add(
                listed.Job.Id.Value, listed.Status,
                listed.Job.SubmittedAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), Tasks(listed),
                listed.Job.FlowName);
        table.WriteText(output);
    }

    public static void WriteJson(Utf8JsonWriter writer, IReadOnlyList<ListedJob> jobs)
    {
        writer.WriteStartArray();
        foreach (var listed in jobs)
        {
            var job = listed.Job;
            writer.WriteStartObject();
            writer.WriteString("job", job.Id.Value);
            writer.WriteString("flow", job.FlowName);
            writer.WriteString("status", listed.Status);
            writer.WriteString("submittedAt", job.SubmittedAt.UtcDateTime.ToString("O"));
            if (job.EndedAt is { } ended) writer.WriteString("endedAt", ended.UtcDateTime.ToString("O"));
            else writer.WriteNull("endedAt");
            writer.WriteNumber("events", job.Version);
            if (job.Problem is { } problem) writer.WriteString("problem", problem);
            if (listed.Tasks is { } tasks) writer.WriteNumber("tasks", tasks);
            if (listed.Counts is { } counts)
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

    private static string Tasks(ListedJob job)
    {
        if (job.Counts is not { } counts) return "-";
        var parts = new List<string>();
        var done = counts.Succeeded + counts.Failed + counts.Skipped + counts.Cancelled;
        if (job.Tasks is { } known) parts.Add($"{done} of {known} done");
        else Add(counts.Succeeded, "ok");
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
