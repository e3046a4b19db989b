namespace ActorFlow;

/// <summary>What may be the name of a task, a flow or a job.</summary>
internal static class NameRules
{
    public const int MaxLength = 200;

    /// <summary>A sentence that says what is wrong with the name, or null.</summary>
    public static string? Fault(string what, string name)
    {
        if (name.Length == 0) return $"{what} must not be empty.";
        if (name.Length > MaxLength)
            return $"{what} has at most {MaxLength} characters; '{name[..20]}…' has {name.Length}.";
        foreach (var c in name)
        {
            if (char.IsControl(c)) return $"{what} has no control characters; '{Visible(name)}' has U+{(int)c:X4}.";
            if (char.IsWhiteSpace(c)) return $"{what} has no white space; '{name}' has some.";
        }
        return null;
    }

    private static string Visible(string name) => string.Concat(name.Select(c => char.IsControl(c) ? '?' : c));
}
