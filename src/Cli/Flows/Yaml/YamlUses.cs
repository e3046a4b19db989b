using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Reads what a task says that uses a .NET task.</summary>
internal sealed class YamlUses(TaskDraft task, YamlFields fields, YamlScope scope)
{
    /// <summary>Reads the name, and binds what stands under <c>with</c>.</summary>
    /// <param name="isPart">Whether it runs as a part that the task adds, and finds all values in its input.</param>
    public TaskRecipe.Registered Read(bool isPart)
    {
        var name = fields.Text("uses") ?? "";
        if (fields.Find("uses") is YamlScalarNode { Value: { } said } && string.IsNullOrWhiteSpace(said))
            fields.Report(fields.Find("uses")!, "'uses' is empty; name a .NET task.");
        task.Kind = $"task:{name}";
        if (fields.Find("with") is YamlMappingNode with)
            foreach (var (key, value) in with.Children) Add(scope.Faults.Name(key, scope.Task), key, value, isPart);
        else if (fields.Find("with") is { } other)
            fields.Report(other, "'with' is a mapping of parameters to values.");
        return new TaskRecipe.Registered(name)
        {
            Services = scope.Services,
            Location = scope.Faults.At(fields.Find("uses")!),
        };
    }

    private void Add(string parameter, YamlNode key, YamlNode value, bool isPart)
    {
        var location = scope.Faults.At(key);
        var template = scope.Value(value);
        if (template.Reference is { } reference && FieldOf(reference, isPart) is { } field)
            task.Inputs.Add(InputDraft.FromJob(parameter) with { Field = field, Location = location });
        else if (template.Constant is null && !template.IsConstant && HasReferences(value))
            fields.Report(value, "A value of a .NET task is a constant, or one reference and nothing else"
                + (isPart ? "." : ", as in \"${input.name}\"; what other tasks give is bound in 'needs'."));
        else
            task.Inputs.Add(
                InputDraft.FromValue(parameter, Payload.FromJson(YamlJson.Of(value))) with { Location = location });
    }

    // The input of a part holds everything, each under its own name.
    private static string? FieldOf(Reference reference, bool isPart)
    {
        if (!isPart) return reference.Source == ValueScope.Input ? reference.Path : null;
        if (reference.Source is "job" or "task" or "flow") return null;
        var source = reference.Source == "matrix" ? ValueScope.Item : reference.Source;
        return reference.Path is { } path ? $"{source}.{path}" : source;
    }

    private static bool HasReferences(YamlNode value) => value switch
    {
        YamlScalarNode { Value: { } text } => Templates.References(text).Any(),
        YamlSequenceNode list => list.Children.Any(HasReferences),
        YamlMappingNode mapping => mapping.Children.Values.Any(HasReferences),
        _ => false,
    };
}
