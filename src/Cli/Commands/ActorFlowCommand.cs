using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
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
        if (parsed.Errors.Count > 0) return BadUsage(parsed, errors);

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
            await errors.WriteLineAsync($"actorflow: {(showStack ? e : e.Message)}").ConfigureAwait(false);
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
            new HelpOption { Recursive = true },
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

    private static int BadUsage(ParseResult parsed, TextWriter errors)
    {
        var known = parsed.CommandResult.Command.Subcommands.Select(command => command.Name).ToList();
        var unknown = parsed.UnmatchedTokens;
        var hints = Hints(parsed, unknown);
        if (known.Count > 0 && unknown.Count > 0)
            errors.WriteLine($"actorflow: There is no command '{unknown[0]}'.{Suggestions.For(unknown[0], known)}");
        else
            foreach (var error in parsed.Errors) errors.WriteLine($"actorflow: {error.Message}{HintFor(error)}");
        errors.WriteLine($"Try '{Path(parsed.CommandResult)} --help'.");
        return ExitCodes.BadUsage;

        string? HintFor(ParseError error) =>
            hints.Find(hint => error.Message.Contains(hint.Quoted, StringComparison.Ordinal)).Hint;
    }

    /// <summary>Options that were probably meant, by the part of a message that quotes what is none.</summary>
    private static List<(string Quoted, string Hint)> Hints(ParseResult parsed, IEnumerable<string> unknown)
    {
        var options = parsed.CommandResult.Command.Options.Select(option => option.Name).ToList();
        // Whoever sees some of them mends those first; a line may have thousands.
        return [.. unknown.Where(token => token.StartsWith('-')).Distinct(StringComparer.Ordinal).Take(10)
            .Select(token => ($"'{token}'", Suggestions.For(token, options)))];
    }

    private static string Path(CommandResult result)
    {
        var names = new Stack<string>();
        for (SymbolResult? at = result; at is not null; at = at.Parent)
            if (at is CommandResult command) names.Push(command.Command.Name);
        return string.Join(' ', names);
    }
}
