using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ActorFlow;

/// <summary>Writes report files. Names and order of the fields are a contract: new ones go behind the old.</summary>
internal static class ReportJsonWriter
{
    private const int FlushBytes = 64 * 1024;

    public static string ToJson(JobReport report, bool indented)
    {
        var buffer = new ArrayBufferWriter<byte>(FlushBytes);
        var options = new JsonWriterOptions { Indented = indented, Encoder = PayloadJson.Encoder };
        using (var writer = new Utf8JsonWriter(buffer, options)) Write(writer, report);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void Write(Utf8JsonWriter writer, JobReport report)
    {
        writer.WriteStartObject();
        writer.WriteString("job"u8, report.Job.Value);
        writer.WriteString("flow"u8, report.Flow);
        writer.WriteString("status"u8, report.Status);
        WriteTime(writer, "startedAt"u8, report.StartedAt);
        WriteTime(writer, "endedAt"u8, report.EndedAt);
        WriteSeconds(writer, report.Elapsed);
        WriteCounts(writer, report.Counts);
        WriteNames(writer, "criticalPath"u8, report.CriticalPath);
        writer.WriteStartArray("tasks"u8);
        foreach (var task in report.Tasks) Write(writer, task);
        writer.WriteEndArray();
        WriteReason(writer, "stopReason"u8, report.StopReason);
        writer.WriteString("stopDetail"u8, report.StopDetail);
        writer.WriteNumber("abandonedAttempts"u8, report.AbandonedAttempts);
        writer.WriteString("correlationId"u8, report.CorrelationId);
        if (report.NothingToDo) writer.WriteBoolean("nothingToDo"u8, value: true);
        if (report.ForkedFrom is { } origin)
        {
            writer.WriteStartObject("forkedFrom"u8);
            writer.WriteString("job"u8, origin.Job.Value);
            writer.WriteString("task"u8, origin.Task);
            writer.WriteEndObject();
        }

        if (report.FlowReplacedAt is { } at) WriteTime(writer, "flowReplacedAt"u8, at);
        if (report.Standing != JobStanding.AsItsPhase) writer.WriteString("phase"u8, ReportWords.Of(report.Phase));
        writer.WriteEndObject();
        writer.Flush();
    }

    private static void Write(Utf8JsonWriter writer, TaskReport task)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, task.Name);
        writer.WriteString("status"u8, task.Status);
        writer.WriteNumber("attempts"u8, task.Attempts);
        WriteTime(writer, "startedAt"u8, task.StartedAt);
        WriteTime(writer, "endedAt"u8, task.EndedAt);
        WriteSeconds(writer, task.Elapsed);
        writer.WritePropertyName("output"u8);
        if (task.Output is { } output) writer.WriteRawValue(PayloadJson.Of(output).Span, skipInputValidation: true);
        else writer.WriteNullValue();
        Write(writer, task.Error);
        writer.WriteString("skippedBecause"u8, task.SkippedBecause);
        WriteTime(writer, "queuedAt"u8, task.QueuedAt);
        WriteReason(writer, "reason"u8, task.Reason);
        writer.WriteNumber("lost"u8, task.Lost);
        writer.WriteString("kind"u8, task.Kind);
        WriteNotes(writer, task);
        ReportNotes.Write(writer, task);
        if (task.Steps > 0) writer.WriteNumber("steps"u8, task.Steps);
        if (task.TakenFrom is { } from) writer.WriteString("takenFrom"u8, from.Value);
        writer.WriteEndObject();
        if (writer.BytesPending > FlushBytes) writer.Flush();
    }

    // Most tasks have none of these: the fields are there where there is something to say.
    private static void WriteNotes(Utf8JsonWriter writer, TaskReport task)
    {
        if (task.Reused is { } reused)
        {
            writer.WriteStartObject("reused"u8);
            writer.WriteString("source"u8, NoteSentences.NameOf(reused.Source));
            writer.WriteString("key"u8, reused.Key);
            writer.WriteEndObject();
        }

        if (task is { Phase: TaskPhase.Succeeded, Changed: false }) writer.WriteBoolean("changed"u8, value: false);
        if (task.Saved.Count > 0) WriteNames(writer, "saved"u8, task.Saved);
    }

    private static void Write(Utf8JsonWriter writer, TaskError? error)
    {
        if (error is null)
        {
            writer.WriteNull("error"u8);
            return;
        }

        writer.WriteStartObject("error"u8);
        writer.WriteString("type"u8, error.Type);
        writer.WriteString("message"u8, error.Message);
        writer.WriteString("stackTrace"u8, error.StackTrace);
        WriteNames(writer, "downstreamImpact"u8, error.DownstreamImpact);
        writer.WriteStartObject("input"u8);
        foreach (var input in error.Input) writer.WriteString(input.Parameter, input.Value);
        writer.WriteEndObject();
        writer.WriteStartObject("traces"u8);
        foreach (var trace in error.Traces) writer.WriteString(trace.Name, trace.Value);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter writer, TaskCounts counts)
    {
        writer.WriteStartObject("counts"u8);
        writer.WriteNumber("succeeded"u8, counts.Succeeded);
        writer.WriteNumber("failed"u8, counts.Failed);
        writer.WriteNumber("skipped"u8, counts.Skipped);
        writer.WriteNumber("cancelled"u8, counts.Cancelled);
        writer.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter writer, ReadOnlySpan<byte> field, IReadOnlyList<string> names)
    {
        writer.WriteStartArray(field);
        foreach (var name in names)
        {
            writer.WriteStringValue(name);
            if (writer.BytesPending > FlushBytes) writer.Flush();
        }

        writer.WriteEndArray();
    }

    private static void WriteReason(Utf8JsonWriter writer, ReadOnlySpan<byte> field, Reason reason)
    {
        if (reason == Reason.None) writer.WriteNull(field);
        else writer.WriteString(field, ReportWords.Of(reason));
    }

    private static void WriteSeconds(Utf8JsonWriter writer, TimeSpan? elapsed)
    {
        if (elapsed is { } span) writer.WriteNumber("elapsedSeconds"u8, span.TotalSeconds);
        else writer.WriteNull("elapsedSeconds"u8);
    }

    private static void WriteTime(Utf8JsonWriter writer, ReadOnlySpan<byte> field, DateTimeOffset? time)
    {
        if (time is not { } at)
        {
            writer.WriteNull(field);
            return;
        }

        Span<byte> text = stackalloc byte[32];
        at.UtcDateTime.TryFormat(text, out var length, ReportWords.TimeFormat, CultureInfo.InvariantCulture);
        writer.WriteString(field, text[..length]);
    }
}
