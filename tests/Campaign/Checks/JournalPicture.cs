using ActorFlow.Journal;

namespace ActorFlow.Campaign;

/// <summary>What is in a journal that nobody has open.</summary>
internal sealed class JournalPicture
{
    private readonly Dictionary<string, List<JobEvent>> _events = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _texts = new(StringComparer.Ordinal);

    /// <summary>Reads it.</summary>
    /// <exception cref="CampaignException">It is damaged.</exception>
    public static JournalPicture Of(string directory)
    {
        var picture = new JournalPicture();
        if (!Directory.Exists(directory)) return picture;
        var found = JournalInspection.Verify(directory);
        if (!found.IsSound)
            throw new CampaignException($"The journal is damaged: {string.Join("; ", found.Damage)}");
        foreach (var entry in JournalInspection.Dump(directory))
            if (entry is { Job: { } job, Event: { } fact }) picture.Add(job.Value, entry.Version, fact);
        return picture;
    }

    public IReadOnlyList<JobEvent> EventsOf(string job) => _events.GetValueOrDefault(job) ?? [];

    /// <summary>The events of a job in a few words each.</summary>
    public IReadOnlyList<string> TextsOf(string job) => _texts.GetValueOrDefault(job) ?? [];

    /// <summary>Whether something that was said to be durable is there.</summary>
    public bool Has(Acknowledgement said)
    {
        var texts = TextsOf(said.Job);
        if (said.Version == 0) return texts.Contains(said.Text, StringComparer.Ordinal);
        return said.Version <= texts.Count && texts[(int)said.Version - 1] == said.Text;
    }

    /// <summary>The attempts that have begun and not ended.</summary>
    public IEnumerable<Attempt> Running() =>
        from job in _texts
        from text in job.Value.Aggregate(new HashSet<string>(StringComparer.Ordinal), Fold)
        select Attempt.Parse($"{job.Key} {text}");

    private static HashSet<string> Fold(HashSet<string> running, string text)
    {
        var (what, rest) = text.Split(' ', 2) is [var first, var others] ? (first, others) : (text, "");
        if (what == "started") running.Add(rest);
        else if (what is "succeeded" or "failed") running.Remove(rest);
        return running;
    }

    private void Add(string job, long version, JobEvent fact)
    {
        if (fact is JobEvent.JobSubmitted) (_events[job], _texts[job]) = ([], []);
        var (events, texts) = (_events[job], _texts[job]);
        if (version != events.Count + 1)
            throw new CampaignException($"Event {version} of {job} follows event {events.Count}.");
        events.Add(fact);
        texts.Add(EventText.Of(fact, ((JobEvent.JobSubmitted)events[0]).Job.TaskNames));
    }
}

/// <summary>One attempt of a task of a job.</summary>
internal readonly record struct Attempt(string Job, string Task, int Number)
{
    /// <summary>Reads <c>job task number</c>.</summary>
    public static Attempt Parse(string text) => text.Split(' ') is [var job, var task, var number]
        ? new Attempt(job, task, int.Parse(number, System.Globalization.CultureInfo.InvariantCulture))
        : throw new CampaignException($"'{text}' names no attempt.");

    public override string ToString() => $"{Job} {Task} {Number}";
}
