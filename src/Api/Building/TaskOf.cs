using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>A task as a class, whatever it takes and gives.</summary>
public abstract class TaskOf
{
    private protected TaskOf() { }
}

/// <summary>
/// A task as a class; derive from <see cref="SyncTask{TIn,TOut}"/> or <see cref="AsyncTask{TIn,TOut}"/>.
/// </summary>
/// <remarks>
/// Give a flow an instance, and all attempts of all jobs share it, at the same time too: keep no state in it. Give it a
/// factory, and every attempt has an instance of its own. The same class may stand in a flow under several names.
/// </remarks>
/// <typeparam name="TIn">What it takes: <see cref="Nothing"/> if nothing, a record if several values.</typeparam>
/// <typeparam name="TOut">What it gives; <see cref="Nothing"/> if it gives nothing.</typeparam>
public abstract class TaskOf<TIn, TOut> : TaskOf
{
    private protected TaskOf() { }

    /// <summary>Ends the plan of a task that runs this instance.</summary>
    internal abstract TaskHandle<TOut> Plan<TFrom>(TaskPlan plan, Func<TaskCall, TFrom> input) where TFrom : TIn;
}

/// <summary>A task that computes. It takes a slot of <see cref="TaskPolicy.ComputePool"/>.</summary>
/// <inheritdoc cref="TaskOf{TIn,TOut}" path="/remarks|/typeparam"/>
public abstract class SyncTask<TIn, TOut> : TaskOf<TIn, TOut>
{
    /// <summary>Runs one attempt. It fails by throwing.</summary>
    /// <param name="input">What it takes.</param>
    /// <param name="context">What it may ask for, such as a logger or whether it is to stop.</param>
    public abstract TOut Run(TIn input, TaskContext context);

    internal sealed override TaskHandle<TOut> Plan<TFrom>(TaskPlan plan, Func<TaskCall, TFrom> input) =>
        plan.Sync(call => Run(input(call), call.Context));
}

/// <summary>A task that waits. It takes a slot of <see cref="TaskPolicy.AsyncPool"/>.</summary>
/// <inheritdoc cref="TaskOf{TIn,TOut}" path="/remarks|/typeparam"/>
public abstract class AsyncTask<TIn, TOut> : TaskOf<TIn, TOut>
{
    /// <summary>Runs one attempt. It fails by throwing.</summary>
    /// <param name="input">What it takes.</param>
    /// <param name="context">What it may ask for, such as a logger.</param>
    /// <param name="cancellationToken">Cancelled when the attempt is to stop.</param>
    public abstract Task<TOut> RunAsync(TIn input, TaskContext context, CancellationToken cancellationToken);

    internal sealed override TaskHandle<TOut> Plan<TFrom>(TaskPlan plan, Func<TaskCall, TFrom> input) =>
        plan.Async(call => RunAsync(input(call), call.Context, call.CancellationToken));
}
