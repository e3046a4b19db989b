using System.Security.Cryptography;
using System.Text;
using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Reads one task of a flow.</summary>
internal sealed class YamlTask(TaskDraft task, YamlNode node, YamlFaults faults, HashSet<string>? inputs)
{
    public static readonly string[] TaskKeys =
    [
        "run", "uses", "with", "env", "needs", "when", "retry", "timeout", "output", "shell", "workdir", "pool",
        "priority", "description", "on-failure", "after", "feeds", "tags", "resources",
        "markers",
    ];

    private static readonly Dictionary<string, TriggerRule> Triggers = new(StringComparer.Ordinal)
    {
        ["all-succeeded"] = TriggerRule.AllSucceeded,
        ["all-done"] = TriggerRule.AllDone,
        ["any-failed"] = TriggerRule.AnyFailed,
    };

    private static readonly Dictionary<string, bool> Outputs = new(StringComparer.Ordinal)
    {
        ["text"] = false,
        ["json"] = true,
    };

    private readonly YamlFields _fields = new(node, $"Task '{task.Name}'", TaskKeys, faults, task.Name);

    /// <summary>Reads the task.</summary>
    /// <param name="defaults">What holds where it says nothing.</param>
    /// <param name="fed">The tasks that feed it.</param>
    public TaskRecipe Read(TaskPolicy defaults, IEnumerable<YamlFeed> fed)
    {
        task.Description = _fields.Text("description");
        task.Tags = _fields.Texts("tags");
        var trigger = _fields.Word("when", Triggers) ?? TriggerRule.AllSucceeded;
        task.Policy = defaults with
        {
            Retry = YamlPolicies.Retry(_fields, defaults.Retry, task.Name),
            Timeouts = YamlPolicies.Timeouts(_fields, defaults.Timeouts, task.Name),
            Supervision = YamlPolicies.Rules(_fields, defaults.Supervision, task.Name),
            Trigger = trigger,
            Pool = YamlPolicies.Pool(_fields) ?? defaults.Pool,
            Priority = _fields.Integer("priority") ?? defaults.Priority,
            Needs = YamlPrograms.Needs(_fields, task.Name),
        };
        new YamlNeeds(task, _fields, trigger).Read(fed);
        if (_fields.Has("run") == _fields.Has("uses"))
            Report(node, $"Task '{task.Name}' has either 'run' (a shell command) or 'uses' (a .NET task).");
        return _fields.Has("uses") ? Uses() : Shell();
    }

    private TaskRecipe.Registered Uses()
    {
        foreach (var key in (string[])["env", "output", "shell", "workdir", "markers"])
            if (_fields.Find(key) is { } misplaced)
                Report(misplaced, $"'{key}' is for tasks that 'run' a command; task '{task.Name}' uses a .NET task.");
        var name = _fields.Text("uses") ?? "";
        task.Kind = $"task:{name}";
        if (_fields.Find("with") is YamlMappingNode with)
            foreach (var (key, value) in with.Children) AddConstant(faults.Name(key, task.Name), key, value);
        else if (_fields.Find("with") is { } other) Report(other, "'with' is a mapping of parameters to values.");
        return new TaskRecipe.Registered(name);
    }

    private void AddConstant(string parameter, YamlNode key, YamlNode value)
    {
        if (value is YamlScalarNode { Value: { } text } && Templates.WholeInput(text) is { } path)
        {
            CheckInput(value, path);
            task.Inputs.Add(InputDraft.FromJob(parameter) with { Field = path, Location = faults.At(key) });
            return;
        }

        task.Inputs.Add(
            InputDraft.FromValue(parameter, Payload.FromJson(YamlJson.Of(value))) with { Location = faults.At(key) });
    }

    private TaskRecipe.Shell Shell()
    {
        if (_fields.Find("with") is { } misplaced)
            Report(misplaced, $"'with' is for tasks that 'uses' a .NET task; give values to a command by 'env'.");
        var command = _fields.Text("run") ?? "";
        if (command.Contains('\0', StringComparison.Ordinal))
            Report(_fields.Find("run")!, "The command has a NUL character; the system would cut it off there.");
        foreach (var (_, reference) in Templates.References(command))
        {
            Report(_fields.Find("run")!, $"Values never go into the command text: set a variable under 'env' to "
                + $"\"{reference}\" and use it in the command.");
        }

        foreach (var name in Parameters().Where(ShellVariables.IsReserved))
            Report(_fields.Find("needs") ?? node, $"Need '{name}' would hide the variable "
                + $"{ShellVariables.NameOf(name)}; give it another name: 'needs: {{ NAME: … }}'.");
        var environment = Environment();
        var printsJson = _fields.Word("output", Outputs) ?? false;
        var shell = new TaskRecipe.Shell(command)
        {
            Interpreter = _fields.Text("shell"),
            WorkingDirectory = _fields.Text("workdir"),
            Environment = environment,
            PrintsJson = printsJson,
            Markers = YamlPrograms.Markers(_fields),
        };
        task.OutputType = printsJson ? "json" : "text";
        task.Kind = $"shell:{Digest(shell)}";
        return shell;
    }

    private Dictionary<string, string> Environment()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        if (_fields.Find("env") is not { } env) return environment;
        if (env is not YamlMappingNode mapping)
        {
            Report(env, "'env' is a mapping of variables to values.");
            return environment;
        }

        var needs = Parameters().ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in mapping.Children)
        {
            if (value is not YamlScalarNode { Value: { } text })
            {
                Report(value, $"Variable '{faults.Name(key, task.Name)}' is a text.");
                continue;
            }

            var name = faults.Name(key, task.Name);
            if (!ShellVariables.IsName(name))
                Report(key, $"'{name}' is no name of a variable: letters, digits and _, and no digit first.");
            environment[name] = text;
            foreach (var (source, reference) in Templates.References(text)) Check(value, source, reference, needs);
        }

        return environment;
    }

    private IEnumerable<string> Parameters() =>
        task.Inputs.Select(i => NamedValues.ParameterOf(i.Parameter)).Distinct(StringComparer.OrdinalIgnoreCase);

    private void Check(YamlNode at, string source, string reference, HashSet<string> needs)
    {
        var path = Templates.PathOf(reference);
        if (source == "input")
        {
            CheckInput(at, path);
            return;
        }

        var name = path.Split('.')[0];
        if (!needs.Contains(name))
            Report(at, $"'{reference}' names no need of task '{task.Name}'.{faults.Suggest(name, needs)}");
    }

    private void CheckInput(YamlNode at, string path)
    {
        var name = path.Split('.')[0];
        if (inputs?.Contains(name) == false)
            Report(at, $"The flow has no input '{name}'.{faults.Suggest(name, inputs)}");
    }

    private static string Digest(TaskRecipe.Shell shell)
    {
        var text = new StringBuilder();
        foreach (var part in (string[])[shell.Command, shell.Interpreter ?? "", shell.WorkingDirectory ?? "",
            shell.PrintsJson ? "json" : "text"]) text.Append(part.Length).Append(':').Append(part);
        foreach (var (name, value) in shell.Environment)
            text.Append(name.Length).Append(':').Append(name).Append(value.Length).Append(':').Append(value);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
    }

    private void Report(YamlNode at, string problem) => faults.Report(at, problem, task.Name);
}
