namespace ActorFlow;

/// <summary>"Did you mean": the name that was probably meant.</summary>
public static class Suggestions
{
    /// <summary>A sentence with the nearest of some names, starting with a space; empty if none is near.</summary>
    public static string For(string wrong, IEnumerable<string> names)
    {
        // What is longer than names are is no slip of one, and to compare takes the product of the lengths.
        if (wrong.Length > NameRules.MaxLength) return "";
        // One slip in two to four letters, two in five (a swap of neighbours counts as two), none in a single one.
        var limit = (wrong.Length + 1) / 3;
        var upper = wrong.ToUpperInvariant();
        var known = names.Take(10_000).Select(name => (Name: name, Upper: name.ToUpperInvariant())).ToList();
        var best = known
            .Where(each => Math.Abs(each.Upper.Length - upper.Length) <= limit)
            .Select(each => (each.Name, Distance: Distance(upper, each.Upper)))
            .Where(each => each.Distance <= limit)
            .OrderBy(each => each.Distance)
            .FirstOrDefault().Name;
        // Letters in another order, and the beginning of a name, are far from it by that measure.
        best ??= known.Find(each => HasLettersOf(each.Upper, upper)).Name;
        if (upper.Length >= 3) best ??= known.Find(each => each.Upper.StartsWith(upper, StringComparison.Ordinal)).Name;
        return best is null ? "" : $" Did you mean '{best}'?";
    }

    private static bool HasLettersOf(string one, string other) =>
        one.Length == other.Length && one.Order().SequenceEqual(other.Order());

    /// <summary>Levenshtein's distance.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
