using ActorFlow.Actors;

namespace ActorFlow.Tests;

/// <summary>Flows of a few tasks, each with a function.</summary>
internal sealed class TestFlow(string name = "f")
{
    private readonly FlowDraft _draft = new(name);
    private readonly List<TaskBody> _bodies = [];

    public TestFlow Task(
        string task, Func<TaskCall, ValueTask<Payload>> run, TaskPolicy? policy = null, params string[] needs)
    {
        var draft = new TaskDraft(task) { Kind = task, Policy = policy ?? TaskPolicy.Default };
        foreach (var need in needs) draft.Inputs.Add(InputDraft.FromTask(need, need));
        _draft.Tasks.Add(draft);
        _bodies.Add(new Body(run));
        return this;
    }

    public TestFlow Task<T>(string task, Func<TaskCall, T> run, TaskPolicy? policy = null, params string[] needs) =>
        Task(task, call => new ValueTask<Payload>(call.Encode(run(call))), policy, needs);

    public TestFlow Task(string task, params string[] needs) => Task(task, _ => new(Payload.None), null, needs);

    public ExecutableFlow Build() => new(_draft.Build(), _bodies);

    private sealed class Body(Func<TaskCall, ValueTask<Payload>> run) : TaskBody
    {
        public override ValueTask<Payload> RunAsync(TaskCall call) => run(call);
    }
}
