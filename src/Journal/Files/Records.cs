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
/// <param name="Job">The job's number in this journal; never used again.</param>
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
        return kind == RecordKind.Forget
            ? new RecordHead(kind, job, 0, 0, HasEnded: false)
            : new RecordHead(kind, job, checked((long)reader.Number()), reader.Int32(), reader.Byte() != 0);
    }
}

/// <summary>Where a record lies.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RecordPlace(Segment Segment, int Offset, int Length);

/// <summary>One file of the journal.</summary>
internal sealed class Segment(uint number, string path, IDiskFile file, SegmentHeader header)
{
    public uint Number { get; } = number;

    public string Path { get; } = path;

    public IDiskFile File { get; } = file;

    public SegmentHeader Header { get; } = header;

    /// <summary>Where its last sound frame ends.</summary>
    public long End { get; set; } = SegmentHeader.Size;

    public static string NameOf(uint number) => $"{number:D8}.journal";
}

/// <summary>What the journal keeps in memory of one job.</summary>
internal sealed class JobStream(ulong number, JobId id)
{
    public ulong Number { get; } = number;

    public JobId Id { get; } = id;

    /// <summary>How many events it has, those included that are on their way to the disk.</summary>
    public long Version { get; set; }

    /// <summary>Whether its last event, as far as the disk has it, ended it.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Where its records lie, in order; only those that are durable.</summary>
    public List<RecordPlace> Places { get; } = [];
}
