namespace ActorFlow.Actors;

/// <summary>The processes of a group, where a <c>/proc</c> shows them.</summary>
internal static class GroupMembers
{
    /// <summary>Whether one of them is alive.</summary>
    /// <returns>True also where there is no <c>/proc</c> to tell.</returns>
    public static bool AreAlive(int group) =>
        !ProcFiles.AreThere || ProcFiles.All("stat").Any(found =>
            ProcessStat.Of(found.Content) is { IsAlive: true } process && process.Group == group);
}
