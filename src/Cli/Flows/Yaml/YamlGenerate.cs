using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Reads a task that runs the flow that its command prints.</summary>
internal sealed class YamlGenerate(TaskDraft task, YamlFields fields, YamlScope scope)
{
    /// <summary>Reads it.</summary>
    public TaskRecipe Read()
    {
        foreach (var key in (string[])[.. YamlBody.Kinds, "output"])
            if (fields.Find(key) is { } misplaced)
                fields.Report(
                    misplaced, $"'{key}' has no place beside 'generate', which is a command that prints a flow.");
        var command = new YamlShell(task, fields, scope).Read(isPart: false, "generate");
        task.OutputType = null;
        task.Kind = $"generate:{YamlScope.DigestOf(fields, "generate", "with", "env", "shell", "workdir")}";
        if (scope.Services is { } services) task.Kind += $";services:{services.Digest}";
        return new TaskRecipe.Generated(command)
        {
            Needs = [.. scope.Needs],
            With = With(),
            Services = scope.Services,
        };
    }

    private List<(string Name, ValueTemplate Value)> With()
    {
        if (fields.Find("with") is not { } node) return [];
        if (node is YamlMappingNode mapping)
            return [.. mapping.Children.Select(
                each => (scope.Faults.Name(each.Key, scope.Task), scope.Value(each.Value)))];
        fields.Report(node, "'with' is a mapping of fields of the flow's input to values.");
        return [];
    }
}
