namespace ActorFlow.Campaign;

/// <summary>Checks one round: what is left after each life, and all of it at the end.</summary>
internal sealed class RoundCheck(IHost host)
{
    private const int ToldLines = 12;

    private readonly List<Acknowledgement> _said = [];
    private readonly HashSet<Attempt> _lost = [];
    private readonly List<string> _story = [];
    private JournalPicture _journal = new();
    private int _ledgerLines;

    public int Acknowledged => _said.Count;

    public int Lost => _lost.Count;

    /// <summary>A life is over: what it said to be durable is there, and nothing ran that had succeeded.</summary>
    public void After(Life life)
    {
        _story.Add($"life {_story.Count + 1}: {(life.WasKilled ? "killed" : $"ended with {life.ExitCode}")} while "
            + $"{life.Kind}, after {life.Said.Count} lines: {string.Join(" | ", life.Said.TakeLast(ToldLines))}");
        if (life.WasKilled && life.Errors.Contains("Unhandled exception", StringComparison.Ordinal))
            throw new CampaignException($"The process died before it was killed: {life.Errors}");
        foreach (var line in life.Said)
            if (host.Read(line) is { } said) _said.Add(said);
        var before = _journal;
        _journal = JournalPicture.Of(host.Journal);
        foreach (var said in _said)
            if (!_journal.Has(said)) throw new CampaignException($"{Told(said)}, and it is not in the journal.");
        if (life.WasKilled) _lost.UnionWith(_journal.Running());
        else if (!host.SpeaksOnErrors) EveryJobHasEnded();
        NothingRanThatHadSucceeded(before);
    }

    /// <summary>Every job has ended: each as it should, with no attempt too many or too few.</summary>
    public void AtEnd()
    {
        EveryJobHasEnded();
        var ledger = new LedgerPicture(host.Ledger);
        foreach (var job in host.Jobs) new JobCheck(job, _journal, ledger, _lost).Check();
        foreach (var attempt in ledger.Begun)
            if (host.Jobs.All(job => job.Id != attempt.Job))
                throw new CampaignException($"{attempt} is of no job.");
    }

    /// <summary>The lives of this round.</summary>
    public string Story() => string.Join('\n', _story);

    private void EveryJobHasEnded()
    {
        foreach (var job in host.Jobs)
            if (_journal.EventsOf(job.Id) is not [.., JobEvent.JobEnded])
                throw new CampaignException($"All was said to be over, and {job.Id} has not ended.");
    }

    private void NothingRanThatHadSucceeded(JournalPicture before)
    {
        var ledger = new LedgerPicture(host.Ledger);
        foreach (var attempt in ledger.Begun.Skip(_ledgerLines))
            foreach (var text in before.TextsOf(attempt.Job))
                // A shell of an older attempt that its command line left behind may still be at its start.
                if (text.StartsWith($"succeeded {attempt.Task} ", StringComparison.Ordinal)
                    && Attempt.Parse($"{attempt.Job}{text["succeeded".Length..]}").Number <= attempt.Number)
                    throw new CampaignException($"{attempt} began in this life, and before it was recorded: {text}.");
        _ledgerLines = ledger.Begun.Count;
    }

    private static string Told(Acknowledgement said) =>
        $"It was said that {said.Job} had '{said.Text}'" + (said.Version > 0 ? $" as event {said.Version}" : "");
}
