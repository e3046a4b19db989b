namespace ActorFlow.Fuzz.Tests;

/// <summary>Chooses the few of many inputs that are worth to be kept in the repository.</summary>
internal static class Distiller
{
    private const int MostInputs = 30;
    private const int MostBytes = 2_000;

    /// <summary>Small inputs, each of which reaches more that is new than any other that is left.</summary>
    /// <param name="have">What is there already.</param>
    /// <param name="inputs">What to choose from.</param>
    /// <param name="reach">What an input reaches.</param>
    public static IReadOnlyList<(byte[] Input, int News)> Best(
        IEnumerable<byte[]> have, IEnumerable<byte[]> inputs, Func<byte[], IEnumerable<int>> reach)
    {
        var reached = have.SelectMany(reach).ToHashSet();
        var left = inputs.Where(input => input.Length <= MostBytes)
            .Select(input => (Input: input, News: reach(input).ToHashSet())).ToList();
        var best = new List<(byte[] Input, int News)>();
        while (best.Count < MostInputs)
        {
            foreach (var (_, news) in left) news.ExceptWith(reached);
            left.RemoveAll(each => each.News.Count == 0);
            if (left.Count == 0) break;
            var next = left.MaxBy(each => each.News.Count);
            best.Add((next.Input, next.News.Count));
            reached.UnionWith(next.News);
        }

        return best;
    }
}
