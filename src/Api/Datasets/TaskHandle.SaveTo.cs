using ActorFlow.Actors;

namespace ActorFlow;

/// <content>Outputs that are kept as datasets.</content>
public sealed partial class TaskHandle<T>
{
    /// <summary>Saves the output as a dataset when the code has succeeded, before the success is recorded.</summary>
    /// <remarks>
    /// If it cannot be saved, the attempt fails. A retry saves it again under the same key. An output that comes from a
    /// cache, or from the last run, was saved when it was made, and is not saved again.
    /// </remarks>
    /// <param name="key">
    /// The dataset's key, with placeholders: <c>{task}</c>, <c>{flow}</c>, <c>{job}</c>, <c>{index}</c> of an item of a
    /// map, <c>{input}</c> (or <c>{input1}</c>, <c>{input2}</c>… of several) and names of fields of what the task
    /// takes.
    /// Values are escaped where they have characters that a key may not have.
    /// </param>
    /// <param name="format">The format; null for that of the key's extension, or else of the type.</param>
    /// <param name="store">Where; null for where the flow or the engine keeps datasets.</param>
    public TaskHandle<T> SaveTo(string key, string? format = null, IDatasetStore? store = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (typeof(T) == typeof(Nothing))
            Producer.Flow.Report(Producer.Fault(
                FlowFaultCode.TypeMismatch, $"has no output that could be saved as '{key}'; let it return a value."));
        if (Producer.Template(key, "dataset") is { } template)
            Producer.Save(body => new SavingBody<T>(body, template, format, store));
        return this;
    }
}

/// <content>Where the tasks of the flow keep datasets.</content>
public sealed partial class FlowBuilder<TIn>
{
    /// <summary>
    /// Keeps the datasets of the flow's tasks in a store of its own: those of <c>SaveTo</c> without a store, and of
    /// <see cref="TaskContext.Datasets"/>. The default is the engine's. Flows that its tasks add have their own.
    /// </summary>
    public FlowBuilder<TIn> SaveIn(IDatasetStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _plan.ThrowIfBuilt();
        _plan.Datasets = store;
        return this;
    }
}
