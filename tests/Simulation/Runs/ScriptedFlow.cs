using ActorFlow.Actors;

namespace ActorFlow.Simulation;

/// <summary>A random flow whose tasks, and those that they add, run scripted bodies.</summary>
internal static class ScriptedFlow
{
    public static ExecutableFlow Of(Flow flow, SimulatedRun run) =>
        new(flow, [.. flow.Tasks.Select(task => BodyOf(task, run))]);

    private static TaskBody BodyOf(FlowTask task, SimulatedRun run)
    {
        var body = new ScriptedBody(run);
        if (!task.MayGrow) return body;
        return new GrowingBody(run, body, [.. task.Templates.Select(template => Of(template.Flow, run))]);
    }
}
