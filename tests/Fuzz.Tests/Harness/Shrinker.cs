namespace ActorFlow.Fuzz.Tests;

/// <summary>Makes an input smaller as long as it does the same: what is left is what matters.</summary>
internal static class Shrinker
{
    /// <summary>Leaves out ever smaller parts.</summary>
    /// <param name="input">The input.</param>
    /// <param name="isSame">Whether an input does what matters.</param>
    /// <param name="most">How often to try.</param>
    public static byte[] Shrink(byte[] input, Func<byte[], bool> isSame, int most = 3_000)
    {
        var tries = 0;
        for (var size = Math.Max(1, input.Length / 2); ; size /= 2)
        {
            for (var at = 0; at < input.Length && tries++ < most;)
            {
                byte[] without = [.. input.AsSpan(0, at), .. input.AsSpan(Math.Min(input.Length, at + size))];
                if (isSame(without)) input = without;
                else at += size;
            }

            if (size == 1 || tries >= most) return input;
        }
    }
}
