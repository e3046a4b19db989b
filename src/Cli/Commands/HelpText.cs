using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace ActorFlow.Cli;

/// <summary>
/// The help of a command, whose sub-commands are listed with what they need and what they may be given.
/// </summary>
/// <param name="usual">What writes help otherwise: it lists all arguments as if they were needed.</param>
internal sealed class HelpText(HelpAction usual) : SynchronousCommandLineAction
{
    private const string Title = "Commands:";

    // However narrow a terminal is, descriptions have this much of it.
    private const int MinDescription = 20;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        ArgumentNullException.ThrowIfNull(parseResult);
        var invocation = parseResult.InvocationConfiguration;
        var output = invocation.Output;
        using var text = new StringWriter();
        invocation.Output = text;
        var code = usual.Invoke(parseResult);
        invocation.Output = output;
        var help = text.ToString();
        var commands = parseResult.CommandResult.Command.Subcommands.Where(command => !command.Hidden).ToList();
        var list = commands.Count > 0 ? help.IndexOf(Title, StringComparison.Ordinal) : -1;
        output.Write(list < 0 ? help : help[..list]);
        if (list >= 0) WriteCommands(output, commands);
        return code;
    }

    private void WriteCommands(TextWriter output, List<Command> commands)
    {
        output.WriteLine(Title);
        var width = commands.Max(command => Label(command).Length);
        foreach (var command in commands)
        {
            var begin = $"  {Label(command).PadRight(width)}  ";
            foreach (var line in Wrapped(command.Description ?? "", usual.MaxWidth - begin.Length))
            {
                output.WriteLine($"{begin}{line}");
                begin = new string(' ', begin.Length);
            }
        }

        output.WriteLine();
    }

    private static string Label(Command command) => string.Join(' ', command.Arguments.Select(argument =>
        argument.Arity.MinimumNumberOfValues > 0 ? $"<{argument.Name}>" : $"[<{argument.Name}>]")
        .Prepend(command.Name));

    private static IEnumerable<string> Wrapped(string text, int width)
    {
        var most = Math.Max(width, MinDescription);
        while (text.Length > most && text.LastIndexOf(' ', most) is > 0 and var end)
        {
            yield return text[..end];
            text = text[(end + 1)..];
        }

        yield return text;
    }
}
