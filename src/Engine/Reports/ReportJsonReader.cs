using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ActorFlow;

/// <summary>Reads report files.</summary>
internal static class ReportJsonReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = PayloadJson.MaxDepth };

    public static JobReport Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return Job(new Field(document.RootElement, "the report"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair in a text comes to light when the text is asked for.
            throw new ActorFlowException($"The report is not valid JSON: {e.Message}", e);
        }
    }

    private static JobReport Job(Field report)
    {
        var tasks = report["tasks"].Items(Task);
        var path = report["criticalPath"].Items(name => name.Text());
        var counts = report["counts"];
        var standing = StandingIn(report["status"].Text());
        return new JobReport(new ListedEntries(tasks), new(path))
        {
            Job = report["job"].JobId(),
            Flow = report["flow"].Text(),
            Phase = standing == JobStanding.AsItsPhase
                ? report["status"].Name<JobPhase>()
                : report.Further("phase", f => f.Name<JobPhase>()) ?? JobPhase.Running,
            Standing = standing,
            StartedAt = report["startedAt"].Time(),
            EndedAt = report["endedAt"].Optional(f => f.Time()),
            Counts = new TaskCounts(
                counts["succeeded"].Number(), counts["failed"].Number(),
                counts["skipped"].Number(), counts["cancelled"].Number()),
            StopReason = report.Further("stopReason", f => f.Name<Reason>()) ?? Reason.None,
            StopDetail = report.FurtherText("stopDetail"),
            AbandonedAttempts = report.Further("abandonedAttempts", f => f.Number()) ?? 0,
            CorrelationId = report.FurtherText("correlationId"),
            ForkedFrom = report.Has("forkedFrom") ? Origin(report["forkedFrom"]) : null,
            FlowReplacedAt = report.Further("flowReplacedAt", f => f.Time()),
            NothingToDo = report.Further("nothingToDo", f => f.Flag()) ?? false,
        };
    }

    private static JobStanding StandingIn(string status) => Enum.GetValues<JobStanding>().FirstOrDefault(
        standing => string.Equals(ReportWords.Of(standing), status, StringComparison.OrdinalIgnoreCase));

    private static TaskReport Task(Field task)
    {
        var phase = task["status"].Name<TaskPhase>();
        return new TaskReport
        {
            Name = task["name"].Text(),
            Phase = phase,
            Attempts = task["attempts"].Number(),
            StartedAt = task["startedAt"].Optional(f => f.Time()),
            EndedAt = task["endedAt"].Optional(f => f.Time()),
            Output = Output(task["output"], phase),
            Error = task["error"].IsNull ? null : Error(task["error"]),
            SkippedBecause = task["skippedBecause"].OptionalText(),
            QueuedAt = task.Further("queuedAt", f => f.Time()),
            Reason = task.Further("reason", f => f.Name<Reason>()) ?? Reason.None,
            Steps = task.Further("steps", f => f.Number()) ?? 0,
            Lost = task.Further("lost", f => f.Number()) ?? 0,
            Kind = task.FurtherText("kind"),
            Reused = task.Has("reused") ? Reused(task["reused"]) : null,
            Changed = phase == TaskPhase.Succeeded && (task.Further("changed", f => f.Flag()) ?? true),
            TakenFrom = task.Further("takenFrom", f => f.JobId()),
            Saved = task.Has("saved") ? task["saved"].Items(key => key.Text()) : [],
            Markers = task.Has("markers") ? task["markers"].Items(Noted) : [],
            Kept = task.Has("kept") ? task["kept"].Items(Kept) : [],
        };
    }

    private static ForkOrigin Origin(Field origin) => new(origin["job"].JobId(), origin["task"].Text());

    private static Reuse Reused(Field reused) => new(reused["source"].Name<ReuseSource>(), reused["key"].Text());

    // A task that succeeded without a value and one that has no output yet both have null there.
    private static Payload? Output(Field output, TaskPhase phase)
    {
        if (!output.IsNull) return Payload.FromJson(output.Raw());
        return phase == TaskPhase.Succeeded ? Payload.None : null;
    }

    private static TaskError Error(Field error) => new(error["type"].Text(), error["message"].Text())
    {
        StackTrace = error["stackTrace"].OptionalText(),
        DownstreamImpact = error["downstreamImpact"].Items(name => name.Text()),
        Input = error.Has("input") ? error["input"].Members((name, value) => new InputValue(name, value.Text())) : [],
        Traces = error.Has("traces")
            ? error["traces"].Members((name, value) => new TracedValue(name, value.Text()))
            : [],
    };

    private static AttemptMarker Noted(Field noted) => new(
        noted["attempt"].Number(), new Marker(noted["severity"].Name<Severity>(), noted["message"].Text())
        {
            File = noted["file"].OptionalText(),
            Line = noted["line"].Optional(f => f.Number()),
            Column = noted["column"].Optional(f => f.Number()),
        });

    private static KeptFiles Kept(Field kept) => new(
        kept["attempt"].Number(), kept["directory"].Text(),
        kept["files"].Items(file => new KeptFile(file["path"].Text(), file["bytes"].LongNumber())),
        kept["more"].Number());

    /// <summary>A value of the file with the path to it, so that every complaint can say where.</summary>
    private readonly struct Field(JsonElement value, string path)
    {
        public bool IsNull => value.ValueKind == JsonValueKind.Null;

        public Field this[string name] =>
            value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member)
                ? new Field(member, $"{path}.{name}")
                : throw Wrong($"an object with the field '{name}'");

        public bool Has(string name) =>
            value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null;

        public string Text() => value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong("text");

        public string? OptionalText() => IsNull ? null : Text();

        public string? FurtherText(string name) => Has(name) ? this[name].Text() : null;

        public T? Further<T>(string name, Func<Field, T> read) where T : struct => Has(name) ? read(this[name]) : null;

        public T? Optional<T>(Func<Field, T> read) where T : struct => IsNull ? null : read(this);

        public int Number() =>
            value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
                ? number
                : throw Wrong("a whole number");

        public bool Flag() => value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Wrong("true or false"),
        };

        public long LongNumber() =>
            value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
                ? number
                : throw Wrong("a whole number");

        public DateTimeOffset Time() =>
            DateTimeOffset.TryParse(Text(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time.ToUniversalTime()
                : throw Wrong("a time such as 2030-01-31T12:00:00.0000000Z");

        // Files of before had no hyphens.
        public T Name<T>() where T : struct, Enum =>
            Enum.TryParse<T>(Text().Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var name)
            && Enum.IsDefined(name)
                ? name
                : throw Wrong("one of "
                    + string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)));

        public JobId JobId() =>
            NameRules.Fault("A job id", Text()) is null ? new JobId(Text()) : throw Wrong("a job id");

        public byte[] Raw() => Encoding.UTF8.GetBytes(value.GetRawText());

        public List<T> Items<T>(Func<Field, T> read)
        {
            if (value.ValueKind != JsonValueKind.Array) throw Wrong("a list");
            var items = new List<T>(value.GetArrayLength());
            foreach (var item in value.EnumerateArray()) items.Add(read(new Field(item, $"{path}[{items.Count}]")));
            return items;
        }

        public List<T> Members<T>(Func<string, Field, T> read)
        {
            if (value.ValueKind != JsonValueKind.Object) throw Wrong("an object");
            var items = new List<T>();
            foreach (var member in value.EnumerateObject())
                items.Add(read(member.Name, new Field(member.Value, $"{path}.{member.Name}")));
            return items;
        }

        private ActorFlowException Wrong(string right) =>
            new($"The report cannot be read: {path} is {Shown()}, and should be {right}.");

        private string Shown() => value.ValueKind switch
        {
            JsonValueKind.Object => "an object without it",
            JsonValueKind.Array => "a list",
            _ => value.GetRawText() is { Length: <= 60 } raw ? raw : $"{value.GetRawText()[..60]}…",
        };
    }
}
