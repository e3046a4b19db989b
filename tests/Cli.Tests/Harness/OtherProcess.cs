namespace ActorFlow.Cli.Tests;

/// <summary>Processes that are not children of the tests.</summary>
internal static class OtherProcess
{
    /// <summary>Whether it runs; one that nobody has waited for yet is a zombie, and runs no more.</summary>
    public static bool Runs(string id)
    {
        try
        {
            return !File.ReadAllText($"/proc/{id}/stat").Split(") ")[1].StartsWith('Z');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
