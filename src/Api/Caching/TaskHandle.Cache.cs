using System.Text;
using ActorFlow.Actors;

namespace ActorFlow;

/// <content>Results that need not be worked out twice.</content>
public sealed partial class TaskHandle<T>
{
    /// <summary>
    /// Takes the output from a cache where the task has had the same input before, instead of running its code.
    /// </summary>
    /// <remarks>
    /// Only for tasks whose output depends on their input alone. The key is a digest of what the task is (see
    /// <see cref="CacheOptions.Name"/>), its <see cref="Version"/> and its input as JSON with sorted properties. The
    /// engine cannot see that the code of a task has changed: give it another version then.
    /// </remarks>
    /// <param name="options">How; the defaults if null.</param>
    public TaskHandle<T> Cache(CacheOptions? options = null)
    {
        var inputs = Producer.Inputs;
        return Cached(options, inputs.Canonical);
    }

    /// <summary>
    /// Takes the output from a cache where the task has had the same key before, instead of running its code.
    /// </summary>
    /// <param name="source">What the key is made of; if that is another task, it ends first.</param>
    /// <param name="key">Makes the key of the value. It stands in for the whole input.</param>
    /// <param name="options">How; the defaults if null.</param>
    /// <inheritdoc cref="Cache(CacheOptions?)" path="/remarks"/>
    public TaskHandle<T> Cache<TKey>(Source<TKey> source, Func<TKey, string> key, CacheOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(key);
        var read = Producer.BindKey(source);
        return Cached(options, call => Encoding.UTF8.GetBytes(key(read(call))));
    }

    private TaskHandle<T> Cached(CacheOptions? options, Func<TaskCall, byte[]> input)
    {
        options ??= CacheOptions.Default;
        if (options.TimeToLive <= TimeSpan.Zero)
            Producer.Flow.Report(Producer.Fault(
                FlowFaultCode.BadPolicy,
                $"caches its results for {options.TimeToLive}; that must be longer than zero, or null for ever."));
        Producer.Cache((plan, body) =>
        {
            var identity = options.Name is { } name ? plan.Versioned(name) : plan.Identity;
            return new CachedBody<T>(
                body, $"{identity} -> {TypeNames.Full(typeof(T))}", input, options, plan.CacheStore);
        });
        return this;
    }
}

/// <content>Where the results of tasks are cached.</content>
public sealed partial class FlowBuilder<TIn>
{
    /// <summary>
    /// Keeps the cached results of the flow's tasks in a store of its own. The default is the engine's.
    /// </summary>
    public FlowBuilder<TIn> CacheIn(ICacheStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _plan.ThrowIfBuilt();
        _plan.Cache = store;
        return this;
    }
}
