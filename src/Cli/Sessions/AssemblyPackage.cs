using System.Text.Json;
using System.Text.Json.Nodes;
using ActorFlow.Actors;

namespace ActorFlow.Cli;

/// <summary>
/// A flow of an assembly: the job keeps where it is, and what its tasks took from the configuration.
/// </summary>
internal sealed class AssemblyPackage : JobPackage
{
    /// <summary>The name of an input that is one value, and has no fields with names.</summary>
    private const string Whole = "input";

    private readonly string _path;
    private readonly bool _failFast;
    private readonly RegisteredFlow _flow;
    private readonly Payload? _settings;

    public AssemblyPackage(FlowTarget target, bool failFast, Payload? settings = null)
    {
        // Finding the flow first refuses what is no path.
        _flow = target.FindFlow();
        _path = Path.GetFullPath(target.Path);
        _failFast = failFast;
        _settings = settings;
        Inputs = new DeclaredInputs(_flow.Name, FieldsOf(_flow));
    }

    public override DeclaredInputs Inputs { get; }

    /// <summary>Where the flow comes from, and its types.</summary>
    public RegisteredFlow Registered => _flow;

    public static AssemblyPackage FromJson(JsonElement root, Payload source) => new(
        new FlowTarget(TextOf(root.GetProperty("assembly")), TextOf(root.GetProperty("flow"))),
        root.GetProperty("failFast").GetBoolean(), source);

    // What the tasks take from the configuration is taken anew too.
    public override JobPackage Anew(string? flow) => flow is null
        ? new AssemblyPackage(new FlowTarget(_path, _flow.Member), _failFast)
        : Of(flow, failFast: _failFast);

    public override Flow Define() => _flow.Executable.Definition;

    public override Payload ReadInput(string? file, IReadOnlyList<string> settings, TextReader standardInput)
    {
        var given = FlowInput.Read(Inputs, file, settings, standardInput);
        var input = JsonNode.Parse(given.Json.Span);
        if (_flow is { InputType: not null, Parameters: null }) input = input?[Whole];
        try
        {
            return _flow.ReadInput(input);
        }
        catch (PayloadException e)
        {
            throw new ActorFlowException($"The input does not fit flow '{_flow.Name}': {e.Message}", e);
        }
    }

    protected override string FieldsOf(Payload recorded) => _flow is { InputType: not null, Parameters: null }
        ? $"{{\"{Whole}\":{recorded}}}"
        : base.FieldsOf(recorded);

    protected override ExecutableFlow Build(TaskLogFiles? logs)
    {
        var definition = Define();
        if (_settings is not null && definition.HasSettings) definition = definition.WithSettings(_settings);
        if (_failFast)
        {
            var draft = definition.ToDraft();
            draft.Policy = draft.Policy with { FailFast = true };
            definition = draft.Build();
        }

        var bodies = definition.Tasks.Select(task => _flow.Executable.BodyOf(task.Number));
        return new ExecutableFlow(definition, [.. bodies])
        {
            Source = Pack(writer => Write(writer, definition)),
            InputCheck = _flow.Executable.InputCheck,
        };
    }

    private void Write(Utf8JsonWriter writer, Flow definition)
    {
        writer.WriteString("assembly", _path);
        writer.WriteString("flow", _flow.Member);
        writer.WriteBoolean("failFast", _failFast);
        if (definition.HasSettings) definition.WriteSettings(writer);
    }

    private static List<InputField>? FieldsOf(RegisteredFlow flow)
    {
        if (flow.InputType is not { } type) return null;
        var parameters = flow.Parameters ?? [new TaskParameter(Whole, type, IsRequired: true)];
        return
        [
            .. parameters.Select(parameter =>
                new InputField(parameter.Name, InputType.Any, parameter.IsRequired, parameter.DefaultJson)
                {
                    Parameter = parameter,
                }),
        ];
    }
}
