namespace ActorFlow.TestKit;

/// <summary>What may be left of changes that were not synced: all of each (..), nothing (null), or one end.</summary>
internal static class Survival
{
    // More would be too many to go through: then the scenario is not short, or something is never synced.
    private const int MostChanges = 12;

    /// <summary>Each change kept or lost, in every combination.</summary>
    public static IEnumerable<Range?[]> Subsets(int changes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(changes, MostChanges);
        for (var kept = 0; kept < 1 << changes; kept++)
            yield return [.. Enumerable.Range(0, changes).Select(i => (kept >> i & 1) == 1 ? Range.All : (Range?)null)];
    }

    /// <summary>Besides, each write torn while all other changes are kept, or lost.</summary>
    /// <param name="sizes">How long the changes are; nothing of one byte or less is torn.</param>
    /// <param name="cuts">Behind how many bytes a write of so many is torn.</param>
    public static IEnumerable<Range?[]> All(int[] sizes, Func<int, IEnumerable<int>> cuts)
    {
        foreach (var subset in Subsets(sizes.Length)) yield return subset;
        for (var torn = 0; torn < sizes.Length; torn++)
            foreach (var cut in sizes[torn] > 1 ? cuts(sizes[torn]) : [])
                foreach (var others in new Range?[] { Range.All, null })
                {
                    yield return With(sizes.Length, others, torn, ..cut);
                    yield return With(sizes.Length, others, torn, cut..);
                }
    }

    private static Range?[] With(int changes, Range? others, int torn, Range part)
    {
        var fates = Enumerable.Repeat(others, changes).ToArray();
        fates[torn] = part;
        return fates;
    }
}
