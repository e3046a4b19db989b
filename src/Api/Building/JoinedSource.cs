using System.Linq.Expressions;
using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>Several sources as one value.</summary>
/// <param name="combine">Makes the value of theirs.</param>
/// <param name="bind">Binds the sources one by one, and gives what reads and combines them.</param>
internal sealed class JoinedSource<T, TCombine>(
    Expression<TCombine> combine, Func<Joining, TCombine, Func<TaskCall, T>> bind) : Source<T>
    where TCombine : Delegate
{
    private readonly string[] _names = JoinNames.Of(combine ?? throw new ArgumentNullException(nameof(combine)));
    private readonly Lazy<TCombine> _combine = new(combine.Compile);

    internal override Func<TaskCall, T> Bind(TaskPlan task, string parameter) =>
        bind(new Joining(task, parameter, _names), _combine.Value);
}

/// <summary>The binding of the parts of a joined source.</summary>
internal sealed class Joining(TaskPlan task, string parameter, string[] names)
{
    private int _next;

    /// <summary>Binds the next part.</summary>
    public Joining Add<T>(Source<T> source, out Func<TaskCall, T> read)
    {
        ArgumentNullException.ThrowIfNull(source);
        read = source.Bind(task, Parameters.Part(parameter, names[_next++]));
        return this;
    }
}

/// <summary>Names the parts of a joined source after where they go.</summary>
internal static class JoinNames
{
    public static string[] Of(LambdaExpression combine)
    {
        var places = new Dictionary<Expression, string>();
        var body = combine.Body;
        if (body is MemberInitExpression initializer)
        {
            foreach (var binding in initializer.Bindings.OfType<MemberAssignment>())
                places.TryAdd(binding.Expression, binding.Member.Name);
            body = initializer.NewExpression;
        }

        if (body is NewExpression { Constructor: { } constructor } creation)
            foreach (var (argument, parameter) in creation.Arguments.Zip(constructor.GetParameters()))
                places.TryAdd(argument, parameter.Name!);
        return combine.Parameters.All(places.ContainsKey)
            ? [.. combine.Parameters.Select(p => places[p])]
            : [.. combine.Parameters.Select(p => p.Name!)];
    }
}
