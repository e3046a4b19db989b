using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>
/// Decides what the task adds to its job, once before the first step and once after each, until it has an output.
/// </summary>
internal sealed class ExpandingBody<TOut>(Func<TaskCall, Payload> run, IReadOnlyList<TypedFlow> flows) : TaskBody
{
    public override Type? Output => typeof(TOut);

    public override IReadOnlyList<ExecutableFlow> Templates { get; } = [.. flows.Select(flow => flow.Executable)];

    public override ValueTask<Payload> RunAsync(TaskCall call)
    {
        // It does nothing of its own: it has changed what its parts have.
        call.NoteParts();
        return new(run(call));
    }
}

/// <summary>Runs a task that may run flows of its own on the way.</summary>
internal sealed class HostingBody(TaskBody inner, IReadOnlyList<TypedFlow> flows) : TaskBody
{
    public override Type? Output => inner.Output;

    public override IReadOnlyList<ExecutableFlow> Templates { get; } =
        [.. inner.Templates, .. flows.Select(flow => flow.Executable)];

    public override ValueTask<Payload> RunAsync(TaskCall call) => inner.RunAsync(call);
}

/// <summary>Runs a task where a condition holds, and skips it where it does not.</summary>
internal sealed class ConditionalBody(TaskBody inner, Func<TaskCall, bool> condition) : TaskBody
{
    public override Type? Output => inner.Output;

    public override IReadOnlyList<ExecutableFlow> Templates => inner.Templates;

    // Whatever the condition would say now: what the task has added belongs to it, and what has failed is no skip.
    public override ValueTask<Payload> RunAsync(TaskCall call) =>
        call.LastStep is not null || call.HasFailedAtWork || Holds(call)
            ? inner.RunAsync(call)
            : new(call.Skip());

    private bool Holds(TaskCall call)
    {
        try
        {
            return condition(call);
        }
        catch (Exception e)
        {
            throw new ConditionException(e);
        }
    }
}

/// <summary>A condition threw: recorded as what it threw, and told apart from what the task's code throws.</summary>
internal sealed class ConditionException(Exception thrown)
    : ActorFlowException("The condition of a task threw.", thrown), IFailure
{
    public Failure ToFailure()
    {
        var failure = Failures.Of(InnerException!);
        return failure with { BroaderTypes = [.. failure.BroaderTypes, Failure.ConditionType] };
    }
}
