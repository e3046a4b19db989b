using System.Text.Json.Nodes;

namespace ActorFlow.Cli;

/// <summary>What can be said of a flow before any job of it runs.</summary>
internal static class FlowDescription
{
    /// <summary>Describes a flow.</summary>
    /// <param name="package">The flow.</param>
    /// <param name="given">An input for it, to be shown as the job would get it; null for none.</param>
    public static JsonObject Of(JobPackage package, Payload? given)
    {
        var flow = package.Define();
        var registered = (package as AssemblyPackage)?.Registered;
        var description = new JsonObject
        {
            ["flow"] = flow.Name,
            ["member"] = registered?.Member,
            ["description"] = flow.Description,
            ["tags"] = Texts(flow.Tags),
            ["input"] = package.Inputs.Fields is { } fields ? new JsonArray([.. fields.Select(Field)]) : null,
            ["result"] = registered?.ResultType is { } type
                ? $"{new TaskParameter("", type, true).TypeName} of task '{registered.ResultTask!.Name}'"
                : null,
        };
        if (package.NamedServices is { Count: > 0 } services)
            description["services"] = new JsonArray([.. services.Select(Service)]);
        if (given is not null) description["values"] = JsonNode.Parse(given.Json.Span);
        description["tasks"] = new JsonArray([.. flow.Levels().Index().SelectMany(level =>
            level.Item.Select(task => Task(flow, task, level.Index + 1)))]);
        return description;
    }

    private static JsonObject Field(InputField field) => new()
    {
        ["name"] = field.Name,
        ["type"] = field.TypeName,
        ["required"] = field.IsRequired,
        ["default"] = field.Default is { } json ? JsonNode.Parse(json) : null,
        ["description"] = field.Parameter?.Description,
    };

    private static JsonObject Service(SeenService service) => new()
    {
        ["name"] = service.Recipe.Name,
        ["uses"] = service.Recipe.Class,
        ["as"] = Texts(service.Recipe.As.Select(type => type.Value)),
        ["with"] = new JsonObject(service.Recipe.With.Select(with =>
            KeyValuePair.Create(with.Key, with.Value.Value?.DeepClone()))),
        ["at"] = service.Recipe.Location,
        ["tasks"] = Texts(service.Tasks),
    };

    private static JsonObject Task(Flow flow, FlowTask task, int level) => new()
    {
        ["name"] = task.Name,
        ["level"] = level,
        ["needs"] = Texts(flow.UpstreamOf(task.Name).Select(each => each.Name)),
        ["gives"] = task.OutputType,
        ["adds"] = Texts(task.Templates.Select(template => template.Flow)
            .Distinct(ReferenceEqualityComparer.Instance).Cast<Flow>().Select(Added)),
        ["settings"] = new JsonObject(task.Inputs.OfType<TaskInput.Constant>()
            .Where(input => input.Setting is not null)
            .DistinctBy(input => input.Setting, StringComparer.OrdinalIgnoreCase)
            .Select(input => KeyValuePair.Create(input.Setting!, JsonNode.Parse(input.Value.Json.Span)))),
        ["tags"] = Texts(task.Tags),
        ["description"] = task.Description,
    };

    // A part that is one command has the name of its task.
    private static string Added(Flow flow) => $"{flow.Name} ({PlainText.Count(flow.Tasks.Count, "task")})";

    private static JsonArray Texts(IEnumerable<string> texts) =>
        new([.. texts.Select(text => (JsonNode?)JsonValue.Create(text))]);
}

/// <summary>What can be said of a .NET task.</summary>
internal static class TaskDescription
{
    public static JsonObject Of(RegisteredTask task) => new()
    {
        ["task"] = task.Name,
        ["version"] = task.Version,
        ["description"] = task.Description,
        ["input"] = new JsonArray([.. (task.Parameters ?? [new TaskParameter("input", task.InputType, true)])
            .Select(Parameter)]),
        ["result"] = new TaskParameter("", task.OutputType, true).TypeName,
    };

    private static JsonObject Parameter(TaskParameter parameter) => new()
    {
        ["name"] = parameter.Name,
        ["type"] = parameter.TypeName,
        ["required"] = parameter.IsRequired,
        ["default"] = parameter.DefaultJson is { } json ? JsonNode.Parse(json) : null,
        ["description"] = parameter.Description,
    };
}
