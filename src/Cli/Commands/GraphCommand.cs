using System.CommandLine;

namespace ActorFlow.Cli;

/// <summary><c>actorflow graph FILE</c>: a flow as a picture's source.</summary>
internal static class GraphCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = CommonOptions.File();
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
            var flow = FlowFile.Load(parsed.GetValue(file)!).Draft.Build();
            terminal.Output.WriteLine(
                parsed.GetValue(format) == "dot" ? DotGraph.Render(flow) : MermaidGraph.Render(flow));
            return ExitCodes.Success;
        });
        return command;
    }
}
