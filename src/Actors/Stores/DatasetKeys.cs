using System.Text;

namespace ActorFlow;

/// <summary>
/// What may be the key of a dataset: names with <c>/</c> between, which lead nowhere but into the store.
/// </summary>
/// <remarks>
/// A name has 1 to 200 bytes of UTF-8, is not <c>.</c> or <c>..</c>, does not end in <c>.tmp</c>, and has none of
/// <c>\ : * ? " &lt; &gt; |</c> and no control characters. A key has at most 1000 characters.
/// </remarks>
public static class DatasetKeys
{
    private const int MaxKey = 1000;
    private const int MaxName = 200;
    private const string Forbidden = "\\:*?\"<>|";

    /// <summary>A sentence that says what is wrong with a key; null if nothing is.</summary>
    public static string? Fault(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length > MaxKey) return $"The key of a dataset has at most {MaxKey} characters; one has {key.Length}.";
        foreach (var name in key.Split('/'))
            if (FaultOf(name) is { } fault) return $"'{key}' is not the key of a dataset: {fault}.";
        return null;
    }

    /// <summary>Requires that a key keeps the rules.</summary>
    /// <exception cref="DatasetException">It does not.</exception>
    public static void Require(string key)
    {
        if (Fault(key) is { } fault) throw new DatasetException(fault);
    }

    /// <summary>A text as part of a name: what may not be in one is percent-encoded.</summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text is "." or "..") return text.Replace(".", "%2E", StringComparison.Ordinal);
        return text.Any(IsUnfit) ? string.Concat(text.Select(c => IsUnfit(c) ? $"%{(int)c:X2}" : c.ToString())) : text;
    }

    private static string? FaultOf(string name)
    {
        if (name.Length == 0) return "a name between two '/' is empty, or it begins or ends with '/'";
        if (name is "." or "..") return $"the name '{name}' would lead out of its folder";
        if (Encoding.UTF8.GetByteCount(name) > MaxName) return $"a name in it has more than {MaxName} bytes";
        if (name.EndsWith(".tmp", StringComparison.OrdinalIgnoreCase))
            return $"'{name}' ends in .tmp, as files do that are being written";
        var unfit = name.FirstOrDefault(c => Forbidden.Contains(c) || char.IsControl(c));
        return unfit == 0 && !name.Contains('\0') ? null : $"it has the character U+{(int)unfit:X4}";
    }

    private static bool IsUnfit(char c) => c is '/' or '%' || Forbidden.Contains(c) || char.IsControl(c);
}
