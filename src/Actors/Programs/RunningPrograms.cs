using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>Runs programs from within a running task.</summary>
public static class RunningPrograms
{
    /// <summary>Runs a program to its end, when it has got the resources that it needs.</summary>
    /// <remarks>
    /// What the program prints goes to a log file, and how it ended is data: an exit code other than 0 is no exception,
    /// unless you ask for one by <see cref="ProcessResult.EnsureSuccess"/>. If the attempt is to stop, or the engine
    /// closes, the program is ended with all of its children.
    /// </remarks>
    /// <param name="context">The attempt.</param>
    /// <param name="program">The program.</param>
    /// <param name="cancellationToken">Ends the program, with all of its children.</param>
    /// <exception cref="ProcessStartException">It could not be started.</exception>
    /// <exception cref="ActorFlowException">
    /// It needs more of a resource than there is, or a limit makes no sense.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing of it runs any more.</exception>
    public static async Task<ProcessResult> ExecAsync(
        this TaskContext context, ProcessSpec program, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(program);
        var attempt = context.Resources;
        Require(attempt, program);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, attempt.CancellationToken);
        using var held = await attempt.Pools.TakeAsync(NeedsOf(attempt, program), stop.Token).ConfigureAwait(false);
        var result = await attempt.BeginProgram(program).RunAsync(stop.Token).ConfigureAwait(false);
        if (!result.Succeeded && program.MarksFailure) attempt.Mark(FailureOf(program, result.Describe()));
        return result;
    }

    /// <summary>Runs programs side by side, as far as there are resources for them.</summary>
    /// <param name="context">The attempt.</param>
    /// <param name="programs">The programs; none gives an empty list.</param>
    /// <param name="cancellationToken">Ends them, with all of their children.</param>
    /// <returns>
    /// What became of each, in their order. One that could not be started has the exit code -1, and an error marker
    /// says why; the others are not affected.
    /// </returns>
    /// <exception cref="ActorFlowException">
    /// One of them needs more of a resource than there is, or a limit makes no sense; none has begun.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing of them runs any more.</exception>
    public static async Task<IReadOnlyList<ProcessResult>> ExecParallelAsync(
        this TaskContext context, IReadOnlyList<ProcessSpec> programs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(programs);
        foreach (var program in programs) Require(context.Resources, program);
        return await Task.WhenAll(programs.Select(program => TryExecAsync(context, program, cancellationToken)))
            .ConfigureAwait(false);
    }

    private static async Task<ProcessResult> TryExecAsync(
        TaskContext context, ProcessSpec program, CancellationToken cancellationToken)
    {
        try
        {
            return await context.ExecAsync(program, cancellationToken).ConfigureAwait(false);
        }
        catch (ProcessStartException e)
        {
            context.Resources.Mark(FailureOf(program, e.Message));
            return new ProcessResult(program, exitCode: -1, ProcessEnding.NotStarted) { ErrorTail = e.Message };
        }
    }

    private static void Require(AttemptResources attempt, ProcessSpec program)
    {
        program.RequireSense();
        if (attempt.Pools.Problem(NeedsOf(attempt, program)) is { } problem)
            throw new ActorFlowException(
                $"The command '{program.ShortName}' of task '{attempt.TaskName}' {problem}");
    }

    private static ResourceNeeds NeedsOf(AttemptResources attempt, ProcessSpec program) =>
        program.Needs ?? (attempt.HoldsUnits ? ResourceNeeds.None : ResourceNeeds.Of(ResourceNeeds.Processors));

    private static Marker FailureOf(ProcessSpec program, string problem) =>
        new(Severity.Error, $"Command failed: {program.ShortName}: {problem}");
}
