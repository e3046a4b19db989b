using System.Text;
using System.Text.Json;

namespace ActorFlow;

/// <summary>Writes down what a task was handed, for the report of its error.</summary>
internal static class InputRendering
{
    /// <summary>The longest value in bytes; what is longer is cut, and says so.</summary>
    public const int MaxLength = 1_000;

    public static IReadOnlyList<InputValue> Of(JobSnapshot job, int task)
    {
        List<InputValue>? values = null;
        foreach (var input in job.Graph[task].Inputs)
            if (input.Parameter.Length > 0)
                (values ??= []).Add(new InputValue(input.Parameter, ValueOf(job, task, input)));
        return values ?? [];
    }

    private static string ValueOf(JobSnapshot job, int task, TaskInput input) => input switch
    {
        TaskInput.FromTask edge => Render(job.Cells[edge.Task].Output, edge.Field),
        TaskInput.FromJob whole => Render(job.InputOf(task), whole.Field),
        TaskInput.Constant constant => Render(constant.Value, null),
        _ => throw new System.Diagnostics.UnreachableException(
            $"The input {input.GetType().Name} has no arm [this is a bug in ActorFlow]."),
    };

    private static string Render(Payload? payload, string? field)
    {
        if (payload is null) return "null";
        return field is null ? PayloadJson.Excerpt(payload, MaxLength) : Pick(PayloadJson.Of(payload), field);
    }

    private static string Pick(ReadOnlyMemory<byte> json, string field)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = PayloadJson.MaxDepth });
            var at = document.RootElement;
            foreach (var name in field.Split('.'))
                if (!TryStep(at, name, out at)) return "null";
            return PayloadJson.Cut(Encoding.UTF8.GetBytes(at.GetRawText()), MaxLength);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // It is too deep, or has names that are no text: whoever reads the report is shown all of it.
            return PayloadJson.Cut(json.Span, MaxLength);
        }
    }

    private static bool TryStep(JsonElement at, string name, out JsonElement next)
    {
        next = default;
        if (at.ValueKind != JsonValueKind.Object) return false;
        if (at.TryGetProperty(name, out next)) return true;
        foreach (var property in at.EnumerateObject())
        {
            if (!property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
            next = property.Value;
            return true;
        }

        return false;
    }
}
