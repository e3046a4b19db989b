using System.Security.Cryptography;
using System.Text;
using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Reads what a task says that runs a shell command.</summary>
internal sealed class YamlShell(TaskDraft task, YamlFields fields, YamlScope scope)
{
    public static readonly string[] Keys = ["env", "output", "shell", "workdir", "markers"];

    // Most commands set none.
    private static readonly Dictionary<string, string> None = [];

    private static readonly Dictionary<string, OutputForm> Outputs = new(StringComparer.Ordinal)
    {
        ["text"] = OutputForm.Text,
        ["json"] = OutputForm.Json,
        ["lines"] = OutputForm.Lines,
    };

    /// <summary>Reads the command.</summary>
    /// <param name="isPart">Whether it runs as a part that the task adds.</param>
    /// <param name="key">The key that it stands under.</param>
    public TaskRecipe.Shell Read(bool isPart, string key = "run")
    {
        if (key == "run" && fields.Find("with") is { } misplaced)
            fields.Report(misplaced, "'with' is for tasks that 'uses' a .NET task or run a 'flow'; give values to a "
                + "command by 'env'.", FlowFaultCode.Misplaced);
        var command = fields.Text(key) ?? "";
        if (fields.Find(key) is YamlScalarNode { Value: { } said } empty && string.IsNullOrWhiteSpace(said))
            fields.Report(empty, key == "generate"
                ? "'generate' is empty; it is a command that prints a flow."
                : $"'{key}' is empty; it is a shell command.");
        if (fields.Find("shell") is YamlScalarNode { Value: { } program } shell && string.IsNullOrWhiteSpace(program))
            fields.Report(shell, "'shell' is empty; it is the program that runs the command, such as bash.");
        if (command.Contains('\0', StringComparison.Ordinal))
            fields.Report(
                fields.Find(key)!, "The command has a NUL character; the system would cut it off there.");
        // What a command prints that generates a flow may have references of that flow.
        foreach (var reference in key == "run" ? Templates.References(command) : [])
            fields.Report(fields.Find(key)!, $"Values never go into the command text: set a variable under 'env' to "
                + $"\"{reference.Text}\" and use it in the command.");
        foreach (var name in scope.Needs.Where(ShellVariables.IsReserved))
            fields.Report(fields.Find("needs") ?? fields.Node, $"Need '{name}' would hide the variable "
                + $"{ShellVariables.NameOf(name)}; give it another name: 'needs: {{ NAME: … }}'.");
        var recipe = new TaskRecipe.Shell(command)
        {
            Environment = Environment(),
            Output = fields.Word("output", Outputs) ?? OutputForm.Text,
            Interpreter = fields.Text("shell"),
            WorkingDirectory = fields.Text("workdir"),
            Markers = YamlPrograms.Markers(fields),
            IsPart = isPart,
        };
        task.OutputType = Outputs.First(form => form.Value == recipe.Output).Key;
        task.Kind = $"shell:{Digest(recipe)}";
        return recipe;
    }

    private Dictionary<string, string> Environment()
    {
        if (fields.Find("env") is not { } env) return None;
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        if (env is not YamlMappingNode mapping)
        {
            fields.Report(env, "'env' is a mapping of variables to values.");
            return environment;
        }

        foreach (var (key, value) in mapping.Children)
        {
            var name = scope.Faults.Name(key, scope.Task);
            if (value is not YamlScalarNode { Value: { } text })
            {
                fields.Report(value, $"Variable '{name}' is a text.");
                continue;
            }

            if (!ShellVariables.IsName(name))
                fields.Report(key, $"'{name}' is no name of a variable: letters, digits and _, and no digit first.");
            environment[name] = text;
            scope.Check(value);
        }

        return environment;
    }

    private string Digest(TaskRecipe.Shell shell)
    {
        var text = new StringBuilder();
        foreach (var part in (string[])[shell.Command, shell.Interpreter ?? "", shell.WorkingDirectory ?? "",
            task.OutputType!]) text.Append(part.Length).Append(':').Append(part);
        foreach (var (name, value) in shell.Environment)
            text.Append(name.Length).Append(':').Append(name).Append(value.Length).Append(':').Append(value);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
    }
}
