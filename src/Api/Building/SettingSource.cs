using System.Text.Json.Nodes;
using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>A value of the task's configuration.</summary>
internal sealed class SettingSource<T>(Setting setting) : Source<T>
{
    internal override Func<TaskCall, T> Bind(TaskPlan task, string parameter)
    {
        var index = task.TakeSetting(setting, parameter.Length == 0 ? setting.Name : parameter);
        return call => call.Decode<T>(call.Source(index)!)!;
    }
}

/// <summary>A value some or all of whose fields come from the task's configuration.</summary>
/// <param name="inner">Where the other fields come from; null if all come from the configuration.</param>
/// <param name="fields">The names of the fields that do; null for all.</param>
internal sealed class ConfiguredSource<T>(Source<T>? inner, IReadOnlyList<string>? fields) : Source<T>
{
    internal override Func<TaskCall, T> Bind(TaskPlan task, string parameter)
    {
        var read = inner?.Bind(task, parameter);
        var known = NamedInputs.ParametersOf(typeof(T)) ?? [];
        if (known.Count == 0)
            task.Report(
                FlowFaultCode.TypeMismatch,
                $"takes fields of a {TypeNames.Short(typeof(T))} from its configuration, and that has none to set; "
                + "use a record, or Source.Setting for a single value.");
        var indices = new List<(string Name, int Input)>();
        foreach (var field in known)
        {
            if (fields?.Contains(field.Name, StringComparer.OrdinalIgnoreCase) == false) continue;
            var isRequired = field.IsRequired || fields is not null;
            var setting = new Setting(field.Name, field.Type, isRequired ? null : Payloads.Of(field.Default));
            indices.Add((field.Name, task.TakeSetting(setting, Parameters.Part(parameter, field.Name))));
        }

        return call => Read(call, read is null ? null : NamedInputs.Fields(read(call)), indices);
    }

    private static T Read(TaskCall call, JsonObject? others, List<(string Name, int Input)> indices)
    {
        var value = others ?? [];
        foreach (var (name, input) in indices)
            NamedInputs.Set(value, name, JsonNode.Parse(call.Source(input)!.Json.Span));
        return NamedInputs.Read<T>(value);
    }
}
