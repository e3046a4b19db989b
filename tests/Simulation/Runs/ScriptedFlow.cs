using ActorFlow.Actors;

namespace ActorFlow.Simulation;

/// <summary>A random flow whose tasks, and those that they add, run scripted bodies.</summary>
internal static class ScriptedFlow
{
    public static ExecutableFlow Of(Flow flow, SimulatedRun run, JobId job) =>
        new(flow, [.. flow.Tasks.Select(task => BodyOf(task, run, job))]);

    private static TaskBody BodyOf(FlowTask task, SimulatedRun run, JobId job)
    {
        var body = new ScriptedBody(run, job);
        if (task.Templates.Count == 0) return body;
        return new GrowingBody(run, job, body, [.. task.Templates.Select(template => Of(template.Flow, run, job))]);
    }
}
