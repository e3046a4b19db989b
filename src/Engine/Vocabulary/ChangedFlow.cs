namespace ActorFlow;

/// <summary>What becomes of an unfinished job whose flow has changed since it was submitted.</summary>
public enum ChangedFlow
{
    /// <summary>It does not go on, and the error names the difference.</summary>
    Refuse = 0,

    /// <summary>
    /// It goes on with the new flow. A task keeps its recorded success if neither it nor any task that it needs,
    /// directly or not, has changed; everything else runs again.
    /// </summary>
    KeepUnchanged = 1,

    /// <summary>It goes on with the new flow, and every task runs again, with the input that is recorded.</summary>
    Restart = 2,
}
