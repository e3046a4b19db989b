using ActorFlow.Actors;

namespace ActorFlow;

/// <content>What observers hear of outputs that were there already, and of datasets.</content>
public abstract partial class JobObserver
{
    /// <summary>A task took its output from a cache, and its code did not run; told before that it ended.</summary>
    public virtual ValueTask OnCacheHitAsync(
        JobHandle job, FlowTask task, int attempt, string key, CancellationToken cancellationToken) => default;

    /// <summary>A task was up to date, and its code did not run; told before that it ended.</summary>
    public virtual ValueTask OnUpToDateAsync(
        JobHandle job, FlowTask task, int attempt, CancellationToken cancellationToken) => default;

    /// <summary>
    /// An attempt has saved or loaded a dataset. Called at once on the task's thread, before anything is recorded: it
    /// must not block.
    /// </summary>
    public virtual void OnDataset(DatasetUse use) { }
}
