using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>
/// What a task can take a value from: the job's input, the output of another task, a field of either, a constant, or
/// several of these together.
/// </summary>
/// <typeparam name="T">The type of the value.</typeparam>
public abstract class Source<T>
{
    private protected Source() { }

    /// <summary>Writes down in a task's plan what it takes.</summary>
    /// <param name="task">The task that takes the value.</param>
    /// <param name="parameter">What the value is called there; empty if it is all that the task takes.</param>
    /// <returns>Reads the value when an attempt runs.</returns>
    internal abstract Func<TaskCall, T> Bind(TaskPlan task, string parameter);
}

/// <summary>Makes sources that are not handles: constants, and several sources as one.</summary>
public static partial class Source
{
    /// <summary>A value that the flow names. It is part of the flow's fingerprint.</summary>
    /// <param name="value">The value. Attempts share it: it must not change.</param>
    /// <exception cref="PayloadException">It cannot be written as JSON.</exception>
    public static Source<T> Constant<T>(T value) => new ConstantSource<T>(value);

    /// <summary>Several sources as one list, in their order. An empty list is one too.</summary>
    /// <param name="sources">The sources of the elements.</param>
    public static Source<IReadOnlyList<T>> Collect<T>(params IEnumerable<Source<T>> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return new CollectedSource<T>([.. sources]);
    }
}

/// <summary>A value that the flow names.</summary>
internal sealed class ConstantSource<T>(T value) : Source<T>
{
    private readonly Payload _payload = Payloads.Of(value);

    internal override Func<TaskCall, T> Bind(TaskPlan task, string parameter)
    {
        task.Take(InputDraft.FromValue(Parameters.NameOf(parameter), _payload));
        var constant = value;
        return _ => constant;
    }
}

/// <summary>Several sources as one list.</summary>
internal sealed class CollectedSource<T>(Source<T>[] sources) : Source<IReadOnlyList<T>>
{
    internal override Func<TaskCall, IReadOnlyList<T>> Bind(TaskPlan task, string parameter)
    {
        var name = Parameters.NameOf(parameter);
        var reads = new Func<TaskCall, T>[sources.Length];
        for (var i = 0; i < reads.Length; i++) reads[i] = sources[i].Bind(task, $"{name}[{i}]");
        return call =>
        {
            var values = new T[reads.Length];
            for (var i = 0; i < values.Length; i++) values[i] = reads[i](call);
            return values;
        };
    }
}
