namespace ActorFlow.Cli;

/// <summary>The directory that <c>--data</c> names.</summary>
internal static class DataDirectory
{
    /// <summary>The journal in it: a typing mistake must not make a new one.</summary>
    /// <exception cref="ActorFlowException">It has none.</exception>
    public static string JournalOf(string path)
    {
        if (File.Exists(path)) throw new ActorFlowException($"'{path}' is a file; name a directory with --data.");
        var journal = Path.Combine(path, "journal");
        return Directory.Exists(journal)
            ? journal
            : throw new ActorFlowException(
                $"There are no jobs in '{path}': it has no journal. Name another with --data.");
    }
}
