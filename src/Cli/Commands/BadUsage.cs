using System.CommandLine;
using System.CommandLine.Parsing;

namespace ActorFlow.Cli;

/// <summary>Says what is wrong with a command line, and what was probably meant.</summary>
internal static class BadUsage
{
    // Whoever sees some of them mends those first; a line may have thousands.
    private const int MostTold = 10;

    /// <summary>Says it.</summary>
    /// <returns>Whether anything is wrong.</returns>
    public static bool Tell(ParseResult parsed, TextWriter errors)
    {
        var unknown = UnknownOptions(parsed);
        if (parsed.Errors.Count == 0 && unknown.Count == 0) return false;
        var commands = parsed.CommandResult.Command.Subcommands.Select(command => command.Name).ToList();
        if (unknown.Count > 0)
            // What follows from that is not told: the value of such an option looks like an argument too many.
            foreach (var option in unknown)
                errors.WriteLine($"actorflow: There is no option '{option}'.{Meant(option)}");
        else if (commands.Count > 0 && parsed.UnmatchedTokens is [var word, ..])
            errors.WriteLine($"actorflow: There is no command '{word}'.{Suggestions.For(word, commands)}");
        else
            foreach (var error in parsed.Errors) errors.WriteLine($"actorflow: {error.Message}");
        errors.WriteLine($"Try '{Path(parsed.CommandResult)} --help'.");
        return true;

        string Meant(string option) => Suggestions.For(option, OptionsOf(parsed.CommandResult));
    }

    /// <summary>What looks like an option and is none, also where it was taken for an argument.</summary>
    private static List<string> UnknownOptions(ParseResult parsed)
    {
        // Behind '--' there are arguments only, whatever they look like.
        var arguments = parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash)
            ? []
            : parsed.CommandResult.Children.OfType<ArgumentResult>()
                .SelectMany(argument => argument.Tokens).Select(token => token.Value);
        return [.. arguments.Concat(parsed.UnmatchedTokens).Where(text => text.Length > 1 && text[0] == '-')
            .Select(text => text.Split('=', ':')[0]).Distinct(StringComparer.Ordinal).Take(MostTold)];
    }

    private static IEnumerable<string> OptionsOf(CommandResult result)
    {
        for (SymbolResult? at = result; at is not null; at = at.Parent)
            if (at is CommandResult { Command: var command })
                foreach (var option in command.Options)
                    if (at == result || option.Recursive) yield return option.Name;
    }

    private static string Path(CommandResult result)
    {
        var names = new Stack<string>();
        for (SymbolResult? at = result; at is not null; at = at.Parent)
            if (at is CommandResult command) names.Push(command.Command.Name);
        return string.Join(' ', names);
    }
}
