using System.Numerics;
using System.Runtime.InteropServices;

namespace ActorFlow.Journal;

/// <summary>CRC-32C (Castagnoli), as in iSCSI (RFC 3720): the processor has an instruction for it.</summary>
internal static class Crc32C
{
    /// <summary>The checksum of some bytes; 0xE3069283 for the ASCII digits 1 to 9.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words) crc = BitOperations.Crc32C(crc, word);
        foreach (var rest in bytes[(words.Length * 8)..]) crc = BitOperations.Crc32C(crc, rest);
        return ~crc;
    }
}
