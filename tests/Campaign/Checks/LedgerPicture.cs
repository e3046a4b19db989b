namespace ActorFlow.Campaign;

/// <summary>What tasks wrote to the ledger.</summary>
internal sealed class LedgerPicture
{
    /// <summary>Reads it.</summary>
    /// <exception cref="CampaignException">An attempt is there twice.</exception>
    public LedgerPicture(string path)
    {
        var lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        Begun = Of(lines, "begin ");
        Finished = Of(lines, "end ").ToHashSet();
    }

    /// <summary>The attempts that began, in order.</summary>
    public IReadOnlyList<Attempt> Begun { get; }

    /// <summary>The attempts that came to their end.</summary>
    public IReadOnlySet<Attempt> Finished { get; }

    private static List<Attempt> Of(string[] lines, string kind)
    {
        var attempts = lines.Where(line => line.StartsWith(kind, StringComparison.Ordinal))
            .Select(line => Attempt.Parse(line[kind.Length..])).ToList();
        foreach (var (attempt, count) in attempts.CountBy(attempt => attempt))
            if (count > 1) throw new CampaignException($"Attempt {attempt} has {count} lines '{kind}' in the ledger.");
        return attempts;
    }
}
