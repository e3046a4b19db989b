using System.Diagnostics;
using System.Linq.Expressions;
using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>The output of a task, or a field of it.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public class OutputSource<T> : Source<T>
{
    private readonly string? _path;
    private readonly Func<TaskCall, Payload, T> _decode;

    internal OutputSource(TaskPlan producer, string? path, Func<TaskCall, Payload, T> decode)
    {
        Producer = producer;
        _path = path;
        _decode = decode;
    }

    internal TaskPlan Producer { get; }

    /// <summary>Takes one field instead of the whole.</summary>
    /// <param name="field">A field or property, or a path of them: <c>x =&gt; x.Stats.Words</c>.</param>
    /// <exception cref="ArgumentException">The selector does anything else.</exception>
    public OutputSource<TField> Select<TField>(Expression<Func<T, TField>> field)
    {
        var (path, get) = FieldPath<T, TField>.Of(field);
        var decode = _decode;
        return new(Producer, _path is null ? path : $"{_path}.{path}", (call, payload) => get(decode(call, payload)));
    }

    internal override Func<TaskCall, T> Bind(TaskPlan task, string parameter)
    {
        var index = TakeFrom(task, parameter, required: true);
        var decode = _decode;
        return call => decode(call, call.Source(index) ?? throw NoOutput(call, index));
    }

    /// <summary>Binds so that the task runs without the value too, and then gets the default.</summary>
    internal Func<TaskCall, TOptional?> BindOptional<TOptional>(
        TaskPlan task, string parameter, Func<T, TOptional> present)
    {
        var index = TakeFrom(task, parameter, required: false);
        var decode = _decode;
        return call => call.Source(index) is { } payload ? present(decode(call, payload)) : default;
    }

    /// <summary>Takes how the other task ended, be it without a value: then the task is not skipped with it.</summary>
    /// <remarks>With a trigger rule that does not wait for all, it is how it stood when the attempt began.</remarks>
    public Source<PartResult<T>> Outcome() => new OutcomeSource<T>(this);

    internal Func<TaskCall, PartResult<T>> BindOutcome(TaskPlan task, string parameter)
    {
        var index = TakeFrom(task, parameter, required: false);
        var decode = _decode;
        return call =>
        {
            var ended = call.Outcome(index);
            var value = ended.Result is { } payload ? decode(call, payload) : default;
            return new PartResult<T>(ended.Name, ended.Phase, value, ended.Failure) { Cause = ended.Cause };
        };
    }

    private int TakeFrom(TaskPlan task, string parameter, bool required)
    {
        var name = Parameters.NameOf(parameter);
        if (task.Flow == Producer.Flow)
            return task.Take(InputDraft.FromTask(name, Producer.Number) with { Field = _path, Required = required });
        // The number means another task here, or none: what stands in only keeps the place.
        task.ReportForeign(Producer);
        return task.Take(InputDraft.FromJob(name));
    }

    private static UnreachableException NoOutput(TaskCall call, int input) =>
        new($"Parameter '{call.Inputs[input].Parameter}' has no value, though its task runs "
            + "[this is a bug in ActorFlow].");
}

/// <summary>Makes edges optional: values.</summary>
public static class OptionalValue
{
    /// <summary>
    /// Takes null if the other task fails or is skipped, instead of being skipped with it.
    /// </summary>
    public static Source<T?> OrDefault<T>(this OutputSource<T> source) where T : struct
    {
        ArgumentNullException.ThrowIfNull(source);
        return new OptionalSource<T, T?>(source, static value => value);
    }

    /// <inheritdoc cref="OrDefault{T}(OutputSource{T})"/>
    public static Source<T?> OrDefault<T>(this OutputSource<T?> source) where T : struct
    {
        ArgumentNullException.ThrowIfNull(source);
        return new OptionalSource<T?, T?>(source, static value => value);
    }
}

/// <summary>Makes edges optional: references.</summary>
public static class OptionalReference
{
    /// <inheritdoc cref="OptionalValue.OrDefault{T}(OutputSource{T})"/>
    public static Source<T?> OrDefault<T>(this OutputSource<T> source) where T : class?
    {
        ArgumentNullException.ThrowIfNull(source);
        return new OptionalSource<T, T?>(source, static value => value);
    }
}

/// <summary>The output of a task that need not succeed.</summary>
internal sealed class OptionalSource<T, TOptional>(OutputSource<T> source, Func<T, TOptional> present)
    : Source<TOptional?>
{
    internal override Func<TaskCall, TOptional?> Bind(TaskPlan task, string parameter) =>
        source.BindOptional(task, parameter, present);
}

/// <summary>How a task ended.</summary>
internal sealed class OutcomeSource<T>(OutputSource<T> source) : Source<PartResult<T>>
{
    internal override Func<TaskCall, PartResult<T>> Bind(TaskPlan task, string parameter) =>
        source.BindOutcome(task, parameter);
}
