using System.Linq.Expressions;
using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>The input of the job, or a field of it.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed class InputSource<T> : Source<T>
{
    private readonly FlowPlan _flow;
    private readonly string? _path;
    private readonly Func<TaskCall, Payload, T> _decode;

    internal InputSource(FlowPlan flow, string? path, Func<TaskCall, Payload, T> decode)
    {
        _flow = flow;
        _path = path;
        _decode = decode;
    }

    /// <summary>Takes one field instead of the whole.</summary>
    /// <param name="field">A field or property, or a path of them: <c>x =&gt; x.Stats.Words</c>.</param>
    /// <exception cref="ArgumentException">The selector does anything else.</exception>
    public InputSource<TField> Select<TField>(Expression<Func<T, TField>> field)
    {
        var (path, get) = FieldPath<T, TField>.Of(field);
        var decode = _decode;
        return new(_flow, _path is null ? path : $"{_path}.{path}", (call, payload) => get(decode(call, payload)));
    }

    internal override Func<TaskCall, T> Bind(TaskPlan task, string parameter)
    {
        if (task.Flow != _flow)
            task.ReportForeign($"takes the input of another flow, '{_flow.Name}'; take that of its own.");
        task.Take(InputDraft.FromJob(Parameters.NameOf(parameter)) with { Field = _path });
        var decode = _decode;
        return call => decode(call, call.JobInput);
    }
}
