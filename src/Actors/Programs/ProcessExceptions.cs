namespace ActorFlow;

/// <summary>A program could not be started at all.</summary>
public sealed class ProcessStartException(string message, Exception? inner = null)
    : ActorFlowException(message, inner);

/// <summary>A program did not succeed: see <see cref="ProcessResult.EnsureSuccess"/>.</summary>
/// <remarks>
/// Policies know it as <c>exit 75</c>, as <c>signal 9</c>, as a time-out, or as <c>output</c> if it printed too much.
/// </remarks>
public sealed class ProcessExitException : ActorFlowException, IFailure
{
    internal ProcessExitException(ProcessResult result) : base(result.Describe()) => Result = result;

    /// <summary>How the program ended.</summary>
    public ProcessResult Result { get; }

    /// <inheritdoc />
    public Failure ToFailure() => Result switch
    {
        { Ending: ProcessEnding.TimedOut } => new Failure(Failure.TimeoutType, Message),
        { Ending: ProcessEnding.PrintedTooMuch } => new Failure("output", Message),
        { Signal: { } signal } => new Failure($"signal {signal}", Message)
        {
            BroaderTypes = [$"exit {Result.ExitCode}"],
        },
        _ => new Failure($"exit {Result.ExitCode}", Message),
    };
}
