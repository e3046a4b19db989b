using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>A job that gives a result.</summary>
/// <typeparam name="TOut">What it gives.</typeparam>
public sealed class JobHandle<TOut> : JobHandle
{
    private readonly IPayloadCodec _payloads;
    private readonly int? _resultTask;

    internal JobHandle(JobRef job, int? resultTask, IPayloadCodec payloads) : base(job)
    {
        _resultTask = resultTask;
        _payloads = payloads;
    }

    /// <summary>Waits for the job and gives its result.</summary>
    /// <exception cref="JobFailedException">
    /// The job ended without a result; the report says why. One that succeeded has none if the task whose output it is
    /// was skipped.
    /// </exception>
    public async Task<TOut> GetResultAsync(CancellationToken cancellationToken = default)
    {
        var outcome = await WaitAsync(cancellationToken).ConfigureAwait(false);
        var output = _resultTask is { } task
            ? await Job.ReadAsync(state => state.OutputOf(task)).WaitAsync(cancellationToken).ConfigureAwait(false)
            : Payload.None;
        if (outcome == JobPhase.Succeeded && output is not null) return _payloads.Decode<TOut>(output)!;
        var report = await GetReportAsync(cancellationToken).ConfigureAwait(false);
        throw outcome == JobPhase.Succeeded
            ? new JobFailedException(report, report[Flow.TaskNames[_resultTask!.Value]])
            : new JobFailedException(report, Flow);
    }
}

/// <summary>A job ended without a result.</summary>
public sealed class JobFailedException : ActorFlowException
{
    internal JobFailedException(JobReport report, Flow flow) : base(Describe(report, flow)) => Report = report;

    internal JobFailedException(JobReport report, TaskReport result)
        : base(
            $"Job '{report.Job}' succeeded without a result: task '{result.Name}', whose output it is, was "
            + $"{result.Status}.") => Report = report;

    /// <summary>Everything about the job and its tasks.</summary>
    public JobReport Report { get; }

    private static string Describe(JobReport report, Flow flow)
    {
        // The failure of a task that has added others tells of theirs.
        var failed = report.Failed.Where(task => flow.TryFind(task.Name, out _)).ToList();
        if (failed.Count == 0) return report.ToString();
        var (first, error) = (failed[0], failed[0].Error!);
        var others = failed.Count == 1 ? "" : $" ({failed.Count - 1} more failed)";
        return $"{report} Task '{first.Name}' failed: {new Failure(error.Type, error.Message).Describe()}{others}";
    }
}
