using System.Text.Json.Nodes;

namespace ActorFlow.Cli;

/// <summary>What a part of a task is given of the values that the task has.</summary>
internal sealed record PartInput
{
    /// <summary>The names of the needs that are handed over.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>What of item, key, value and round is handed over.</summary>
    public IReadOnlyList<string> Own { get; init; } = [];

    /// <summary>Fields of the job's input that are handed over; for a part that is one command or .NET task.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Values by name; for a part that is a flow.</summary>
    public IReadOnlyList<(string Name, ValueTemplate Value)> With { get; init; } = [];

    /// <summary>What the flow of the part declares; null for a part that is one command or .NET task.</summary>
    public DeclaredInputs? Flow { get; init; }

    /// <summary>The input.</summary>
    /// <exception cref="ActorFlowException">It does not fit the flow, or a reference leads nowhere.</exception>
    public Payload Of(ValueScope scope)
    {
        var fields = Fields(Own.Select(name => (name, scope.Get(name))));
        if (Flow is null)
        {
            fields[ValueScope.Needs] = Needed(scope);
            fields[ValueScope.Input] = Fields(Inputs.Select(name => (name, Select(scope, ValueScope.Input, name))));
            return JsonValues.Payload(fields);
        }

        foreach (var (name, need) in Needed(scope)) fields[name] = need?.DeepClone();
        foreach (var (name, value) in With) fields[name] = value.Fill(scope);
        return FlowInput.Fit(Flow, fields);
    }

    private JsonObject Needed(ValueScope scope) =>
        Fields(Needs.Select(name => (name, Select(scope, ValueScope.Needs, name))));

    private static JsonNode? Select(ValueScope scope, string source, string name) =>
        scope.Select(new Reference(source, name, $"${{{source}.{name}}}"));

    private static JsonObject Fields(IEnumerable<(string Name, JsonNode? Value)> fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value?.DeepClone())));
}
