using System.Text;
using ActorFlow.Actors;

namespace ActorFlow.Cli;

/// <summary>The values of a call as environment variables: texts as they are, everything else as JSON.</summary>
internal static class ShellVariables
{
    /// <summary>Variables that a parameter may not take, since a shell or ActorFlow lives by them.</summary>
    private static readonly string[] Reserved =
    [
        "PATH", "HOME", "SHELL", "IFS", "PWD", "OLDPWD", "ENV", "USER", "LANG", "TMPDIR", "INPUT", "SCRATCH",
        ShellRun.Memento, ShellRun.HasRead,
    ];

    private const string Input = "INPUT";

    /// <summary>Linux starts no program with a longer variable, its name included.</summary>
    private const int LongestVariable = 128 * 1024;

    /// <summary>The variable that a parameter's value is in.</summary>
    public static string NameOf(string parameter) => string.Create(parameter.Length, parameter, static (name, from) =>
    {
        for (var i = 0; i < name.Length; i++)
            name[i] = char.IsAsciiLetterOrDigit(from[i]) ? char.ToUpperInvariant(from[i]) : '_';
    });

    /// <summary>Whether a shell can use a variable of that name.</summary>
    public static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>Whether a parameter would hide a variable that is needed otherwise.</summary>
    public static bool IsReserved(string parameter) =>
        Reserved.Contains(parameter, StringComparer.OrdinalIgnoreCase)
        || parameter.StartsWith("ACTORFLOW_", StringComparison.OrdinalIgnoreCase)
        || parameter.StartsWith("LD_", StringComparison.OrdinalIgnoreCase)
        || parameter.StartsWith("LC_", StringComparison.OrdinalIgnoreCase);

    /// <summary>All variables of a call.</summary>
    /// <param name="recipe">The command, with the variables of its own.</param>
    /// <param name="call">The attempt.</param>
    /// <param name="run">The files of a task that keeps the state of its runs; null for others.</param>
    /// <exception cref="PayloadException">A value has no field that is wanted.</exception>
    public static Dictionary<string, string?> Of(TaskRecipe.Shell recipe, TaskCall call, ShellRun? run = null)
    {
        var context = call.Context;
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [Input] = InputOf(recipe, call),
            ["SCRATCH"] = context.ScratchDirectory,
            ["ACTORFLOW_JOB"] = context.JobId.Value,
            ["ACTORFLOW_TASK"] = context.TaskName,
            ["ACTORFLOW_ATTEMPT"] = context.Attempt.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        foreach (var value in NamedValues.Of(call))
            values[NameOf(value.Name)] = value.IsThere ? JsonValues.Text(value.Value) : null;
        if (run is not null)
            (values[ShellRun.Memento], values[ShellRun.HasRead]) = (run.MementoFile, run.HasReadFile);
        if (recipe.Environment.Count == 0) return values;
        var scope = ValueScope.Of(call, recipe.IsPart);
        foreach (var (name, template) in recipe.Environment) values[name] = scope.Fill(template);
        return values;
    }

    // An input that is too long for a variable is in the way of those commands only that want to read it.
    private static string? InputOf(TaskRecipe.Shell recipe, TaskCall call)
    {
        if (ReferenceEquals(call.JobInput, Payload.None)) return null;
        var text = JsonValues.Text(JsonValues.Of(call.JobInput));
        var isTooLong = Encoding.UTF8.GetByteCount(text) + Input.Length + 2 > LongestVariable;
        return isTooLong && !recipe.Command.Contains(Input, StringComparison.Ordinal) ? null : text;
    }
}
