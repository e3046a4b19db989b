using System.CommandLine;
using System.CommandLine.Help;
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
        // An argument that begins with '@' is what it is, and names no file with more of them.
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is not HelpText && BadUsage.Tell(parsed, errors)) return ExitCodes.BadUsage;

        var showStack = arguments.Contains("--stack-trace", StringComparer.Ordinal);
        try
        {
            var settings = new InvocationConfiguration
            {
                Output = output,
                Error = errors,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(settings).ConfigureAwait(false);
        }
        catch (Exception e) when (ExitCodeOf(e) is { } code)
        {
            await Terminal.TryWriteLineAsync(errors, $"actorflow: {(showStack ? e : ErrorText.Of(e))}")
                .ConfigureAwait(false);
            return code;
        }
    }

    private static Command Build(Terminal terminal)
    {
        var stack = new Option<bool>("--stack-trace")
        {
            Description = "Show where in ActorFlow an error came from.",
            Recursive = true,
        };
        // A root command would bear the name of the program's file, which is another.
        return new Command("actorflow", "Runs, resumes and explains durable jobs.")
        {
            new HelpOption { Recursive = true, Action = new HelpText(new HelpAction()) },
            new VersionOption(),
            stack,
            RunCommand.Create(terminal),
            ResumeCommand.Create(terminal),
            ListCommand.Create(terminal),
            FlowsCommand.Create(terminal),
            TasksCommand.Create(terminal),
            DescribeCommand.Create(terminal),
            ShowCommand.Create(terminal),
            WhyCommand.Create(terminal),
            ReportCommand.Create(terminal),
            GraphCommand.Create(terminal),
            ValidateCommand.Create(terminal),
            CancelCommand.Create(terminal),
            RetryCommand.Create(terminal),
            ForkCommand.Create(terminal),
            JournalCommand.Create(terminal),
            CacheCommand.Create(terminal),
        };
    }

    private static int? ExitCodeOf(Exception error) => error switch
    {
        JournalException => ExitCodes.JournalTrouble,
        ActorFlowException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException
            or IOException => ExitCodes.BadUsage,
        _ => null,
    };
}
