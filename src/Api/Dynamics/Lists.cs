namespace ActorFlow;

/// <summary>What read-only lists lack.</summary>
internal static class Lists
{
    /// <summary>The place of the very same object; -1 if it is not there.</summary>
    public static int IndexOf<T>(this IReadOnlyList<T> list, object item)
    {
        for (var i = 0; i < list.Count; i++)
            if (ReferenceEquals(list[i], item)) return i;
        return -1;
    }
}
