using System.Numerics;
using System.Runtime.InteropServices;

namespace ActorFlow.Bench.Graphs;

/// <summary>
/// SipHash-2-4 of whole numbers: the chance in Task Bench's random pattern, the same on every machine.
/// </summary>
internal static class SipHash
{
    /// <summary>The key that Task Bench uses: the bytes 1 to 15, then 0.</summary>
    public static readonly (ulong Low, ulong High) TaskBenchKey = (0x0807060504030201, 0x000F0E0D0C0B0A09);

    /// <summary>The hash of numbers as they lie in memory, little end first.</summary>
    public static ulong Of((ulong Low, ulong High) key, ReadOnlySpan<long> words)
    {
        var state = new State(
            key.Low ^ 0x736f6d6570736575, key.High ^ 0x646f72616e646f6d,
            key.Low ^ 0x6c7967656e657261, key.High ^ 0x7465646279746573);
        foreach (var word in words) state.Take((ulong)word);
        state.Take((ulong)(words.Length * sizeof(long)) << 56);
        return state.Finish();
    }

    [StructLayout(LayoutKind.Auto)]
    private struct State(ulong a, ulong b, ulong c, ulong d)
    {
        private ulong _a = a;
        private ulong _b = b;
        private ulong _c = c;
        private ulong _d = d;

        public void Take(ulong word)
        {
            _d ^= word;
            Round();
            Round();
            _a ^= word;
        }

        public ulong Finish()
        {
            _c ^= 0xff;
            for (var i = 0; i < 4; i++) Round();
            return _a ^ _b ^ _c ^ _d;
        }

        private void Round()
        {
            _a += _b;
            _b = BitOperations.RotateLeft(_b, 13) ^ _a;
            _a = BitOperations.RotateLeft(_a, 32);
            _c += _d;
            _d = BitOperations.RotateLeft(_d, 16) ^ _c;
            _a += _d;
            _d = BitOperations.RotateLeft(_d, 21) ^ _a;
            _c += _b;
            _b = BitOperations.RotateLeft(_b, 17) ^ _c;
            _c = BitOperations.RotateLeft(_c, 32);
        }
    }
}
