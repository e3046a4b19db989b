using System.Text;
using ActorFlow.Actors;

namespace ActorFlow.Cli;

/// <content>Flows that nobody knows before a task has printed them.</content>
internal sealed partial class FlowCompiler
{
    /// <summary>What messages call the text that a task has printed.</summary>
    private const string Printed = "output";

    private GeneratingBody Generating(TaskDraft task, TaskRecipe.Generated recipe)
    {
        var flows = new GeneratedFlows((text, uses) => CompilePrinted(text, uses, recipe.Services));
        task.Maker = flows;
        return new GeneratingBody(recipe, new ShellTaskBody(recipe.Command, Directory, Logs), flows);
    }

    private GeneratedFlow CompilePrinted(string text, Dictionary<string, string> uses, ServiceScope? services)
    {
        var source = YamlFlow.Parse(Encoding.UTF8.GetBytes(text), Printed, files: null, services);
        var compiler = new FlowCompiler
        {
            Directory = Directory,
            TimeScale = TimeScale,
            Registry = Registry,
            Types = Types,
            Uses = uses,
            Logs = Logs,
            Made = Made,
            Services = Services,
        };
        var flow = compiler.CompileAdded(source);
        return new GeneratedFlow(flow, new DeclaredInputs(flow.Name, source.Inputs));
    }

    private Flow<Payload, Payload> CompileAdded(FlowSource root)
    {
        foreach (var other in root.Others) Nested(other);
        foreach (var source in root.Others.Append(root)) ServicesOf(source.Services);
        if (root.Draft.Policy.Timeout is not null)
            Refuse(root, "has a 'timeout'; say it of the task that generates it: 'timeout: { total: … }'");
        if (root.Telling.Notices.Count > 0 || !root.Telling.Hooks.AreNone)
            Refuse(root, "has 'notify' or 'hooks', which belong to the flow of a job");
        var flow = Nested(root);
        if (flow is null && _faults.Count == 0) Refuse(root, "has no tasks of its own");
        return flow is not null && _faults.Count == 0
            ? flow
            : throw new FlowDefinitionException(root.Draft.Name, FaultOrder.Of(_faults, root.Location));
    }

    private void Refuse(FlowSource source, string problem) => _faults.Add(new FlowFault(
        FlowFaultCode.BadPolicy, null, $"Flow '{source.Draft.Name}', which a task generates, {problem}.")
    {
        Location = source.Location,
    });
}
