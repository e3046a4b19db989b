using System.Text;

namespace ActorFlow.Fuzz.Tests;

/// <summary>Inputs found faults: which they were, and how to see them again.</summary>
internal sealed class FuzzFaultException(IReadOnlyCollection<string> faults)
    : Exception(string.Join("\n\n----\n\n", faults))
{
    private const int MostShown = 1_000;

    /// <summary>Keeps an input, and tells of the fault that it found.</summary>
    public static string Describe(FuzzTarget target, int seed, byte[] input, string fault) =>
        $"{fault}\n\nTarget '{target.Name}', seed {seed}, {input.Length} bytes, kept in "
        + $"{Corpus.Save($"{target.Name}-{seed}", input)}\n"
        + $"To see it again: {FuzzRuns.Variable}={target.Name}:{seed} dotnet test tests/Fuzz.Tests -c Release\n"
        + $"Once it is mended, the file belongs in tests/Fuzz.Tests/regressions/{target.Name}, under a name that says "
        + $"what it is.\n\n{Encoding.UTF8.GetString(input.AsSpan(0, Math.Min(input.Length, MostShown)))}";
}
