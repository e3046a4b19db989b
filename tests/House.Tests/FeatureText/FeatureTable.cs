using System.Text.RegularExpressions;
using ActorFlow.House.Tests.Tree;

namespace ActorFlow.House.Tests.FeatureText;

/// <summary>A table of a document whose last column names the tests that prove each row.</summary>
/// <param name="Rows">Its rows in their order.</param>
internal sealed partial record FeatureTable(IReadOnlyList<FeatureRow> Rows)
{
    /// <summary>Reads the table below a heading; rows of one cell are headings within it.</summary>
    public static FeatureTable Below(string heading, TreeFile document) => new([.. document.Lines
        .SkipWhile(line => line != $"## {heading}").Skip(1)
        .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        .Where(line => line.StartsWith('|'))
        .Skip(2)
        .Select(line => CellEnd().Split(line.Trim().Trim('|')).Select(cell => cell.Trim()).ToArray())
        .Where(cells => cells[0].Length > 0)
        .Select(cells => new FeatureRow(cells[0], cells.Length > 1 ? cells[^1] : ""))]);

    /// <summary>What is wrong with the rows' tests.</summary>
    /// <param name="tests">All tests that there are, as <c>Class.Method</c>.</param>
    public IEnumerable<string> WrongTests(IReadOnlySet<string> tests) =>
        Rows.SelectMany(row => row.Wrong(tests).Select(what => $"{row.Key}: {what}"));

    /// <summary>What is wrong with the rows' keys.</summary>
    /// <param name="wanted">The keys that must be there, each once.</param>
    public IEnumerable<string> WrongKeys(IEnumerable<string> wanted)
    {
        var keys = Rows.Select(row => row.Key).ToList();
        var all = wanted.ToList();
        return all.Except(keys).Select(key => $"{key}: is missing")
            .Concat(keys.Except(all).Select(key => $"{key}: is no row of this table"))
            .Concat(keys.GroupBy(key => key).Where(each => each.Count() > 1).Select(each => $"{each.Key}: is double"));
    }

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex CellEnd();
}

/// <summary>A row: what it is about, and what proves it.</summary>
/// <param name="Key">Its number or name.</param>
/// <param name="Proof">Tests in backticks, or why there are none.</param>
internal sealed partial record FeatureRow(string Key, string Proof)
{
    private const string NotYet = "Not yet: ";

    public IEnumerable<string> Wrong(IReadOnlySet<string> tests)
    {
        var named = Test().Matches(Proof).Select(match => match.Groups[1].Value).ToList();
        var saysWhy = Proof.StartsWith(NotYet, StringComparison.Ordinal) && Proof.Length > NotYet.Length + 20;
        if (named.Count == 0 && !saysWhy)
            yield return $"names no test, and does not say '{NotYet}' and why";
        foreach (var test in named.Where(test => !tests.Contains(test))) yield return $"there is no test {test}";
    }

    [GeneratedRegex(@"`([A-Za-z]\w*\.\w+)`")]
    private static partial Regex Test();
}
