namespace ActorFlow;

/// <content>Tasks as classes: an instance for all attempts, or a factory that makes one for each.</content>
public sealed partial class FlowBuilder<TIn>
{
    /// <summary>Adds a task that runs an instance of a class; all attempts share it.</summary>
    /// <param name="name">The task's name.</param>
    /// <param name="task">The instance.</param>
    public TaskHandle<TOut> Task<TOut>(string name, TaskOf<Nothing, TOut> task) =>
        task.Plan(BeginClass(name, task, 0), static _ => Nothing.Value);

    /// <summary>Adds a task that runs an instance of a class; all attempts share it.</summary>
    /// <param name="name">The task's name.</param>
    /// <param name="source">Where its input comes from: a value of its type or of one that derives from it.</param>
    /// <param name="task">The instance.</param>
    public TaskHandle<TOut> Task<T, TTaken, TOut>(string name, Source<T> source, TaskOf<TTaken, TOut> task)
        where T : TTaken =>
        task.Plan(BeginClass(name, task, 1).Bind(source, out var read), read);

    /// <summary>Adds a task that runs a class; every attempt makes an instance of its own.</summary>
    /// <param name="name">The task's name.</param>
    /// <param name="create">
    /// Makes it, with the services of the attempt: <c>services =&gt; services.Create&lt;Import&gt;()</c>. Nobody
    /// disposes it: what must be disposed is a service.
    /// </param>
    public TaskHandle<TOut> Task<TOut>(string name, Func<IServiceProvider, SyncTask<Nothing, TOut>> create) =>
        Begin(name, create, 0, TaskPlan.Factory)
            .Sync(call => create(call.Context.Services).Run(Nothing.Value, call.Context));

    /// <inheritdoc cref="Task{TOut}(string, Func{IServiceProvider, SyncTask{Nothing, TOut}})"/>
    public TaskHandle<TOut> Task<TOut>(string name, Func<IServiceProvider, AsyncTask<Nothing, TOut>> create) =>
        Begin(name, create, 0, TaskPlan.Factory).Async(call =>
            create(call.Context.Services).RunAsync(Nothing.Value, call.Context, call.CancellationToken));

    /// <summary>Adds a task that runs a class; every attempt makes an instance of its own.</summary>
    /// <param name="name">The task's name.</param>
    /// <param name="source">Where its input comes from: a value of its type or of one that derives from it.</param>
    /// <param name="create">
    /// Makes it, with the services of the attempt: <c>services =&gt; services.Create&lt;Import&gt;()</c>. Nobody
    /// disposes it: what must be disposed is a service.
    /// </param>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public TaskHandle<TOut> Task<T, TTaken, TOut>(
        string name, Source<T> source, Func<IServiceProvider, SyncTask<TTaken, TOut>> create)
        where T : TTaken =>
        Begin(name, create, 1, TaskPlan.Factory).Bind(source, out var read)
            .Sync(call => create(call.Context.Services).Run(read(call), call.Context));

    /// <inheritdoc cref="Task{T, TTaken, TOut}(string, Source{T}, Func{IServiceProvider, SyncTask{TTaken, TOut}})"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public TaskHandle<TOut> Task<T, TTaken, TOut>(
        string name, Source<T> source, Func<IServiceProvider, AsyncTask<TTaken, TOut>> create)
        where T : TTaken =>
        Begin(name, create, 1, TaskPlan.Factory).Bind(source, out var read)
            .Async(call => create(call.Context.Services).RunAsync(read(call), call.Context, call.CancellationToken));
}
