using System.CommandLine;

namespace ActorFlow.Cli;

/// <summary><c>actorflow validate FLOW</c>: everything that is wrong with a flow, at once.</summary>
internal static class ValidateCommand
{
    public static Command Create(Terminal terminal)
    {
        var (file, json) = (CommonOptions.Flow(), CommonOptions.Json());
        var tasks = CommonOptions.Tasks();
        var command = new Command("validate", "Checks a flow and lists every fault.") { file, tasks, json };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            if (!parsed.GetValue(json))
            {
                terminal.Output.WriteLine($"{path}: {Valid(path, parsed.GetValue(tasks))}.");
                return ExitCodes.Success;
            }

            var faults = FaultsOf(path, parsed.GetValue(tasks), out var name);
            terminal.WriteJson(writer => Write(writer, path, name, faults));
            return faults.Count == 0 ? ExitCodes.Success : ExitCodes.BadUsage;
        });
        return command;
    }

    private static string Valid(string path, string[]? assemblies)
    {
        try
        {
            var flow = JobPackage.Of(path, assemblies: assemblies).Executable().Definition;
            return $"flow '{flow.Name}' is valid: {Count(flow.Tasks.Count, "task")}, "
                + $"{Count(flow.Edges.Count, "edge")}{Added(flow)}";
        }
        catch (LibraryException e)
        {
            var tasks = e.Flows.Sum(flow => flow.Tasks.Count);
            return $"'{e.Name}' is valid: a library of {Count(e.Flows.Count, "flow")} with {Count(tasks, "task")}";
        }
    }

    private static string Added(Flow flow)
    {
        var seen = new HashSet<Flow>(ReferenceEqualityComparer.Instance);
        var open = new Stack<Flow>([flow]);
        while (open.TryPop(out var at))
            foreach (var template in at.Tasks.SelectMany(task => task.Templates))
                if (seen.Add(template.Flow)) open.Push(template.Flow);
        return seen.Count == 0
            ? ""
            : $", and {Count(seen.Count, "flow")} of {Count(seen.Sum(each => each.Tasks.Count), "task")} that they add";
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static IReadOnlyList<FlowFault> FaultsOf(string path, string[]? assemblies, out string? name)
    {
        name = null;
        try
        {
            name = JobPackage.Of(path, assemblies: assemblies).Executable().Definition.Name;
            return [];
        }
        catch (FlowDefinitionException e)
        {
            name = e.Flow;
            return e.Faults;
        }
        catch (LibraryException e)
        {
            name = e.Name;
            return [];
        }
    }

    private static void Write(
        System.Text.Json.Utf8JsonWriter writer, string path, string? name, IReadOnlyList<FlowFault> faults)
    {
        writer.WriteStartObject();
        writer.WriteString("file", path);
        writer.WriteString("flow", name);
        writer.WriteBoolean("valid", faults.Count == 0);
        writer.WriteStartArray("faults");
        foreach (var fault in faults)
        {
            writer.WriteStartObject();
            writer.WriteString("code", System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(fault.Code.ToString()));
            writer.WriteString("location", fault.Location);
            writer.WriteString("task", fault.Task);
            writer.WriteString("message", fault.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
