namespace ActorFlow;

/// <summary>Finds outputs that were certainly not meant: what would run is written to the journal instead.</summary>
internal static class OutputTypes
{
    /// <summary>Makes sure that a task gives what somebody wants to take.</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="output">What it gives; null if that is not known.</param>
    /// <exception cref="ActorFlowException">It gives something else.</exception>
    public static void Require<TOut>(string task, Type? output)
    {
        if (output == typeof(TOut)) return;
        var given = output is null ? "something whose type is not known" : TypeNames.WithArticle(output);
        throw new ActorFlowException(
            $"Task '{task}' gives {given}, and {TypeNames.WithArticle(typeof(TOut))} is wanted.");
    }

    /// <summary>How the sentence about the task goes on; null if nothing is wrong.</summary>
    public static string? Problem(Type output)
    {
        if (output == typeof(ValueTask) || output.IsConstructedGenericType
            && output.GetGenericTypeDefinition() == typeof(ValueTask<>))
            return $"returns a {TypeNames.Short(output)}, which nobody would await; return its AsTask().";
        if (typeof(Task).IsAssignableFrom(output))
            return $"returns a {TypeNames.Short(output)} as its output, which nobody would await; "
                + "derive from AsyncTask, or use an async lambda.";
        for (var type = output; type is not null; type = type.BaseType)
            if (type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(TaskOf<,>))
                return $"returns a {TypeNames.Short(output)}, a task, as its output; give the task itself, or a "
                    + $"factory of it whose input fits, which is a {TypeNames.Short(type.GenericTypeArguments[0])}.";
        return typeof(Delegate).IsAssignableFrom(output)
            ? $"returns a {TypeNames.Short(output)}, a function, which cannot be kept in a journal."
            : null;
    }
}
