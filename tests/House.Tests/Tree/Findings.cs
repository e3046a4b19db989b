namespace ActorFlow.House.Tests.Tree;

/// <summary>What a rule of the house found wrong: none, or a failed test that lists them all.</summary>
internal static class Findings
{
    /// <summary>Fails unless there are none.</summary>
    public static void AreNone(string rule, IEnumerable<string> findings)
    {
        var all = findings.ToList();
        if (all.Count > 0) Assert.Fail($"{rule} {all.Count} found:\n  {string.Join("\n  ", all)}");
    }
}
