using System.Globalization;

namespace ActorFlow.Fuzz.Tests;

/// <summary>How much is to be fed: ACTORFLOW_FUZZ asks for a multiple, or for one seed as <c>yaml:7</c>.</summary>
internal static class FuzzRuns
{
    public const string Variable = "ACTORFLOW_FUZZ";

    /// <summary>The seeds to feed a target with.</summary>
    public static (int First, int Count) Of(FuzzTarget target)
    {
        var asked = Environment.GetEnvironmentVariable(Variable) ?? "1";
        if (asked.Split(':') is not [var name, var seed]) return (0, target.Inputs * Number(asked));
        return name == target.Name ? (Number(seed), 1) : (0, 0);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
