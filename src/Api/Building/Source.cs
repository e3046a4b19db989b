using System.Linq.Expressions;
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

    /// <summary>
    /// A value of the task's configuration: what <c>Configure</c> says of the task in code, or a configuration of the
    /// host has under the names of flow, task and value. It is settled when the flow is built, is part of its
    /// fingerprint, and stays with each job: a resumed one goes on with the value that it was submitted with.
    /// </summary>
    /// <param name="name">What it is called there, without regard to case.</param>
    public static Source<T> Setting<T>(string name) => new SettingSource<T>(new(NotEmpty(name), typeof(T), null));

    /// <inheritdoc cref="Setting{T}(string)"/>
    /// <param name="name">What it is called there, without regard to case.</param>
    /// <param name="byDefault">What it is if nothing is configured.</param>
    /// <exception cref="PayloadException">The default cannot be written as JSON.</exception>
    public static Source<T> Setting<T>(string name, T byDefault) =>
        new SettingSource<T>(new(NotEmpty(name), typeof(T), Payloads.Of(byDefault)));

    /// <summary>
    /// A record whose fields all come from the task's configuration, as with <see cref="Setting{T}(string)"/>; those
    /// with a default need not be configured.
    /// </summary>
    public static Source<T> Configured<T>() => new ConfiguredSource<T>(null, null);

    /// <summary>
    /// Takes some fields from the task's configuration, as with <see cref="Setting{T}(string)"/>, in place of what they
    /// are here. All of them must be configured.
    /// </summary>
    /// <param name="source">Where the other fields come from.</param>
    /// <param name="fields">The fields: <c>x =&gt; x.Factor</c>.</param>
    /// <exception cref="ArgumentException">A selector does anything but name a field or property.</exception>
    public static Source<T> Configured<T>(this Source<T> source, params Expression<Func<T, object?>>[] fields)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(fields);
        return new ConfiguredSource<T>(source, [.. fields.Select(FieldNames.Of)]);
    }

    private static string NotEmpty(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return name;
    }

    /// <summary>Several sources as one list, in their order. An empty list is one too.</summary>
    /// <param name="sources">The sources of the elements.</param>
    public static Source<IReadOnlyList<T>> Collect<T>(params IEnumerable<Source<T>> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return new CollectedSource<T>([.. sources]);
    }

    /// <summary>Several sources as one dictionary, in their order. An empty one is one too.</summary>
    /// <param name="sources">
    /// The keys and where their values come from, as in <c>("linux", linux), ("windows", windows)</c>. Keys must differ
    /// in more than case, and must not be empty.
    /// </param>
    public static Source<IReadOnlyDictionary<string, T>> CollectNamed<T>(
        params IEnumerable<(string Key, Source<T> Source)> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return new NamedSource<T>([.. sources]);
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
