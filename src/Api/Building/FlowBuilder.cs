using ActorFlow.Actors;
using Microsoft.Extensions.Configuration;

namespace ActorFlow;

/// <summary>Starts typed flows.</summary>
public static class FlowBuilder
{
    /// <summary>Starts a flow whose jobs take an input.</summary>
    /// <param name="name">Its name: 1 to 200 characters, no white space, no control characters.</param>
    public static FlowBuilder<TIn> Create<TIn>(string name) => new(name);

    /// <summary>Starts a flow whose jobs take no input.</summary>
    /// <param name="name">Its name: 1 to 200 characters, no white space, no control characters.</param>
    public static FlowBuilder<Nothing> Create(string name) => new(name);

    /// <summary>Starts a flow in which each task takes the output of the one before.</summary>
    /// <param name="name">Its name: 1 to 200 characters, no white space, no control characters.</param>
    public static FlowChain<TIn, TIn> Chain<TIn>(string name)
    {
        var flow = new FlowBuilder<TIn>(name);
        return new FlowChain<TIn, TIn>(flow, flow.Input, null);
    }
}

/// <summary>A typed flow in the making.</summary>
/// <remarks>
/// A task takes its values from sources: the input, the handles of other tasks, fields of them, constants. What it runs
/// has one parameter for each source, so a binding can neither be missing nor be of the wrong type.
/// </remarks>
/// <typeparam name="TIn">What a job of the flow takes.</typeparam>
public sealed partial class FlowBuilder<TIn>
{
    private readonly FlowPlan _plan;

    internal FlowBuilder(string name) : this(new FlowPlan(name)) { }

    internal FlowBuilder(FlowPlan plan)
    {
        _plan = plan;
        Input = new InputSource<TIn>(_plan, null, static (call, payload) => call.Decode<TIn>(payload)!);
    }

    /// <summary>The job's input.</summary>
    public InputSource<TIn> Input { get; }

    /// <summary>Says what the flow is for.</summary>
    public FlowBuilder<TIn> Describe(string description)
    {
        _plan.Describe(description);
        return this;
    }

    /// <summary>Adds words to find the flow by.</summary>
    public FlowBuilder<TIn> Tag(params IReadOnlyList<string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        _plan.Tag(tags);
        return this;
    }

    /// <summary>
    /// Gives tasks what they take from their configuration: values under the names of flow, task and value, as in
    /// <c>order:charge:Currency</c>. What is said later wins, so call it behind what only stands in.
    /// </summary>
    public FlowBuilder<TIn> Configure(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        foreach (var task in configuration.GetSection(_plan.Name).GetChildren())
            _plan.Configure(task.Key, ConfiguredValues.Of(task));
        return this;
    }

    /// <summary>The output of a task that is there already, by the task's name without regard to case.</summary>
    /// <exception cref="ActorFlowException">There is no such task, or its output is of another type.</exception>
    public TaskHandle<TOut> Output<TOut>(string task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var plan = _plan.Find(task);
        OutputTypes.Require<TOut>(plan.Name, plan.Output);
        return new TaskHandle<TOut>(plan);
    }

    /// <summary>Sets everything that holds for the flow as a whole, in place of what was set before.</summary>
    public FlowBuilder<TIn> Policy(FlowPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return Changed(_ => policy);
    }

    /// <summary>Ends the job with the first task that fails. By default independent branches go on.</summary>
    public FlowBuilder<TIn> FailFast() => Changed(policy => policy with { FailFast = true });

    /// <summary>Limits the time of a job from submit to end. The default is no limit.</summary>
    public FlowBuilder<TIn> Timeout(TimeSpan timeout) => Changed(policy => policy with { Timeout = timeout });

    /// <summary>Limits how many tasks of a job run at once. The default is as many as the pools allow.</summary>
    public FlowBuilder<TIn> MaxParallel(int tasks) => Changed(policy => policy with { MaxParallel = tasks });

    /// <summary>Adds rules about failures of all tasks; a task's own rules come first.</summary>
    /// <exception cref="PayloadException">A stand-in cannot be kept.</exception>
    public FlowBuilder<TIn> Supervise(params IReadOnlyList<SupervisionRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return Changed(policy => policy with { Supervision = [.. policy.Supervision, .. Payloads.Kept(rules)] });
    }

    /// <summary>Makes the flow. Its jobs have no result; their reports have the outputs of all tasks.</summary>
    /// <exception cref="FlowDefinitionException">The flow has faults: all of them are listed.</exception>
    public Flow<TIn, Nothing> Build() => new(_plan.Build(null), null);

    /// <summary>Makes the flow. The output of one task is the result of its jobs.</summary>
    /// <exception cref="FlowDefinitionException">The flow has faults: all of them are listed.</exception>
    public Flow<TIn, TOut> Build<TOut>(TaskHandle<TOut> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return BuildWith(result);
    }

    /// <summary>
    /// Makes the flow. The output of the last task, the one that no other needs, is the result of its jobs.
    /// </summary>
    /// <exception cref="FlowDefinitionException">
    /// Several tasks are needed by no other, or the last one gives something else, or the flow has other faults.
    /// </exception>
    public Flow<TIn, TOut> Build<TOut>()
    {
        var flow = _plan.Build(typeof(TOut), out var result);
        return new(flow, result!.Number);
    }

    internal Flow<TIn, TOut> BuildWith<TOut>(TaskHandle<TOut>? result) =>
        new(_plan.Build(result?.Producer), result?.Producer.Number);

    private FlowBuilder<TIn> Changed(Func<FlowPolicy, FlowPolicy> change)
    {
        _plan.Change(change);
        return this;
    }

    private TaskPlan Begin(string name, object run, int sources, string runs = TaskPlan.Lambda)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new TaskPlan(_plan, name, runs, sources);
    }

    private TaskPlan BeginClass(string name, object task, int sources)
    {
        ArgumentNullException.ThrowIfNull(task);
        return new TaskPlan(_plan, name, TypeNames.Full(task.GetType()), sources, task);
    }
}
