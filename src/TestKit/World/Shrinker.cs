namespace ActorFlow.TestKit;

/// <summary>Finds a short list of choices that still fails: takes away pieces, then makes numbers smaller.</summary>
internal static class Shrinker
{
    /// <summary>Shortens a list.</summary>
    /// <param name="numbers">The choices of a run that failed.</param>
    /// <param name="fails">Plays choices; gives those that were used if the run fails, and null if it does not.</param>
    /// <param name="attempts">How many runs to spend on it.</param>
    public static IReadOnlyList<int> Shrink(
        IReadOnlyList<int> numbers, Func<IReadOnlyList<int>, IReadOnlyList<int>?> fails, int attempts)
    {
        var best = WithoutZeros(numbers);
        for (var isSmaller = true; isSmaller && attempts > 0;)
        {
            isSmaller = false;
            foreach (var candidate in Smaller(() => best))
            {
                if (attempts-- <= 0) break;
                if (fails(candidate) is not { } used) continue;
                // What was not used is not needed.
                best = WithoutZeros(candidate.Count > used.Count ? [.. candidate.Take(used.Count)] : candidate);
                isSmaller = true;
            }
        }

        return best;
    }

    // Past the end all choices are 0 anyway.
    private static IReadOnlyList<int> WithoutZeros(IReadOnlyList<int> numbers)
    {
        var count = numbers.Count;
        while (count > 0 && numbers[count - 1] == 0) count--;
        return [.. numbers.Take(count)];
    }

    private static IEnumerable<IReadOnlyList<int>> Smaller(Func<IReadOnlyList<int>> current)
    {
        for (var size = current().Count; size > 0; size /= 2)
        {
            // From the end: what comes late rests on what came before.
            for (var at = current().Count - size; at >= 0; at -= size)
            {
                if (at + size <= current().Count) yield return [.. current().Take(at), .. current().Skip(at + size)];
                if (at + size <= current().Count && current().Skip(at).Take(size).Any(n => n > 0))
                    yield return [.. current().Take(at), .. Enumerable.Repeat(0, size), .. current().Skip(at + size)];
            }
        }

        for (var at = 0; at < current().Count; at++)
            for (var number = current()[at] / 2; number > 0 && at < current().Count; number /= 2)
                yield return [.. current().Take(at), current()[at] - number, .. current().Skip(at + 1)];
    }
}
