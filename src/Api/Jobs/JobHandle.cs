using ActorFlow.Actors;
using ActorFlow.Engine;

namespace ActorFlow;

/// <summary>A job in the caller's hand: watch it, wait for it, steer it. Works on after the job has ended.</summary>
public class JobHandle
{
    private readonly JobRef _job;

    internal JobHandle(JobRef job) => _job = job;

    /// <summary>The job.</summary>
    public JobId Id => _job.Id;

    /// <summary>The flow that it runs.</summary>
    public Flow Flow => _job.Flow.Definition;

    internal JobRef Job => _job;

    /// <summary>Waits until the job has ended, and that is durable.</summary>
    /// <returns>The outcome.</returns>
    /// <exception cref="ActorFlowException">The job cannot go on in this process; its journal is as it was.</exception>
    public Task<JobPhase> WaitAsync(CancellationToken cancellationToken = default) =>
        _job.WhenEnded.WaitAsync(cancellationToken);

    /// <summary>Everything about the job and its tasks as it stands now.</summary>
    public Task<JobReport> GetReportAsync(CancellationToken cancellationToken = default) =>
        _job.ReadAsync(JobReport.Of).WaitAsync(cancellationToken);

    /// <summary>How far the job is: cheap, for a display.</summary>
    public Task<JobProgress> GetProgressAsync(CancellationToken cancellationToken = default) =>
        _job.ReadAsync(ProgressOf).WaitAsync(cancellationToken);

    /// <summary>The job's events from the first on, and those to come, until its end.</summary>
    /// <param name="fromVersion">The number of the first event wanted, from 1.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public IAsyncEnumerable<JobEvent> ReadEventsAsync(
        long fromVersion = 1, CancellationToken cancellationToken = default) =>
        _job.FollowAsync(fromVersion, cancellationToken);

    /// <summary>Ends the job: what runs is asked to stop, what waits is not run.</summary>
    /// <param name="reason">Why, for the report; null if there is nothing to say.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="JobRejectedException">The job has ended.</exception>
    public Task CancelAsync(string? reason = null, CancellationToken cancellationToken = default) =>
        AskAsync(at => new JobCommand.CancelJob(at, reason), cancellationToken);

    /// <summary>Starts nothing new until the job is resumed; what runs goes on.</summary>
    /// <exception cref="JobRejectedException">The job has ended, or is about to.</exception>
    public Task PauseAsync(CancellationToken cancellationToken = default) =>
        AskAsync(at => new JobCommand.PauseJob(at), cancellationToken);

    /// <summary>Ends a pause.</summary>
    /// <exception cref="JobRejectedException">The job has ended.</exception>
    public Task ResumeAsync(CancellationToken cancellationToken = default) =>
        AskAsync(at => new JobCommand.ContinueJob(at), cancellationToken);

    /// <summary>Runs again what failed, was skipped or cancelled in a job that has ended; successes stay.</summary>
    /// <exception cref="JobRejectedException">The job has not ended, or everything succeeded.</exception>
    public Task RetryFailedAsync(CancellationToken cancellationToken = default) =>
        AskAsync(at => new JobCommand.RetryFailed(at), cancellationToken);

    /// <summary>
    /// Whether nothing happens any more until an operator says so: the job is paused, or tasks are held and nothing
    /// else can run.
    /// </summary>
    public Task<bool> WaitsForOperatorAsync(CancellationToken cancellationToken = default) =>
        _job.ReadAsync(state => state.WaitsForOperator).WaitAsync(cancellationToken);

    /// <summary>Decides for a task that waits for an operator.</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="directive">What to do.</param>
    /// <param name="output">With <see cref="Directive.Ignore"/>: the output that stands in; null for no value.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="JobRejectedException">The task does not wait for an operator.</exception>
    /// <exception cref="PayloadException">
    /// The output cannot be read as what the task gives, or is larger than <see cref="Limits.PayloadBytes"/>.
    /// </exception>
    /// <exception cref="ArgumentException">There is no such directive, or an output that it does not take.</exception>
    public async Task SettleAsync(
        string task, Directive directive, Payload? output = null, CancellationToken cancellationToken = default)
    {
        if (!Enum.IsDefined(directive))
            throw new ArgumentOutOfRangeException(nameof(directive), directive, "There is no such directive.");
        if (output is not null && directive != Directive.Ignore)
            throw new ArgumentException(
                $"An output stands in with {nameof(Directive.Ignore)} only, not with {directive}.", nameof(output));
        var (number, kept) = await _job.ReadAsync(state => (
            state.Graph.Find(task).Number,
            directive == Directive.Ignore ? _job.StandIn(state.Graph, state.Graph.Find(task), output) : null))
            .WaitAsync(cancellationToken).ConfigureAwait(false);
        await AskAsync(at => new JobCommand.SettleTask(at, number, directive, kept), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Gives a task that waits for an operator its output: the job goes on as if it had succeeded.</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="output">The output.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="JobRejectedException">The task does not wait for an operator.</exception>
    /// <exception cref="PayloadException">The task gives something else, or the output cannot be kept.</exception>
    public Task CompleteTaskAsync<T>(string task, T output, CancellationToken cancellationToken = default) =>
        SettleAsync(task, Directive.Ignore, Payload.Live(output), cancellationToken);

    internal ValueTask<IReadOnlyList<JobEvent>> ReadSoFarAsync(long fromVersion) =>
        _job.ReadEventsAsync(fromVersion, CancellationToken.None);

    private async Task AskAsync(Func<DateTimeOffset, JobCommand> command, CancellationToken cancellationToken)
    {
        var rejection = await _job.CommandAsync(command).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (rejection is not null) throw new JobRejectedException(Id, rejection.Message);
    }

    private static JobProgress ProgressOf(JobState state)
    {
        const int Shown = 8;
        var names = new List<string>();
        for (var task = 0; names.Count < Math.Min(Shown, state.RunningTasks) && task < state.Graph.Count; task++)
            if (state.PhaseOf(task) is TaskPhase.Running or TaskPhase.Stopping) names.Add(state.Graph[task].Name);
        return new JobProgress(state.Phase, state.Graph.Count, state.Counts, state.RunningTasks, names);
    }
}
