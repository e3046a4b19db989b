using ActorFlow.Actors;

namespace ActorFlow;

/// <content>How jobs go on, with the flow that they have or with another one.</content>
public sealed partial class ActorFlowEngine
{
    /// <summary>Opens a job with a flow that the caller brings: one that was interrupted goes on.</summary>
    /// <inheritdoc cref="OpenAsync(JobId, ExecutableFlow, ChangedFlow, CancellationToken)"/>
    public Task<JobHandle> OpenAsync(
        JobId id, ExecutableFlow flow, CancellationToken cancellationToken = default) =>
        OpenAsync(id, flow, _options.ChangedFlow, cancellationToken);

    /// <summary>Opens a job with a flow that the caller brings: one that was interrupted goes on.</summary>
    /// <param name="id">The job.</param>
    /// <param name="flow">Its flow.</param>
    /// <param name="changed">
    /// What to do if the flow has changed since the job was submitted; a job that has ended keeps the flow it had. See
    /// <see cref="ActorFlowOptions.ChangedFlow"/> for the default.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="JobNotFoundException">There is no such job.</exception>
    /// <exception cref="FlowChangedException">
    /// The flow is not the one that the job was submitted with, and it cannot or is not to go on with it.
    /// </exception>
    /// <exception cref="JobRejectedException">
    /// The job runs here under another flow, or the flow cannot read its input.
    /// </exception>
    public async Task<JobHandle> OpenAsync(
        JobId id, ExecutableFlow flow, ChangedFlow changed, CancellationToken cancellationToken = default) =>
        new(await _system.OpenAsync(id, flow, changed, cancellationToken).ConfigureAwait(false));

    /// <summary>Opens a job of a flow in code, for its result: one that was interrupted goes on.</summary>
    /// <inheritdoc cref="OpenAsync(JobId, ExecutableFlow, ChangedFlow, CancellationToken)"/>
    public Task<JobHandle<TOut>> OpenAsync<TIn, TOut>(
        JobId id, Flow<TIn, TOut> flow, CancellationToken cancellationToken = default) =>
        OpenAsync(id, flow, _options.ChangedFlow, cancellationToken);

    /// <summary>Opens a job of a flow in code, for its result: one that was interrupted goes on.</summary>
    /// <inheritdoc cref="OpenAsync(JobId, ExecutableFlow, ChangedFlow, CancellationToken)"/>
    public async Task<JobHandle<TOut>> OpenAsync<TIn, TOut>(
        JobId id, Flow<TIn, TOut> flow, ChangedFlow changed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(flow);
        var job = await _system.OpenAsync(id, flow.Executable, changed, cancellationToken).ConfigureAwait(false);
        return new JobHandle<TOut>(job, flow.ResultTask, _payloads);
    }

    /// <summary>Goes on with every unfinished job whose flow is registered.</summary>
    /// <returns>What goes on, and what was left untouched and why.</returns>
    public Task<ResumeResult> ResumeAsync(CancellationToken cancellationToken = default) =>
        ResumeAsync(_options.ChangedFlow, cancellationToken);

    /// <summary>Goes on with every unfinished job whose flow is registered.</summary>
    /// <param name="changed">
    /// What to do with jobs whose flow has changed; see <see cref="ActorFlowOptions.ChangedFlow"/> for the default.
    /// </param>
    /// <param name="cancellationToken">Leaves the jobs that are not open yet.</param>
    /// <returns>What goes on, and what was left untouched and why.</returns>
    public async Task<ResumeResult> ResumeAsync(ChangedFlow changed, CancellationToken cancellationToken = default)
    {
        var (resumed, left) = (new List<JobHandle>(), new List<JobLeft>());
        foreach (var job in await _journal.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (job.Outcome is not null) continue;
            cancellationToken.ThrowIfCancellationRequested();
            if (job.Problem is { } problem)
            {
                left.Add(new JobLeft(job.Id, job.FlowName, problem));
                continue;
            }

            if (!_flows.TryGetValue(job.FlowName, out var flow))
            {
                left.Add(new JobLeft(job.Id, job.FlowName, $"flow '{job.FlowName}' is not registered"));
                continue;
            }

            try
            {
                resumed.Add(await OpenAsync(job.Id, flow, changed, cancellationToken).ConfigureAwait(false));
            }
            catch (FlowChangedException e)
            {
                left.Add(new JobLeft(job.Id, job.FlowName, $"flow '{job.FlowName}' changed: {e.Difference}"));
            }
            catch (ActorFlowException e)
            {
                // Whatever keeps one job from going on keeps no other.
                left.Add(new JobLeft(job.Id, job.FlowName, e.Message));
            }
        }

        return new ResumeResult(resumed, left);
    }

    /// <summary>
    /// Begins a job that shares the results of an ended one, and runs itself from a task on: that one, all that need
    /// it, and whatever else has no result to share. When the task completes, the job is durable.
    /// </summary>
    /// <param name="job">The job that has ended; it stays as it is.</param>
    /// <param name="from">The name of the task. All that it needs must have succeeded, and is shared.</param>
    /// <param name="flow">The flow of the new job; null for the one of the old, which must be registered.</param>
    /// <param name="input">The input of the new job; null for that of the old.</param>
    /// <param name="options">The new job's id and more; a new id if null.</param>
    /// <param name="cancellationToken">Ends the wait, not the job.</param>
    /// <returns>The new job, or the one that is there under the same id as the same fork.</returns>
    /// <exception cref="JobNotFoundException">There is no such job.</exception>
    /// <exception cref="JobRejectedException">
    /// The job has not ended, a task before has no result to share, or the flow cannot read the input.
    /// </exception>
    /// <exception cref="JobConflictException">There is another job of the new id.</exception>
    /// <exception cref="ActorFlowException">The flow is not registered, or has no such task.</exception>
    public async Task<JobHandle> ForkAsync(
        JobId job, string from, ExecutableFlow? flow = null, Payload? input = null, JobOptions? options = null,
        CancellationToken cancellationToken = default) =>
        new(await ForkCoreAsync(job, from, flow, input, options, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc cref="ForkAsync(JobId, string, ExecutableFlow, Payload, JobOptions, CancellationToken)"/>
    public async Task<JobHandle<TOut>> ForkAsync<TIn, TOut>(
        JobId job, string from, Flow<TIn, TOut> flow, JobOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(flow);
        var fork = await ForkCoreAsync(job, from, flow.Executable, null, options, cancellationToken)
            .ConfigureAwait(false);
        return new JobHandle<TOut>(fork, flow.ResultTask, _payloads);
    }

    /// <inheritdoc cref="ForkAsync(JobId, string, ExecutableFlow, Payload, JobOptions, CancellationToken)"/>
    public async Task<JobHandle<TOut>> ForkAsync<TIn, TOut>(
        JobId job, string from, Flow<TIn, TOut> flow, TIn input, JobOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(flow);
        var payload = Encode(flow.Executable, input);
        var fork = await ForkCoreAsync(job, from, flow.Executable, payload, options, cancellationToken)
            .ConfigureAwait(false);
        return new JobHandle<TOut>(fork, flow.ResultTask, _payloads);
    }

    private async Task<JobRef> ForkCoreAsync(
        JobId job, string from, ExecutableFlow? flow, Payload? input, JobOptions? options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(from);
        var old = await FindSubmittedAsync(job, cancellationToken).ConfigureAwait(false)
            ?? throw new JobNotFoundException(job);
        if (flow is null && !_flows.TryGetValue(old.FlowName, out flow))
            throw new ActorFlowException(
                $"Job '{job}' is of flow '{old.FlowName}', which is not registered; register it, or hand it over.");
        var origin = new ForkOrigin(job, flow.Definition[from].Name);
        var payload = input is null ? old.Input : Encode(flow, input);
        return await SubmitCoreAsync(flow, payload, options, cancellationToken, origin).ConfigureAwait(false);
    }
}
