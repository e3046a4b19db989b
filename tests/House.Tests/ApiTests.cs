using System.Reflection;
using ActorFlow.House.Tests.ApiText;
using ActorFlow.House.Tests.Tree;

namespace ActorFlow.House.Tests;

/// <summary>What a package offers changes only on purpose: each change is seen, read and approved.</summary>
public sealed class ApiTests
{
    private const string ApproveVariable = "ACTORFLOW_APPROVE";

    private static readonly bool Approves = Environment.GetEnvironmentVariable(ApproveVariable) == "1";

    [Theory]
    [InlineData("ActorFlow")]
    [InlineData("ActorFlow.Actors")]
    [InlineData("ActorFlow.Engine")]
    [InlineData("ActorFlow.Journal")]
    [InlineData("ActorFlow.Notify")]
    [InlineData("ActorFlow.TestKit")]
    public void Public_api_is_the_approved_one(string assembly)
    {
        var received = ApiPrinter.Print(Assembly.Load(assembly));
        var approvedPath = Path.Combine(Repository.Root, "tests", "House.Tests", "api", assembly + ".txt");
        if (Approves) File.WriteAllText(approvedPath, received);

        var approved = File.Exists(approvedPath) ? File.ReadAllText(approvedPath).ReplaceLineEndings("\n") : "";
        if (received == approved) return;

        var receivedPath = Path.Combine(Repository.Root, "artifacts", "api", assembly + ".received.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(receivedPath)!);
        File.WriteAllText(receivedPath, received);
        Assert.Fail(
            $"The public API of {assembly} is not the approved one (- approved, + found):\n"
            + $"{string.Join('\n', LineDiff.Between(approved, received))}\n"
            + $"Found: {receivedPath}\nApproved: {approvedPath}\n"
            + $"If the change is meant, run these tests with {ApproveVariable}=1 and commit what they write.");
    }
}
