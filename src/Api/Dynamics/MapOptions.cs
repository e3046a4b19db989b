using System.Globalization;

namespace ActorFlow;

/// <summary>How a map treats its items.</summary>
public sealed record MapOptions
{
    /// <summary>The default: all at once as far as the pools allow, and the first failure stops the others.</summary>
    public static MapOptions Default { get; } = new();

    /// <summary>How many items may be under way at once, at least 1; null, the default, is any number.</summary>
    /// <remarks>Counted in tasks: an item that is a flow of several tasks may count for several.</remarks>
    public int? Parallelism { get; init; }

    /// <summary>
    /// How many failures stop the other items; 1, the default, is fail-fast, and 0 lets all items run before the task
    /// fails with those that failed.
    /// </summary>
    public int MaxFailures { get; init; } = 1;

    /// <summary>
    /// What items are called, with <c>{index}</c> or <c>{key}</c> in it; null, the default, is <c>name[3]</c> or
    /// <c>name[key]</c>. Otherwise the task of an item is <c>name.NAME</c>.
    /// </summary>
    public string? ItemName { get; init; }

    internal string NameOf(int index, string? key)
    {
        var number = index.ToString(CultureInfo.InvariantCulture);
        if (ItemName is null) return $"[{Escaped(key ?? number)}]";
        return ItemName.Replace("{index}", number, StringComparison.Ordinal)
            .Replace("{key}", Escaped(key ?? number), StringComparison.Ordinal);
    }

    internal IEnumerable<string> Problems()
    {
        if (Parallelism < 1) yield return $"has the parallelism {Parallelism}; it must be at least 1.";
        if (MaxFailures < 0) yield return $"stops after {MaxFailures} failures; it must be 0 or more.";
        if (ItemName is not null && !ItemName.Contains("{index}", StringComparison.Ordinal)
            && !ItemName.Contains("{key}", StringComparison.Ordinal))
            yield return $"calls all items '{ItemName}'; put {{index}} or {{key}} into the name.";
    }

    // Names of tasks have no white space and no control characters; a key may.
    private static string Escaped(string key) => string.Concat(key.Select(
        c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '%' ? $"%{(int)c:X2}" : c.ToString()));
}
