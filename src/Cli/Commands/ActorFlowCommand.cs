using System.CommandLine;
using ActorFlow.Journal;

namespace ActorFlow.Cli;

/// <summary>
/// The command <c>actorflow</c>: its sub-commands, and how an error becomes a message and an exit code.
/// </summary>
internal static class ActorFlowCommand
{
    /// <summary>Runs one command line.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors)
    {
        var terminal = new Terminal(output, errors);
        var root = Build(terminal);
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await errors.WriteLineAsync($"actorflow: {error.Message}")
                .ConfigureAwait(false);
            await errors.WriteLineAsync($"Try '{Path(parsed.CommandResult)} --help'.").ConfigureAwait(false);
            return ExitCodes.BadUsage;
        }

        var showStack = arguments.Contains("--stack-trace", StringComparer.Ordinal);
        try
        {
            var settings = new InvocationConfiguration
            {
                Output = output, Error = errors, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout =
                    null,
            };
            return await parsed.InvokeAsync(settings).ConfigureAwait(false);
        }
        catch (Exception e) when (ExitCodeOf(e) is { } code)
        {
            await errors.WriteLineAsync($"actorflow: {(showStack ? e : e.Message)}").ConfigureAwait(false);
            return code;
        }
    }

    private static RootCommand Build(Terminal terminal)
    {
        var stack = new Option<bool>("--stack-trace")
        {
            Description = "Show where in ActorFlow an error came from.", Recursive = true,
        };
        return new RootCommand("Runs, resumes and explains durable jobs.")
        {
            stack,
            RunCommand.Create(terminal),
            ResumeCommand.Create(terminal),
            ListCommand.Create(terminal),
            ShowCommand.Create(terminal),
            WhyCommand.Create(terminal),
            ReportCommand.Create(terminal),
            GraphCommand.Create(terminal),
            ValidateCommand.Create(terminal),
            CancelCommand.Create(terminal),
            RetryCommand.Create(terminal),
        };
    }

    private static int? ExitCodeOf(Exception error) => error switch
    {
        JournalException => ExitCodes.JournalTrouble,
        ActorFlowException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException
            or IOException => ExitCodes.BadUsage,
        _ => null,
    };

    private static string Path(System.CommandLine.Parsing.CommandResult result)
    {
        var names = new Stack<string>();
        for (System.CommandLine.Parsing.SymbolResult? at = result; at is not null; at = at.Parent)
            if (at is System.CommandLine.Parsing.CommandResult command) names.Push(command.Command.Name);
        return string.Join(' ', names);
    }
}
