using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActorFlow.Actors;

namespace ActorFlow.Cli;

/// <summary>Runs the shell command of a task; what it prints is the output.</summary>
/// <param name="recipe">The command.</param>
/// <param name="directory">Where commands run that name no directory.</param>
/// <param name="logs">Where the whole output of each attempt is kept; null for nowhere.</param>
/// <param name="processes">What runs processes.</param>
/// <param name="outputLimit">The most that an output may have, in bytes.</param>
internal sealed class ShellTaskBody(
    TaskRecipe.Shell recipe, string directory, TaskLogFiles? logs, IProcesses processes, int outputLimit) : TaskBody
{
    private const int ErrorTail = 2048;

    public override async ValueTask<Payload> RunAsync(TaskCall call)
    {
        var context = call.Context;
        var log = logs?.Prepare(context.JobId, context.TaskName, context.Attempt);
        var command = new ShellCommand(
            recipe.Command, recipe.Interpreter ?? ShellCommand.DefaultInterpreter,
            recipe.WorkingDirectory is { } own ? Path.Combine(directory, own) : directory,
            ShellVariables.Of(recipe, call),
            OutputFile: log ?? Path.Combine(context.ScratchDirectory, ".output"),
            ErrorFile: log is null ? Path.Combine(context.ScratchDirectory, ".errors") : log + ".errors");
        try
        {
            var exitCode = await processes.RunAsync(command, context.Time, call.CancellationToken)
                .ConfigureAwait(false);
            if (exitCode != 0)
                throw new ProcessExitException(exitCode, await TailAsync(command.ErrorFile).ConfigureAwait(false), log);
            return await ReadOutputAsync(command.OutputFile, context.TaskName, log).ConfigureAwait(false);
        }
        finally
        {
            if (new FileInfo(command.ErrorFile) is { Exists: true, Length: 0 } empty) empty.Delete();
        }
    }

    private async Task<Payload> ReadOutputAsync(string file, string task, string? log)
    {
        var length = new FileInfo(file).Length;
        if (length > outputLimit)
            throw new ProcessOutputException(
                $"Task '{task}' printed {length} bytes; an output may have {outputLimit}."
                + (log is null ? "" : $" All of it is in '{log}'.")
                + " Let it write a file and print the file's path.");
        var text = (await File.ReadAllTextAsync(file, Encoding.UTF8).ConfigureAwait(false)).TrimEnd('\r', '\n');
        if (!recipe.PrintsJson) return Payload.FromJson(JsonSerializer.SerializeToUtf8Bytes(text));
        try
        {
            JsonText.RequireTexts(Encoding.UTF8.GetBytes(text));
            using var json = JsonDocument.Parse(text);
            return Payload.FromJson(JsonSerializer.SerializeToUtf8Bytes(json.RootElement));
        }
        catch (JsonException e)
        {
            throw new ProcessOutputException(
                $"Task '{task}' has 'output: json', but what it printed is no JSON: {JsonText.ProblemOf(e)} "
                + $"(line {e.LineNumber + 1}, column {e.BytePositionInLine + 1})");
        }
    }

    private static async Task<string> TailAsync(string file)
    {
        var opened = File.OpenRead(file);
        await using (opened.ConfigureAwait(false))
        {
            opened.Seek(-Math.Min(opened.Length, ErrorTail), SeekOrigin.End);
            using var reader = new StreamReader(opened, Encoding.UTF8);
            return (await reader.ReadToEndAsync().ConfigureAwait(false)).Trim();
        }
    }
}
