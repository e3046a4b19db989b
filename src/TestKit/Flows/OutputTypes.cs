using ActorFlow.Actors;

namespace ActorFlow.TestKit;

/// <summary>What tasks give, as far as their bodies know it: those of commands do not.</summary>
internal static class OutputTypes
{
    /// <summary>The type of a body's output; null if it is not known, or nobody can read what is given.</summary>
    public static Type? Of(TaskBody body) => body.Output == typeof(Nothing) ? null : body.Output;

    /// <summary>Requires that a stub gives what its task gives.</summary>
    /// <exception cref="FlowTestException">It gives something else.</exception>
    public static void RequireValue(string task, TaskBody body, object? value)
    {
        if (Of(body) is not { } output || value is Payload) return;
        var fits = value is null
            ? !output.IsValueType || Nullable.GetUnderlyingType(output) is not null
            : output.IsInstanceOfType(value);
        if (!fits) throw Wrong(task, output, value?.GetType().ToString() ?? "null");
    }

    /// <summary>Requires that a stub may give what its task gives: a more general type shows it as it runs.</summary>
    /// <exception cref="FlowTestException">It gives something else.</exception>
    public static void RequireType(string task, TaskBody body, Type given)
    {
        if (Of(body) is not { } output || given == typeof(Payload)) return;
        if (!given.IsAssignableFrom(output) && !output.IsAssignableFrom(given))
            throw Wrong(task, output, given.ToString());
    }

    private static FlowTestException Wrong(string task, Type output, string given) =>
        new($"Task '{task}' gives {output}, and its stub gives {given}.");
}
