using System.Runtime.CompilerServices;

namespace ActorFlow;

/// <summary>A flow in the making in which each task takes the output of the one before.</summary>
/// <typeparam name="TIn">What a job of the flow takes.</typeparam>
/// <typeparam name="T">The output of the last task so far.</typeparam>
public sealed class FlowChain<TIn, T>
{
    private readonly FlowBuilder<TIn> _flow;
    private readonly Source<T> _last;
    private readonly TaskHandle<T>? _task;

    internal FlowChain(FlowBuilder<TIn> flow, Source<T> last, TaskHandle<T>? task)
    {
        _flow = flow;
        _last = last;
        _task = task;
    }

    /// <summary>Adds a task that runs a function of the output before.</summary>
    /// <remarks>
    /// The function may return a value, nothing, or a task of either; after the first parameter it may have one more: a
    /// <see cref="CancellationToken"/> that is cancelled when the attempt is to stop, or a <see cref="TaskContext"/>.
    /// </remarks>
    /// <param name="name">The task's name: 1 to 200 characters, no white space, no control characters.</param>
    /// <param name="run">What the task runs. It fails by throwing.</param>
    public FlowChain<TIn, TOut> Then<TOut>(string name, Func<T, TOut> run) =>
        Next(_flow.Task(name, _last, run));

    /// <inheritdoc cref="Then{TOut}(string, Func{T, TOut})"/>
    public FlowChain<TIn, Nothing> Then(string name, Action<T> run) =>
        Next(_flow.Task(name, _last, run));

    /// <inheritdoc cref="Then{TOut}(string, Func{T, TOut})"/>
    public FlowChain<TIn, TOut> Then<TOut>(string name, Func<T, CancellationToken, TOut> run) =>
        Next(_flow.Task(name, _last, run));

    /// <inheritdoc cref="Then{TOut}(string, Func{T, TOut})"/>
    public FlowChain<TIn, Nothing> Then(string name, Action<T, CancellationToken> run) =>
        Next(_flow.Task(name, _last, run));

    /// <inheritdoc cref="Then{TOut}(string, Func{T, TOut})"/>
    public FlowChain<TIn, TOut> Then<TOut>(string name, Func<T, TaskContext, TOut> run) =>
        Next(_flow.Task(name, _last, run));

    /// <inheritdoc cref="Then{TOut}(string, Func{T, TOut})"/>
    public FlowChain<TIn, Nothing> Then(string name, Action<T, TaskContext> run) =>
        Next(_flow.Task(name, _last, run));

    /// <inheritdoc cref="Then{TOut}(string, Func{T, TOut})"/>
    public FlowChain<TIn, TOut> Then<TOut>(string name, Func<T, Task<TOut>> run) =>
        Next(_flow.Task(name, _last, run));

    /// <inheritdoc cref="Then{TOut}(string, Func{T, TOut})"/>
    public FlowChain<TIn, Nothing> Then(string name, Func<T, Task> run) =>
        Next(_flow.Task(name, _last, run));

    /// <inheritdoc cref="Then{TOut}(string, Func{T, TOut})"/>
    public FlowChain<TIn, TOut> Then<TOut>(string name, Func<T, CancellationToken, Task<TOut>> run) =>
        Next(_flow.Task(name, _last, run));

    /// <inheritdoc cref="Then{TOut}(string, Func{T, TOut})"/>
    public FlowChain<TIn, Nothing> Then(string name, Func<T, CancellationToken, Task> run) =>
        Next(_flow.Task(name, _last, run));

    /// <inheritdoc cref="Then{TOut}(string, Func{T, TOut})"/>
    public FlowChain<TIn, TOut> Then<TOut>(string name, Func<T, TaskContext, Task<TOut>> run) =>
        Next(_flow.Task(name, _last, run));

    /// <inheritdoc cref="Then{TOut}(string, Func{T, TOut})"/>
    public FlowChain<TIn, Nothing> Then(string name, Func<T, TaskContext, Task> run) =>
        Next(_flow.Task(name, _last, run));

    /// <summary>Adds a task that runs an instance of a class; all attempts share it.</summary>
    public FlowChain<TIn, TOut> Then<TOut>(string name, TaskOf<T, TOut> task) =>
        Next(_flow.Task(name, _last, task));

    /// <summary>Adds a task that runs a class; every attempt makes an instance of its own.</summary>
    [OverloadResolutionPriority(1)]
    public FlowChain<TIn, TOut> Then<TOut>(string name, Func<IServiceProvider, SyncTask<T, TOut>> create) =>
        Next(_flow.Task(name, _last, create));

    /// <summary>Adds a task that runs a class; every attempt makes an instance of its own.</summary>
    [OverloadResolutionPriority(1)]
    public FlowChain<TIn, TOut> Then<TOut>(string name, Func<IServiceProvider, AsyncTask<T, TOut>> create) =>
        Next(_flow.Task(name, _last, create));

    /// <summary>Sets policies of the last task: <c>.With(task =&gt; task.Retry(3))</c>.</summary>
    /// <exception cref="InvalidOperationException">There is no task yet.</exception>
    public FlowChain<TIn, T> With(Action<TaskHandle<T>> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(_task
            ?? throw new InvalidOperationException("With() sets policies of the last task; add one first."));
        return this;
    }

    /// <summary>Makes the flow; the output of the last task is the result of its jobs.</summary>
    /// <exception cref="FlowDefinitionException">The flow has faults: all of them are listed.</exception>
    public Flow<TIn, T> Build() => _flow.BuildWith(_task);

    private FlowChain<TIn, TOut> Next<TOut>(TaskHandle<TOut> task) => new(_flow, task, task);
}
