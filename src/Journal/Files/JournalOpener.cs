namespace ActorFlow.Journal;

/// <summary>Opens a journal's directory, and mends the only thing that a crash leaves to mend: its end.</summary>
internal sealed class JournalOpener(FileJournalOptions options)
{
    private const int ReadAttempts = 5;

    private IDisk Disk => options.Disk;

    /// <summary>Reads everything, and then mends the end.</summary>
    /// <exception cref="JournalDamagedException">
    /// It is damaged elsewhere than at its end; nothing was changed.
    /// </exception>
    public JournalContents OpenToWrite()
    {
        var reader = NewReader();
        try
        {
            reader.Read();
            Mend(reader);
            return reader.Contents;
        }
        catch
        {
            reader.Close();
            throw;
        }
    }

    /// <summary>Reads everything.</summary>
    /// <exception cref="JournalDamagedException">It is damaged elsewhere than at its end.</exception>
    public JournalContents OpenToRead()
    {
        JournalDamagedException? before = null;
        for (var attempt = 1; ; attempt++)
        {
            var reader = NewReader();
            try
            {
                reader.Read();
                return reader.Contents;
            }
            catch (Exception e) when (e is JournalDamagedException or FileNotFoundException)
            {
                // Who writes meanwhile may drop a file after its name was read, or write while the file is read.
                reader.Close();
                var damage = e as JournalDamagedException;
                var isLasting = damage is not null && damage.File == before?.File && damage.Offset == before.Offset;
                if (isLasting || attempt == ReadAttempts) throw;
                before = damage;
            }
        }
    }

    private JournalReader NewReader() => new(
        options, damage => throw new JournalDamagedException(damage.File, damage.Offset, damage.Problem));

    private void Mend(JournalReader reader)
    {
        foreach (var path in reader.LeftOvers)
        {
            options.OnNotice?.Invoke($"{path} was being made when the process died; what was made of it is deleted.");
            Disk.Delete(path);
        }

        if (reader.Contents.Segments is [.., var last])
        {
            CutTail(last, reader.Tail.Span);
            WriteAgain(last, reader.UnsyncedFrom);
        }

        Disk.SyncDirectory(options.Directory);
    }

    // What the process before wrote may be with the operating system only, and from here on it is relied on. If a sync
    // failed that process, another one succeeds and still does not bring to the disk what that one did not.
    private static void WriteAgain(Segment segment, long from)
    {
        var bytes = new byte[segment.End - from];
        var read = segment.File.Read(from, bytes);
        segment.File.Write(from, bytes.AsSpan(0, read));
        segment.File.Sync();
    }

    private void CutTail(Segment segment, ReadOnlySpan<byte> tail)
    {
        var used = tail.LastIndexOfAnyExcept((byte)0) + 1;
        if (used > 0)
        {
            var kept = PathOfCut(segment);
            using (var copy = Disk.Create(kept))
            {
                copy.Write(0, tail[..used]);
                copy.Sync();
            }

            Disk.SyncDirectory(options.Directory);
            options.OnNotice?.Invoke(
                $"{segment.Path} ended in a torn write: {used} bytes from byte {segment.End} on were cut off and are "
                + $"kept in {kept}. What they held was never acknowledged, unless the disk lost what it had synced.");
        }

        if (tail.Length > 0) segment.File.Truncate(segment.End);
    }

    // What was cut off at the same place before is kept, too.
    private string PathOfCut(Segment segment)
    {
        var taken = Disk.List(options.Directory);
        var path = $"{segment.Path}.cut-{segment.End}";
        for (var number = 2; taken.Contains(Path.GetFileName(path), StringComparer.Ordinal); number++)
            path = $"{segment.Path}.cut-{segment.End}-{number}";
        return path;
    }
}
