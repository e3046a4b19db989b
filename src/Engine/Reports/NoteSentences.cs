namespace ActorFlow;

/// <summary>Says in words what attempts noted beside their outputs.</summary>
internal static class NoteSentences
{
    /// <summary>What an attempt did, as the rest of a sentence that begins with it.</summary>
    public static string Of(AttemptNotes notes)
    {
        var said = new List<string>();
        if (notes.Reused is { Source: ReuseSource.Cache } reused)
            said.Add($"took its output from the cache (key {ReportText.Plain(reused.Key)})");
        else if (notes.Reused is not null) said.Add("found everything up to date");
        else if (notes.IsUnchanged) said.Add("changed nothing");
        if (notes.Saved.Count > 0)
            said.Add($"saved {ReportText.List([.. notes.Saved.Select(ReportText.Plain)])}");
        return said.Count == 0 ? "noted the state that it left behind" : string.Join(" and ", said);
    }

    /// <summary>Where an output came from, in a word or two.</summary>
    public static string Of(Reuse reused) => reused.Source == ReuseSource.Cache ? "from the cache" : "up to date";

    /// <summary>The name of a source as report files have it.</summary>
    public static string NameOf(ReuseSource source) => source == ReuseSource.Cache ? "cache" : "lastRun";
}
