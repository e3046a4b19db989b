namespace ActorFlow.Cli;

/// <summary>A command printed what cannot be taken as its output.</summary>
internal sealed class ProcessOutputException(string message) : ActorFlowException(message), IFailure
{
    /// <summary><c>output</c>: what policies name.</summary>
    public Failure ToFailure() => new("output", Message);
}
