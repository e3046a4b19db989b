namespace ActorFlow.Cli.Tests;

/// <summary>A test on the real workflows, which lie beside the repository; skipped where they do not.</summary>
internal sealed class SharedDataFact : FactAttribute
{
    public SharedDataFact()
    {
        if (Repository.SharedData is null)
            Skip = "There is no 'shared/data' beside the repository: no real workflows to run.";
    }
}
