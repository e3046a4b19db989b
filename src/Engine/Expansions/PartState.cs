namespace ActorFlow.Engine;

/// <summary>Where one part of an expansion stands, in which some need others.</summary>
/// <param name="open">How many of its tasks have not ended.</param>
internal sealed class PartState(int open)
{
    public int Open { get; set; } = open;

    /// <summary>The task to blame if nothing that needs the part can run; -1 while there is none.</summary>
    public int Cause { get; set; } = -1;
}
