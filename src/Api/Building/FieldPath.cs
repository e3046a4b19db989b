using System.Collections.Concurrent;
using System.Linq.Expressions;
using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>A field of a value: its path for those who read the definition, and how to get it.</summary>
/// <param name="Path">The names on the way, separated by dots.</param>
/// <param name="Get">Gets it.</param>
internal sealed record FieldPath<T, TField>(string Path, Func<T, TField> Get)
{
    // A loop that binds a million tasks by one selector compiles it once. A program has only so many selectors.
    private static readonly ConcurrentDictionary<string, FieldPath<T, TField>> Known = new(StringComparer.Ordinal);

    /// <summary>Takes a selector apart.</summary>
    /// <exception cref="ArgumentException">It does more than walk fields and properties.</exception>
    public static FieldPath<T, TField> Of(Expression<Func<T, TField>> field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var names = new Stack<string>();
        var at = field.Body;
        while (at is MemberExpression { Expression: { } owner } member)
        {
            names.Push(member.Member.Name);
            at = owner;
        }

        if (at != field.Parameters[0] || names.Count == 0)
            throw new ArgumentException(
                $"'{field}' does not select a field. A selector names a field or property, or a path of them, as in "
                + "x => x.Stats.Words; anything else is work for a task.", nameof(field));
        return Known.GetOrAdd(
            string.Join('.', names), static (path, all) => new(path, Guarded(path, all.Compile())), field);
    }

    private static Func<T, TField> Guarded(string path, Func<T, TField> get) => value =>
    {
        try
        {
            return get(value);
        }
        catch (NullReferenceException e)
        {
            throw new PayloadException(
                $"The field '{path}' of a {TypeNames.Short(typeof(T))} cannot be read, because something on the way to "
                + "it is null.", e);
        }
    };
}

/// <summary>The names of single fields.</summary>
internal static class FieldNames
{
    /// <summary>The field that a selector names.</summary>
    /// <exception cref="ArgumentException">It does anything else.</exception>
    public static string Of<T>(Expression<Func<T, object?>> field)
    {
        ArgumentNullException.ThrowIfNull(field);
        // Numbers are boxed on the way to an object.
        var body = field.Body;
        if (body is UnaryExpression { NodeType: ExpressionType.Convert } boxed) body = boxed.Operand;
        return body is MemberExpression member && member.Expression == field.Parameters[0]
            ? member.Member.Name
            : throw new ArgumentException(
                $"'{field}' does not name a field or property of a {TypeNames.Short(typeof(T))}, as x => x.Name does.",
                nameof(field));
    }
}
