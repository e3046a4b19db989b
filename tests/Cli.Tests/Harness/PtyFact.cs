namespace ActorFlow.Cli.Tests;

/// <summary>A test in a terminal that <c>script</c> makes; skipped where there is none.</summary>
internal sealed class PtyFact : FactAttribute
{
    public PtyFact()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/script"))
            Skip = "There is no /usr/bin/script to make a terminal with.";
    }
}
