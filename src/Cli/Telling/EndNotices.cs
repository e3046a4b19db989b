namespace ActorFlow.Cli;

/// <summary>Tells of jobs that ended in this process: each end is told once.</summary>
internal sealed class EndNotices
{
    private readonly Terminal _terminal;
    private readonly WebhookChannel? _webhook;
    private readonly Dictionary<Flow, FlowTelling> _flows = new(ReferenceEqualityComparer.Instance);

    // What had ended before was told by whoever saw it end.
    private readonly DateTimeOffset _since = TimeProvider.System.GetUtcNow();

    /// <summary>Begins before any job ends that is to be told of.</summary>
    /// <param name="terminal">Where it is said what could not be sent.</param>
    /// <param name="webhook">Where all reports go, besides what the flows say; null for nowhere.</param>
    /// <exception cref="ActorFlowException">The address makes no sense.</exception>
    public EndNotices(Terminal terminal, string? webhook)
    {
        _terminal = terminal;
        _webhook = webhook is null ? null : Webhook.To(webhook);
    }

    /// <summary>Who is told of the jobs of a flow.</summary>
    public void Add(Flow flow, FlowTelling telling) => _flows[flow] = telling;

    /// <summary>Tells of those that have ended since this was made.</summary>
    public async Task TellAsync(IReadOnlyList<JobHandle> jobs, IReadOnlyList<JobReport> reports)
    {
        var news = reports.Where(report => report.EndedAt >= _since).ToList();
        if (_webhook is not null && news.Count > 0)
            await Webhook.SendAsync(_webhook, news, _terminal).ConfigureAwait(false);
        foreach (var (job, report) in jobs.Zip(reports))
            if (news.Contains(report)) await TellAsync(job.Flow, report).ConfigureAwait(false);
    }

    private async Task TellAsync(Flow flow, JobReport report)
    {
        var isFailure = report.Phase is JobPhase.Failed or JobPhase.TimedOut;
        foreach (var notice in _flows.GetValueOrDefault(flow, FlowTelling.None).Notices)
        {
            if (notice.OnlyFailures && !isFailure) continue;
            try
            {
                await Webhook.SendAsync(notice.Open(), [report], _terminal).ConfigureAwait(false);
            }
            catch (ActorFlowException e)
            {
                // Where a job is resumed there may be other variables; it has ended all the same.
                await _terminal.Errors.WriteLineAsync(
                    $"actorflow: the report of job {report.Job} was not sent: {e.Message}").ConfigureAwait(false);
            }
        }
    }
}
