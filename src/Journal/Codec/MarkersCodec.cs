namespace ActorFlow.Journal;

/// <summary>How markers and the files that an attempt has left are stored.</summary>
internal static class MarkersCodec
{
    public static void Write(ByteWriter writer, IReadOnlyList<Marker> markers)
    {
        writer.Number(markers.Count);
        foreach (var marker in markers)
        {
            writer.Byte((byte)marker.Severity);
            writer.Text(marker.Message);
            writer.OptionalText(marker.File);
            writer.Number(marker.Line ?? 0);
            writer.Number(marker.Column ?? 0);
        }
    }

    public static Marker[] ReadMarkers(ref ByteReader reader)
    {
        // The least that a marker takes: a byte, and four numbers.
        var markers = new Marker[reader.Count(bytesEach: 5)];
        for (var i = 0; i < markers.Length; i++)
            markers[i] = new Marker(ReadSeverity(ref reader), reader.Text())
            {
                File = reader.OptionalText(),
                Line = reader.Int32(),
                Column = reader.Int32(),
            };
        return markers;
    }

    public static void Write(ByteWriter writer, KeptFiles kept)
    {
        writer.Number(kept.Attempt);
        writer.Text(kept.Directory);
        writer.Number(kept.More);
        writer.Number(kept.Files.Count);
        foreach (var file in kept.Files)
        {
            writer.Text(file.Path);
            writer.Signed(file.Bytes);
        }
    }

    public static KeptFiles ReadKept(ref ByteReader reader)
    {
        var (attempt, directory, more) = (reader.Int32(), reader.Text(), reader.Int32());
        var files = new KeptFile[reader.Count(bytesEach: 2)];
        for (var i = 0; i < files.Length; i++) files[i] = new KeptFile(reader.Text(), reader.Signed());
        return new KeptFiles(attempt, directory, files, more);
    }

    private static Severity ReadSeverity(ref ByteReader reader) => reader.Byte() switch
    {
        0 => Severity.Info,
        1 => Severity.Warning,
        2 => Severity.Error,
        var other => throw new FormatException($"a marker has the unknown severity {other}."),
    };
}
