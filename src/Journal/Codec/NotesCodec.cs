namespace ActorFlow.Journal;

/// <summary>How the notes of an attempt are stored.</summary>
internal static class NotesCodec
{
    private const byte IsReused = 1;
    private const byte IsUnchanged = 2;

    public static void Write(ByteWriter writer, AttemptNotes notes)
    {
        writer.Byte((byte)((notes.Reused is null ? 0 : IsReused) | (notes.IsUnchanged ? IsUnchanged : 0)));
        if (notes.Reused is { } reused)
        {
            writer.Byte((byte)reused.Source);
            writer.Text(reused.Key);
        }

        writer.OptionalText(notes.Stamp);
        writer.Number(notes.Saved.Count);
        foreach (var key in notes.Saved) writer.Text(key);
    }

    public static AttemptNotes Read(ref ByteReader reader)
    {
        var flags = reader.Byte();
        if (flags > (IsReused | IsUnchanged)) throw new FormatException($"notes have the unknown flags {flags}.");
        return new AttemptNotes
        {
            Reused = (flags & IsReused) != 0 ? new Reuse(ReadSource(ref reader), reader.Text()) : null,
            IsUnchanged = (flags & IsUnchanged) != 0,
            Stamp = reader.OptionalText(),
            Saved = EventDecoder.ReadNames(ref reader),
        };
    }

    private static ReuseSource ReadSource(ref ByteReader reader)
    {
        var source = (ReuseSource)reader.Byte();
        return source is ReuseSource.Cache or ReuseSource.LastRun
            ? source
            : throw new FormatException(
                $"an output comes from the source {(byte)source}, which this version does not know: "
                + "a newer ActorFlow may have written it.");
    }
}
