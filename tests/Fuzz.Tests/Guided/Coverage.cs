using System.Numerics;

namespace ActorFlow.Fuzz.Tests;

/// <summary>Which blocks of instrumented code ran, and how often; that code calls it, and so it is public.</summary>
public static class Coverage
{
    /// <summary>How many blocks there may be.</summary>
    public const int Most = 1 << 17;

    private const int Marks = 8;

    private static readonly byte[] Hits = new byte[Most];

    /// <summary>A block runs. What threads do at once may be counted once: it matters little.</summary>
    public static void Hit(int block) => Hits[block]++;

    /// <summary>Forgets what ran.</summary>
    internal static void Clear() => Array.Clear(Hits);

    /// <summary>
    /// A mark for each block that ran since all was forgotten, with the magnitude of how often: a loop that ran eight
    /// times says something that one that ran seven times did not.
    /// </summary>
    internal static List<int> Reached()
    {
        var reached = new List<int>();
        for (var at = 0; ; at++)
        {
            var next = Hits.AsSpan(at).IndexOfAnyExcept((byte)0);
            if (next < 0) return reached;
            at += next;
            reached.Add((at * Marks) + BitOperations.Log2(Hits[at]));
        }
    }

    /// <summary>The block of a mark.</summary>
    internal static int BlockOf(int mark) => mark / Marks;
}
