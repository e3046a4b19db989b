namespace ActorFlow.Fuzz.Tests;

/// <summary>Makes an input smaller as long as it finds the same fault: what is left is what matters.</summary>
internal static class Shrinker
{
    private const int MostTries = 3_000;

    /// <summary>Leaves out ever smaller parts.</summary>
    /// <param name="input">The input.</param>
    /// <param name="isSame">Whether an input finds the fault.</param>
    public static byte[] Shrink(byte[] input, Func<byte[], bool> isSame)
    {
        var tries = 0;
        for (var size = Math.Max(1, input.Length / 2); ; size /= 2)
        {
            for (var at = 0; at < input.Length && tries++ < MostTries;)
            {
                byte[] without = [.. input.AsSpan(0, at), .. input.AsSpan(Math.Min(input.Length, at + size))];
                if (isSame(without)) input = without;
                else at += size;
            }

            if (size == 1) return input;
        }
    }
}
