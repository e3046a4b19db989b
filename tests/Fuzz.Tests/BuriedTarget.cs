namespace ActorFlow.Fuzz.Tests;

/// <summary>Reads one word, letter by letter, and goes wrong at its end.</summary>
internal sealed class BuriedTarget : FuzzTarget
{
    private const int MostExecutions = 50_000;

    public override string Name => "buried";

    public override int Inputs => 0;

    public override IReadOnlyList<string> Tokens => ["b", "u", "r", "y"];

    public override long AllocationBound(int length) => 100_000;

    public override void Read(byte[] input)
    {
        if (input.Length < 4) return;
        if (input[0] != 'b') return;
        if (input[1] != 'u') return;
        if (input[2] != 'r') return;
        if (input[3] == 'y') throw new FormatException("Deep enough.");
    }

    /// <summary>Looks for the fault.</summary>
    /// <returns>The fault; null if so many inputs do not find it.</returns>
    public static string? Found(bool isGuided)
    {
        var fuzzer = new GuidedFuzzer(new BuriedTarget(), seed: 4, static _ => { }) { IsGuided = isGuided };
        // Of each letter one bit is wrong.
        fuzzer.Add("ctsx"u8.ToArray());
        while (fuzzer.Faults.Count == 0 && fuzzer.Executions < MostExecutions) fuzzer.Next();
        return fuzzer.Faults.SingleOrDefault();
    }
}
