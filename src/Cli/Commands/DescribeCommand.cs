using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActorFlow.Cli;

/// <summary>
/// <c>actorflow describe FLOW</c>: what a flow is for, what it takes, and its tasks; with values, what they become.
/// </summary>
internal static class DescribeCommand
{
    // Nobody reads more in a terminal; pipes get all.
    private const int MostShown = 1_000;

    public static Command Create(Terminal terminal)
    {
        var flow = CommonOptions.Flow();
        var (input, set, json) = (CommonOptions.Input(), CommonOptions.Set(), CommonOptions.Json());
        var command = new Command("describe", "Shows what a flow or a .NET task takes and gives.")
        {
            flow, input, set, json,
        };
        command.SetAction(parsed =>
        {
            var target = FlowTarget.Parse(parsed.GetValue(flow)!);
            if (TaskOf(target) is { } task)
            {
                Write(terminal, parsed.GetValue(json), TaskDescription.Of(task));
                return ExitCodes.Success;
            }

            var package = JobPackage.Of(parsed.GetValue(flow)!);
            var settings = parsed.GetValue(set) ?? [];
            var file = parsed.GetValue(input);
            var given = file is null && settings.Length == 0 ? null : package.ReadInput(file, settings, Console.In);
            Write(terminal, parsed.GetValue(json), FlowDescription.Of(package, given));
            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>A .NET task of that name, if the assembly has one and no flow of that name.</summary>
    private static RegisteredTask? TaskOf(FlowTarget target)
    {
        if (target is not { IsAssembly: true, Name: { } name }) return null;
        var assembly = LoadedAssembly.Load(target.Path);
        return !new FlowRegistry().AddAssembly(assembly).TryFind(name, out _, out _)
            && new TaskRegistry().AddAssembly(assembly).TryFind(name, out var task, out _) ? task : null;
    }

    private static void Write(Terminal terminal, bool asJson, JsonObject description)
    {
        if (asJson) terminal.WriteJson(writer => description.WriteTo(writer));
        else DescriptionText.Write(terminal.Output, description, terminal.IsInteractive ? MostShown : int.MaxValue);
    }
}
