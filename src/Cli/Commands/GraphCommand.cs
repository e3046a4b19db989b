using System.CommandLine;

namespace ActorFlow.Cli;

/// <summary><c>actorflow graph FLOW</c>: a flow as a picture's source.</summary>
internal static class GraphCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = CommonOptions.Flow();
        var format = new Option<string>("--format")
        {
            Description = "mermaid or dot (default: mermaid).",
            DefaultValueFactory = _ => "mermaid",
            HelpName = "mermaid|dot",
        };
        format.AcceptOnlyFromAmong("mermaid", "dot");
        var command = new Command("graph", "Prints a flow as Mermaid or DOT.") { file, format };
        command.SetAction(parsed =>
        {
            var flow = JobPackage.Of(parsed.GetValue(file)!).Define();
            terminal.Output.WriteLine(
                parsed.GetValue(format) == "dot" ? DotGraph.Render(flow) : MermaidGraph.Render(flow));
            return ExitCodes.Success;
        });
        return command;
    }
}
