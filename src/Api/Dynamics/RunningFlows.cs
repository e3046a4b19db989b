using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>Runs flows from within a running task.</summary>
public static class RunningFlows
{
    /// <summary>
    /// Runs a flow as part of this job, and waits for its result. Its tasks are tasks of the job, called
    /// <c>TASK.name.…</c>; the attempt takes no slot of its pool while it waits.
    /// </summary>
    /// <remarks>
    /// If the process dies meanwhile, the next attempt gets the same run by the same name: what succeeded does not run
    /// again, so whatever comes before this call must lead to the same names and inputs.
    /// </remarks>
    /// <param name="context">The attempt.</param>
    /// <param name="flow">The flow: one that the task was declared with by <c>MayRun</c>.</param>
    /// <param name="input">Its input.</param>
    /// <param name="name">What this run is called, unique in the task. The default is the flow's name.</param>
    /// <param name="timeout">
    /// After this time, 49 days at most, its tasks are cancelled. The default is the time limit of the flow, which may
    /// be none.
    /// </param>
    /// <param name="cancellationToken">Cancels its tasks.</param>
    /// <exception cref="SubflowException">A task of it failed.</exception>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the attempt was asked to stop.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <exception cref="ExpansionException">
    /// The task was not declared with the flow, or has run another flow, or this one with another input, by this name.
    /// </exception>
    public static async Task<TOut> RunAsync<T, TOut>(
        this TaskContext context,
        Flow<T, TOut> flow,
        T input,
        string? name = null,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(flow);
        var call = context.Call;
        var key = name ?? flow.Name;
        timeout ??= flow.Definition.Policy.Timeout;
        // Before anything is added that nobody would wait for.
        if (timeout is { } limit && limit < TimeSpan.Zero && limit != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(timeout), limit, "The time must not be negative.");
        var running = call.ExpandAsync(
            Expansions.Once(key, TemplateOf(call, flow), call.Encode(input), flow) with { Key = key });
        var why = await WhyStopAsync(context, flow.Name, running, timeout, cancellationToken).ConfigureAwait(false);
        if (why is not null) call.StopExpansion(key);
        var outcome = (await running.ConfigureAwait(false)).Parts[0];
        cancellationToken.ThrowIfCancellationRequested();
        return outcome.Phase switch
        {
            TaskPhase.Succeeded => PartResults.ValueOf<TOut>(call, outcome.Result),
            _ => throw why ?? new SubflowException(flow.Name, context.TaskName, outcome),
        };
    }

    // Why it is to be stopped: its time is over, or the caller or the attempt is to stop; null if it has ended.
    private static async Task<Exception?> WhyStopAsync(
        TaskContext context, string flow, Task running, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken, context.CancellationToken);
        var time = timeout is { } limit ? Timers.Bounded(limit) : Timeout.InfiniteTimeSpan;
        try
        {
            await running.WaitAsync(time, context.Time, stop.Token).ConfigureAwait(false);
            return null;
        }
        catch (TimeoutException) when (!running.IsFaulted)
        {
            return new TimeoutException(
                $"Flow '{flow}', run by task '{context.TaskName}', did not end within {timeout}.");
        }
        catch (OperationCanceledException) when (!running.IsFaulted)
        {
            return new OperationCanceledException(
                cancellationToken.IsCancellationRequested ? cancellationToken : context.CancellationToken);
        }
    }

    private static int TemplateOf(TaskCall call, TypedFlow flow)
    {
        var templates = call.Task.Templates;
        for (var i = 0; i < templates.Count; i++)
            if (ReferenceEquals(templates[i].Flow, flow.Definition)) return i;
        throw new ExpansionException(
            $"Task '{call.Task.Name}' may not run flow '{flow.Name}'; declare it with MayRun().");
    }
}

/// <summary>A flow that a running task ran has failed.</summary>
/// <remarks>Policies know it by its own type and by those of the failure that it is about.</remarks>
public sealed class SubflowException : ActorFlowException, IFailure
{
    internal SubflowException(string flow, string task, PartOutcome outcome)
        : base(Said(flow, task, outcome))
    {
        Flow = flow;
        Failure = outcome.Failure;
    }

    /// <summary>The flow's name.</summary>
    public string Flow { get; }

    /// <summary>The failure of the first of its tasks that failed; null if none did.</summary>
    public Failure? Failure { get; }

    /// <inheritdoc />
    public Failure ToFailure() => new(typeof(SubflowException).FullName!, Message)
    {
        BroaderTypes =
        [
            typeof(ActorFlowException).FullName!, typeof(Exception).FullName!,
            .. Failure is { } cause ? cause.BroaderTypes.Prepend(cause.Type) : [],
        ],
        StackTrace = StackTrace,
    };

    // Who reads it looks for what failed: that comes first, and by its name.
    private static string Said(string flow, string task, PartOutcome outcome) =>
        outcome is { Failure: { } failure, Cause: { } cause }
            ? $"Task '{cause}' failed: {failure.Describe()}"
            : $"Flow '{flow}', run by task '{task}', did not succeed: "
                + $"it was {outcome.Phase.ToString().ToLowerInvariant()}.";
}
