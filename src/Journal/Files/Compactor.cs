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
    /// <param name="jobs">The jobs whose records stay, read under the gate.</param>
    public void Run(Func<IEnumerable<JobStream>> jobs)
    {
        List<Segment> closed;
        lock (gate) closed = [.. contents.Segments.SkipLast(1).Where(contents.Dirty.Contains)];
        foreach (var segment in closed) Rewrite(segment, jobs);
        DropEmpty();
    }

    private void Rewrite(Segment old, Func<IEnumerable<JobStream>> jobs)
    {
        var moved = new Dictionary<int, int>();
        var frame = Collect(old, moved);
        var fresh = WriteSegment(old, frame);
        lock (gate)
        {
            contents.Segments[contents.Segments.IndexOf(old)] = fresh;
            contents.Dirty.Remove(old);
            foreach (var job in jobs())
                foreach (ref var place in CollectionsMarshal.AsSpan(job.Places))
                    if (place.Segment == old)
                        place = place with { Segment = fresh, Offset = moved[place.Offset] };
        }

        // Whoever reads the old file just now has it open: it goes when the last of them is done.
    }

    /// <summary>One frame with all records that stay, and where each of them comes to lie.</summary>
    private ByteWriter Collect(Segment old, Dictionary<int, int> moved)
    {
        var (bytes, length) = JournalOpener.ReadWhole(old.File);
        var frame = new ByteWriter();
        frame.Take(FrameHeader.Size);
        HashSet<ulong> forgotten;
        lock (gate) forgotten = [.. contents.Forgotten];
        var damage = new SegmentScan(old, bytes, length).Run(isLast: false, (_, head, offset, record) =>
        {
            if (forgotten.Contains(head.Job)) return;
            MemoryMarshal.Write(frame.Take(sizeof(int)), record.Length);
            moved.Add(offset, SegmentHeader.Size + frame.Length);
            record.CopyTo(frame.Take(record.Length));
        });
        return damage is null ? frame : throw new JournalDamagedException(damage.File, damage.Offset, damage.Problem);
    }

    private Segment WriteSegment(Segment old, ByteWriter frame)
    {
        var header = old.Header with { IsCompacted = true };
        var temporary = old.Path + JournalOpener.TemporaryEnding;
        var file = options.Disk.Create(temporary);
        file.Write(0, header.ToBytes());
        var isEmpty = frame.Length == FrameHeader.Size;
        if (!isEmpty)
        {
            var sequence = header.FirstSequence;
            new FrameHeader(frame.Length - FrameHeader.Size, sequence, sequence).WriteTo(frame.At(0, frame.Length));
            file.Write(SegmentHeader.Size, frame.Written);
        }

        file.Sync();
        options.Disk.Replace(temporary, old.Path);
        options.Disk.SyncDirectory(options.Directory);
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
                if (contents.Segments.Count < 2 || contents.Segments[0].End > SegmentHeader.Size) return;
                first = contents.Segments[0];
                contents.Segments.RemoveAt(0);
            }

            options.Disk.Delete(first.Path);
            options.Disk.SyncDirectory(options.Directory);
        }
    }
}
