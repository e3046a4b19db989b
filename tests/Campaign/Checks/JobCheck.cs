namespace ActorFlow.Campaign;

/// <summary>Checks the whole history of one job that has ended.</summary>
internal sealed class JobCheck
{
    private readonly JobPlan _job;
    private readonly IReadOnlyList<JobEvent> _events;
    private readonly HashSet<Attempt> _begun;
    private readonly IReadOnlySet<Attempt> _finished;
    private readonly HashSet<Attempt> _lost;

    /// <summary>Takes what there is of a job.</summary>
    /// <param name="job">How it was meant.</param>
    /// <param name="journal">The journal.</param>
    /// <param name="ledger">What its tasks wrote.</param>
    /// <param name="lost">The attempts that the journal said to be running at some kill.</param>
    public JobCheck(JobPlan job, JournalPicture journal, LedgerPicture ledger, IEnumerable<Attempt> lost)
    {
        (_job, _events, _finished) = (job, journal.EventsOf(job.Id), ledger.Finished);
        _begun = [.. ledger.Begun.Where(attempt => attempt.Job == job.Id)];
        _lost = [.. lost.Where(attempt => attempt.Job == job.Id)];
    }

    public void Check()
    {
        KeepsTheRules();
        EndedAsPlanned();
        RanAgainOnlyWhatWasLost();
        LedgerAgrees();
    }

    // Numbers of attempts, starts before needs are met, starts after a success: by a referee who knows no machine.
    private void KeepsTheRules()
    {
        try
        {
            Engine.Tests.Properties.Referee.Check(_job.Flow, _events);
        }
        catch (Xunit.Sdk.XunitException e)
        {
            throw new CampaignException($"The history of {_job.Id} breaks a rule: {e.Message}");
        }
    }

    private void EndedAsPlanned()
    {
        var ended = new TaskPhase?[_job.Tasks.Count];
        foreach (var fact in _events)
        {
            TaskPhase? outcome = fact switch
            {
                JobEvent.TaskSucceeded => TaskPhase.Succeeded,
                JobEvent.TaskFailed => TaskPhase.Failed,
                JobEvent.TaskSkipped => TaskPhase.Skipped,
                _ => null,
            };
            if (outcome is null) continue;
            var task = JobEvents.TaskOf(fact);
            if (ended[task] is not null) throw Broken($"{_job.Tasks[task].Name} ended twice");
            ended[task] = outcome;
        }

        for (var task = 0; task < ended.Length; task++)
            if (ended[task] != _job.Outcomes[task])
                throw Broken($"{_job.Tasks[task].Name} is {ended[task]}, and was to be {_job.Outcomes[task]}");
        if (_events is not [.., JobEvent.JobEnded end] || end.Outcome != _job.Outcome)
            throw Broken($"it was to be {_job.Outcome}, and its last event is {_events[^1]}");
    }

    private void RanAgainOnlyWhatWasLost()
    {
        var recorded = _events.OfType<JobEvent.AttemptFailed>().Where(e => e.Reason == Reason.AttemptLost)
            .Select(e => Of(e.Task, e.Attempt)).ToHashSet();
        if (!recorded.SetEquals(_lost))
            throw Broken($"lost were {List(recorded)}, and running at a kill {List(_lost)}");
    }

    private void LedgerAgrees()
    {
        var started = _events.OfType<JobEvent.TaskStarted>().Select(e => Of(e.Task, e.Attempt)).ToHashSet();
        var succeeded = _events.OfType<JobEvent.TaskSucceeded>().Select(e => Of(e.Task, e.Attempt)).ToHashSet();
        if (!_begun.IsSubsetOf(started)) throw Broken($"ran without being recorded: {List(_begun.Except(started))}");
        if (!started.Except(_begun).All(_lost.Contains))
            throw Broken($"recorded, not lost, and did not run: {List(started.Except(_begun).Except(_lost))}");
        if (!succeeded.IsSubsetOf(_finished))
            throw Broken($"succeeded without coming to their end: {List(succeeded.Except(_finished))}");
    }

    private Attempt Of(int task, int number) => new(_job.Id, _job.Tasks[task].Name, number);

    private CampaignException Broken(string what) => new($"Of {_job.Id}: {what}.");

    private static string List(IEnumerable<Attempt> attempts) => $"[{string.Join(", ", attempts)}]";
}
