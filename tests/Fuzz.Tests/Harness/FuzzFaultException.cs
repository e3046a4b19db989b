using System.Text;

namespace ActorFlow.Fuzz.Tests;

/// <summary>Inputs found faults: which they were, and how to see them again.</summary>
internal sealed class FuzzFaultException(IReadOnlyCollection<string> faults)
    : Exception(string.Join("\n\n----\n\n", faults))
{
    private const int MostShown = 1_000;

    /// <summary>Keeps an input, and tells of the fault that it found.</summary>
    /// <param name="target">What read it.</param>
    /// <param name="run">What made it; part of the name of its file.</param>
    /// <param name="again">How to make it again.</param>
    /// <param name="input">The input.</param>
    /// <param name="fault">What it found.</param>
    public static string Describe(FuzzTarget target, string run, string again, byte[] input, string fault) =>
        $"{fault}\n\nTarget '{target.Name}', {run}, {input.Length} bytes, kept in "
        + $"{Corpus.Save($"{target.Name}-{run}", input)}\n"
        + $"To see it again: {again}\n"
        + $"Once it is mended, the file belongs in tests/Fuzz.Tests/regressions/{target.Name}, under a name that says "
        + $"what it is.\n\n{Encoding.UTF8.GetString(input.AsSpan(0, Math.Min(input.Length, MostShown)))}";
}
