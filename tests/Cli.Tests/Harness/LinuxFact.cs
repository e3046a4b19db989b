namespace ActorFlow.Cli.Tests;

/// <summary>A test of what takes a <c>/proc</c> as Linux has it; skipped elsewhere.</summary>
internal sealed class LinuxFact : FactAttribute
{
    public LinuxFact()
    {
        if (!OperatingSystem.IsLinux()) Skip = "Processes that a killed engine has left are known on Linux only.";
    }
}
