namespace ActorFlow.Cli;

/// <summary>What an error says at the command line: to what is wrong, which option helps.</summary>
internal static class ErrorText
{
    public static string Of(Exception error) => error is FlowChangedException changed
        ? $"{changed.Message} To go on with the flow as it is now, resume it with --changed keep (or restart)."
        : error.Message;
}
