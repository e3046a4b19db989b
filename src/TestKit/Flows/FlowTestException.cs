namespace ActorFlow.TestKit;

/// <summary>A flow did not do what a test expects; the message tells what it did instead.</summary>
public sealed class FlowTestException : ActorFlowException
{
    /// <summary>Says what was expected, and tells the story.</summary>
    public FlowTestException(string message) : base(message) { }

    internal FlowTestException(string message, Exception inner) : base(message, inner) { }
}
