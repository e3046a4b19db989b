using System.Runtime.InteropServices;

namespace ActorFlow.Journal;

/// <summary>Writes closed segments anew without the records of forgotten jobs.</summary>
/// <remarks>
/// A segment is written under another name, synced, and put in the place of the old one: whenever that is interrupted
/// there is the one or the other. Segments are done in order, so by the time that the record goes which says that a job
/// is forgotten, nothing of the job is left before it: nothing of a forgotten job can come to life again.
/// </remarks>
internal sealed class Compactor(FileJournalOptions options, JournalContents contents, Lock gate)
{
    /// <summary>Gives the room of forgotten jobs in closed segments back to the disk.</summary>
    /// <param name="forgotten">The jobs, by number; that they are forgotten must be durable.</param>
    public void Run(HashSet<ulong> forgotten)
    {
        List<Segment> closed;
        lock (gate) closed = [.. contents.Segments.SkipLast(1).Where(contents.Dirty.Contains)];
        foreach (var segment in closed) Rewrite(segment, forgotten);
        DropEmpty();
    }

    private void Rewrite(Segment old, HashSet<ulong> forgotten)
    {
        var moved = new Dictionary<int, int>();
        var frame = Collect(old, forgotten, moved);
        var fresh = WriteSegment(old, frame);
        lock (gate)
        {
            contents.Segments[contents.Segments.IndexOf(old)] = fresh;
            contents.Dirty.Remove(old);
            // The segments before it are done, so nothing is left of those jobs: nobody needs their numbers any more.
            foreach (var (number, segment) in contents.Forgotten)
                if (segment == old.Number && forgotten.Contains(number)) contents.Forgotten.Remove(number);
            // What was forgotten meanwhile may have left records in it.
            if (fresh.Header.Kind != SegmentKind.Emptied
                && contents.Forgotten.Keys.Any(number => !forgotten.Contains(number)))
                contents.Dirty.Add(fresh);
            foreach (var job in contents.Jobs.Values)
                foreach (ref var place in CollectionsMarshal.AsSpan(job.Places))
                    if (place.Segment == old)
                        place = place with { Segment = fresh, Offset = moved[place.Offset] };
        }

        // Whoever reads the old file just now has it open: it goes when the last of them is done.
    }

    /// <summary>One frame with all records that stay, and where each of them comes to lie.</summary>
    private static ByteWriter Collect(Segment old, HashSet<ulong> forgotten, Dictionary<int, int> moved)
    {
        var (bytes, length) = Segment.ReadWhole(old.File);
        var frame = new ByteWriter();
        frame.Take(FrameHeader.Size);
        var scan = new SegmentScan(old, bytes, length, isLast: false);
        while (scan.MoveNext()) Require(scan.Visit(Keep));
        Require(scan.Damage);
        return frame;

        void Keep(Segment segment, RecordHead head, int offset, ReadOnlySpan<byte> record)
        {
            if (forgotten.Contains(head.Job)) return;
            MemoryMarshal.Write(frame.Take(sizeof(int)), record.Length);
            moved.Add(offset, SegmentHeader.Size + frame.Length);
            record.CopyTo(frame.Take(record.Length));
        }
    }

    private static void Require(JournalDamage? none)
    {
        if (none is { } damage) throw new JournalDamagedException(damage.File, damage.Offset, damage.Problem);
    }

    private Segment WriteSegment(Segment old, ByteWriter frame)
    {
        var isEmpty = frame.Length == FrameHeader.Size;
        var header = old.Header with { Kind = isEmpty ? SegmentKind.Emptied : SegmentKind.Compacted };
        var temporary = old.Path + Segment.TemporaryEnding;
        var file = options.Disk.Create(temporary);
        try
        {
            file.Write(0, header.ToBytes());
            if (!isEmpty)
            {
                var sequence = header.FirstSequence;
                new FrameHeader(frame.Length - FrameHeader.Size, sequence, sequence).WriteTo(frame.At(0, frame.Length));
                file.Write(SegmentHeader.Size, frame.Written);
            }

            file.Sync();
            options.Disk.Replace(temporary, old.Path);
            options.Disk.SyncDirectory(options.Directory);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        // Nobody ever reads from an empty one, and it may have to stay for as long as a job that began before it.
        if (isEmpty) file.Dispose();
        return new Segment(old.Number, old.Path, file, header)
        {
            End = SegmentHeader.Size + (isEmpty ? 0 : frame.Length),
        };
    }

    // Only from the front: a gap in the numbers is how a lost file is noticed.
    private void DropEmpty()
    {
        while (true)
        {
            Segment first;
            lock (gate)
            {
                if (contents.Segments is not [{ Header.Kind: SegmentKind.Emptied } emptied, _, ..]) return;
                first = emptied;
            }

            options.Disk.Delete(first.Path);
            options.Disk.SyncDirectory(options.Directory);
            lock (gate) contents.Segments.RemoveAt(0);
            first.File.Dispose();
        }
    }
}
