using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActorFlow;

/// <summary>A report as the JSON object that webhooks post.</summary>
internal static class WebhookPayload
{
    public static byte[] Of(JobReport report, WebhookOptions options)
    {
        var generic = Generic(report, options.Content);
        var payload = options.NestUnder is { } field ? new JsonObject { [field] = generic } : generic;
        foreach (var (name, value) in options.ExtraPayload) payload[name] = JsonSerializer.SerializeToNode(value);
        // Written by itself: a serializer would not go as deep as outputs may.
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) payload.WriteTo(writer);
        return buffer.WrittenSpan.ToArray();
    }

    private static JsonObject Generic(JobReport report, ReportContent content)
    {
        var entries = new JsonObject();
        foreach (var task in report.Tasks) entries[task.Name] = Entry(task, content);
        return new JsonObject
        {
            ["flow"] = report.Flow,
            ["job"] = report.Job.Value,
            ["status"] = report.Status,
            ["started_at"] = report.StartedAt.UtcDateTime.ToString("O"),
            ["ended_at"] = report.EndedAt?.UtcDateTime.ToString("O"),
            ["elapsed_seconds"] = report.Elapsed?.TotalSeconds,
            ["entries"] = entries,
        };
    }

    private static JsonObject Entry(TaskReport task, ReportContent content)
    {
        var entry = new JsonObject
        {
            ["status"] = task.Status,
            ["function"] = task.Kind,
            ["elapsed_seconds"] = task.Elapsed?.TotalSeconds,
            ["attempts"] = task.Attempts,
        };
        if (content.ShowOutputs && task.Output is { } output) entry["result"] = Node(output);
        if (task.SkippedBecause is { } cause) entry["skipped_because"] = cause;
        if (task.Error is { } error) entry["error"] = Error(error, content);
        return entry;
    }

    private static JsonObject Error(TaskError error, ReportContent content)
    {
        var fields = new JsonObject
        {
            ["exception"] = $"{error.Type}: {error.Message}",
            ["downstream_impact"] = new JsonArray([.. error.DownstreamImpact.Select(name => JsonValue.Create(name))]),
        };
        if (content.ShowInputs)
            fields["inputs"] = Texts(error.Input.Select(input => (input.Parameter, input.Value)));
        if (content.ShowStackTraces) fields["traceback"] = error.StackTrace;
        if (content.ShowTraces)
            fields["traced_vars"] = Texts(error.Traces.Select(trace => (trace.Name, trace.Value)));
        return fields;
    }

    private static JsonObject Texts(IEnumerable<(string Name, string Value)> values)
    {
        var fields = new JsonObject();
        foreach (var (name, value) in values) fields[name] = value;
        return fields;
    }

    // What is no valid JSON, or too deep to be read, is sent as a text.
    private static JsonNode? Node(Payload output)
    {
        var json = PayloadJson.Of(output);
        try
        {
            return JsonNode.Parse(json.Span);
        }
        catch (JsonException)
        {
            return JsonValue.Create(PayloadJson.Excerpt(output));
        }
    }
}
