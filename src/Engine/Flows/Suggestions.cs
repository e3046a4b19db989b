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
        var best = names.Take(10_000)
            .Where(name => Math.Abs(name.Length - wrong.Length) <= limit)
            .Select(name => (name, distance: Distance(upper, name.ToUpperInvariant())))
            .Where(c => c.distance <= limit)
            .OrderBy(c => c.distance)
            .FirstOrDefault();
        return best.name is null ? "" : $" Did you mean '{best.name}'?";
    }

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
