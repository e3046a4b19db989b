using System.Text.Json;
using System.Text.Json.Nodes;
using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>A value that a task takes from its configuration.</summary>
/// <param name="Name">What it is called there, without regard to case.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Default">What it is if nothing is configured; null if something must be.</param>
internal sealed record Setting(string Name, Type Type, Payload? Default);

/// <summary>What a task of a flow in the making takes from its configuration.</summary>
internal sealed class TaskSettings
{
    private readonly List<(Setting Setting, int Input)> _declared = [];

    public void Declare(Setting setting, int input) => _declared.Add((setting, input));

    /// <summary>The same for a flow that goes on from there: what is not configured anew stays as it was.</summary>
    public TaskSettings Kept(List<InputDraft> inputs)
    {
        var kept = new TaskSettings();
        foreach (var (setting, input) in _declared)
            kept.Declare(setting with { Default = inputs[input].Value }, input);
        return kept;
    }

    /// <summary>Gives the inputs their values, and reports what is missing, unknown or of the wrong type.</summary>
    public void Resolve(
        TaskPlan task, List<InputDraft> inputs, IReadOnlyList<JsonObject> configuration, List<FlowFault> faults)
    {
        var given = new Dictionary<string, JsonNode?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in configuration.SelectMany(values => values)) given[name] = value;
        foreach (var (setting, input) in _declared)
            if (ValueOf(task, setting, given, faults) is { } value)
                inputs[input] = InputDraft.FromValue(inputs[input].Parameter, value) with { Setting = setting.Name };
        var known = _declared.Select(d => d.Setting.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var name in given.Keys.Where(name => !known.Contains(name)))
            faults.Add(task.Fault(
                FlowFaultCode.UnknownSetting,
                $"takes no '{name}' from its configuration.{Suggestions.For(name, known)}"));
    }

    private static Payload? ValueOf(
        TaskPlan task, Setting setting, Dictionary<string, JsonNode?> given, List<FlowFault> faults)
    {
        if (!given.TryGetValue(setting.Name, out var value))
        {
            if (setting.Default is null)
                faults.Add(task.Fault(
                    FlowFaultCode.MissingSetting,
                    $"takes '{setting.Name}' ({TypeNames.Short(setting.Type)}) from its configuration, and nothing is "
                    + $"configured: say Configure(new {{ {setting.Name} = … }}), or set "
                    + $"'{task.Flow.Name}:{task.Name}:{setting.Name}'."));
            return setting.Default;
        }

        try
        {
            return Payloads.Of(NamedInputs.Convert(value, setting.Type));
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException
            or PayloadException)
        {
            faults.Add(task.Fault(
                FlowFaultCode.TypeMismatch,
                $"takes '{setting.Name}' from its configuration, where it is {value?.ToJsonString() ?? "null"}; "
                + $"{TypeNames.WithArticle(setting.Type)} is wanted."));
            return null;
        }
    }
}
