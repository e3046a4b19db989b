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
        _bodies.Add(new Body(run, []));
        return this;
    }

    /// <summary>A task that may add flows to its job; the result of each is that of its last task.</summary>
    public TestFlow Growing(
        string task, Func<TaskCall, ValueTask<Payload>> run, TaskPolicy policy, params ExecutableFlow[] flows)
    {
        _draft.Tasks.Add(new TaskDraft(task)
        {
            Kind = task,
            Policy = policy,
            Templates = [.. flows.Select(flow => new FlowTemplate(flow.Definition, flow.Definition.Tasks.Count - 1))],
        });
        _bodies.Add(new Body(run, flows));
        return this;
    }

    public TestFlow Task<T>(string task, Func<TaskCall, T> run, TaskPolicy? policy = null, params string[] needs)
    {
        // Such a task would give the promise for its output, and be over.
        if (typeof(T).IsAssignableTo(typeof(Task)))
            throw new ArgumentException($"Task '{task}' is to give a ValueTask<Payload>.", nameof(run));
        return Task(task, call => new ValueTask<Payload>(call.Encode(run(call))), policy, needs);
    }

    public TestFlow Task(string task, params string[] needs) => Task(task, _ => new(Payload.None), null, needs);

    public ExecutableFlow Build() => new(_draft.Build(), _bodies);

    private sealed class Body(Func<TaskCall, ValueTask<Payload>> run, IReadOnlyList<ExecutableFlow> flows) : TaskBody
    {
        public override IReadOnlyList<ExecutableFlow> Templates => flows;

        public override ValueTask<Payload> RunAsync(TaskCall call) => run(call);
    }
}
