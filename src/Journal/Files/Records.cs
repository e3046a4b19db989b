using System.Globalization;
using System.Runtime.InteropServices;

namespace ActorFlow.Journal;

/// <summary>What a record of a frame is.</summary>
internal enum RecordKind : byte
{
    /// <summary>Events of one job, appended at once.</summary>
    Events = 1,

    /// <summary>A job is forgotten: what there is of it is on its way out.</summary>
    Forget = 2,
}

/// <summary>The head of a record: which job, which events.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Job">
/// The job's number in this journal. It is used again, if at all, by a later process, when nothing of the job is left.
/// </param>
/// <param name="FirstVersion">The version of its first event.</param>
/// <param name="Count">How many events it has.</param>
/// <param name="HasEnded">Whether the job has ended with it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RecordHead(RecordKind Kind, ulong Job, long FirstVersion, int Count, bool HasEnded)
{
    public void Write(ByteWriter writer)
    {
        writer.Byte((byte)Kind);
        writer.Number(Job);
        if (Kind == RecordKind.Forget) return;
        writer.Number(FirstVersion);
        writer.Number(Count);
        writer.Byte(HasEnded ? (byte)1 : (byte)0);
    }

    public static RecordHead Read(ref ByteReader reader)
    {
        var kind = (RecordKind)reader.Byte();
        if (kind is not (RecordKind.Events or RecordKind.Forget))
            throw new FormatException(
                $"a record has the unknown kind {(byte)kind}: a newer ActorFlow may have written it.");
        var job = reader.Number();
        if (kind == RecordKind.Forget) return new RecordHead(kind, job, 0, 0, HasEnded: false);
        var head = new RecordHead(kind, job, checked((long)reader.Number()), reader.Int32(), reader.Byte() != 0);
        return head.Count > 0 ? head : throw new FormatException("a record has no events.");
    }
}

/// <summary>Where a record lies.</summary>
/// <param name="Segment">In which file.</param>
/// <param name="Offset">Where it begins in it.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="Checksum">That of its bytes, so that whoever reads it later notices when they have changed.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RecordPlace(Segment Segment, int Offset, int Length, uint Checksum)
{
    /// <summary>The same record, once the frame that it lies in is written.</summary>
    public RecordPlace In(Segment segment, long frame) =>
        this with { Segment = segment, Offset = checked((int)frame + Offset) };
}

/// <summary>One file of the journal.</summary>
internal sealed class Segment(uint number, string path, IDiskFile file, SegmentHeader header)
{
    public uint Number { get; } = number;

    public string Path { get; } = path;

    public IDiskFile File { get; } = file;

    public SegmentHeader Header { get; } = header;

    /// <summary>Where its last sound frame ends.</summary>
    public long End { get; set; } = SegmentHeader.Size;

    public static string NameOf(uint number) => $"{number:D8}{Ending}";

    /// <summary>The number in the name of a segment's file; null if it is not one.</summary>
    public static uint? NumberOf(string name) =>
        uint.TryParse(name.AsSpan(0, Math.Max(0, name.Length - Ending.Length)), NumberStyles.None, null, out var number)
        && string.Equals(name, NameOf(number), StringComparison.Ordinal)
            ? number
            : null;

    /// <summary>Whether a name is that of a segment's file that is being made; other files are not ours.</summary>
    public static bool IsBeingMade(string name) => name.EndsWith(TemporaryEnding, StringComparison.Ordinal)
        && NumberOf(name[..^TemporaryEnding.Length]) is not null;

    /// <summary>All bytes of a file, and how many there are.</summary>
    public static (byte[] Bytes, int Length) ReadWhole(IDiskFile file)
    {
        var length = file.Length;
        if (length > Array.MaxLength) throw new IOException($"a file has {length} bytes, and no segment is that long.");
        var bytes = new byte[length];
        return (bytes, file.Read(0, bytes));
    }

    /// <summary>The end of the name of a file that is being made.</summary>
    public const string TemporaryEnding = ".tmp";

    private const string Ending = ".journal";
}
