using System.Text;
using System.Text.Json;
using ActorFlow.Actors;

namespace ActorFlow.Cli;

/// <summary>Runs the shell command of a task; what it prints is the output.</summary>
/// <param name="recipe">The command.</param>
/// <param name="directory">Where commands run that name no directory.</param>
/// <param name="logs">Where the whole output of each attempt is kept; null for nowhere.</param>
internal sealed partial class ShellTaskBody(TaskRecipe.Shell recipe, string directory, TaskLogFiles? logs) : TaskBody
{
    /// <summary>Where what a command prints goes in the scratch directory, if nobody keeps it.</summary>
    private const string Unlogged = ".output";

    private readonly Func<string, Marker?>? _filter =
        recipe.Markers.Count == 0 ? null : MarkerPattern.FirstOf(recipe.Markers);

    public override async ValueTask<Payload> RunAsync(TaskCall call)
    {
        var context = call.Context;
        var (log, errors) = FilesOf(context);
        var run = recipe.Keeping?.UpToDate is null ? null : new ShellRun(context);
        try
        {
            var result = await context.ExecAsync(CommandOf(call, log, errors, run), call.CancellationToken)
                .ConfigureAwait(false);
            var output = OutputOf(result.EnsureSuccess(), context.TaskName, log);
            run?.Keep(Path.Combine(directory, recipe.WorkingDirectory ?? ""));
            return output;
        }
        finally
        {
            DeleteIfEmpty(errors);
        }
    }

    private (string? Log, string Errors) FilesOf(TaskContext context)
    {
        var log = logs?.Prepare(context.JobId, context.TaskName, context.Attempt);
        return (log, log is null ? Path.Combine(context.ScratchDirectory, ".errors") : log + ".errors");
    }

    private ProcessSpec CommandOf(TaskCall call, string? log, string errors, ShellRun? run) =>
        ProcessSpec.Shell(recipe.Command, recipe.Interpreter ?? ProcessSpec.DefaultShell) with
        {
            WorkingDirectory = Path.Combine(directory, recipe.WorkingDirectory ?? ""),
            Environment = ShellVariables.Of(recipe, call, run),
            LogFile = log ?? Unlogged,
            ErrorFile = errors,
            LogFilter = _filter,
            // The task has its slot, and the resources that it asks for; its failure says what a marker would.
            Needs = ResourceNeeds.None,
            MarksFailure = false,
        };

    private static void DeleteIfEmpty(string errors)
    {
        if (new FileInfo(errors) is { Exists: true, Length: 0 } empty) empty.Delete();
    }

    private Payload OutputOf(ProcessResult result, string task, string? log)
    {
        if (result.IsOutputCut)
            throw new ProcessOutputException(
                $"Task '{task}' printed {result.OutputBytes} bytes; an output may have {result.Spec.OutputLimit}."
                + (log is null ? "" : $" All of it is in '{log}'.")
                + " Let it write a file and print the file's path.");
        var text = result.Output.TrimEnd('\r', '\n');
        if (recipe.Output == OutputForm.Text) return Payload.FromJson(JsonSerializer.SerializeToUtf8Bytes(text));
        if (recipe.Output == OutputForm.Lines)
            return Payload.FromJson(JsonSerializer.SerializeToUtf8Bytes(LinesOf(text)));
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

    private static string[] LinesOf(string text) =>
        text.Length == 0 ? [] : [.. text.Split('\n').Select(line => line.TrimEnd('\r'))];
}
