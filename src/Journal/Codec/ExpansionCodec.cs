namespace ActorFlow.Journal;

/// <summary>How an expansion is stored: its bounds, then its parts in order.</summary>
internal static class ExpansionCodec
{
    private const byte HandsOver = 1;
    private const byte IsLimited = 2;
    private const byte HasResult = 4;
    private const byte HasSource = 8;

    public static void Write(ByteWriter writer, Expansion expansion)
    {
        writer.Byte((byte)(
            (expansion.HandsOverFailures ? HandsOver : 0)
            | (expansion.MaxParallel is null ? 0 : IsLimited)
            | (expansion.Result is null ? 0 : HasResult)
            | (expansion.Source is null ? 0 : HasSource)));
        writer.Number(expansion.StopAfterFailures);
        if (expansion.MaxParallel is { } most) writer.Number(most);
        if (expansion.Result is { } result) writer.Number(result);
        writer.OptionalText(expansion.Key);
        if (expansion.Source is { } source) EventEncoder.WritePayload(writer, source);
        writer.Number(expansion.Parts.Count);
        foreach (var part in expansion.Parts) Write(writer, part);
    }

    public static Expansion Read(ref ByteReader reader)
    {
        var flags = reader.Byte();
        if (flags > (HandsOver | IsLimited | HasResult | HasSource))
            throw new FormatException($"an expansion has the unknown flags {flags}.");
        var stopAfter = reader.Int32();
        var most = (flags & IsLimited) != 0 ? reader.Int32() : (int?)null;
        var result = (flags & HasResult) != 0 ? reader.Int32() : (int?)null;
        var key = reader.OptionalText();
        var source = (flags & HasSource) != 0 ? EventDecoder.ReadPayload(ref reader) : null;
        // The least that a part takes: a name of one character, and five numbers.
        var parts = new ExpansionPart[reader.Count(bytesEach: 7)];
        for (var i = 0; i < parts.Length; i++) parts[i] = ReadPart(ref reader);
        return new Expansion(parts)
        {
            StopAfterFailures = stopAfter,
            HandsOverFailures = (flags & HandsOver) != 0,
            MaxParallel = most,
            Result = result,
            Key = key,
            Source = source,
        };
    }

    private static void Write(ByteWriter writer, ExpansionPart part)
    {
        writer.Text(part.Name);
        writer.Number(part.Template);
        writer.Byte(part.Input is null ? (byte)0 : (byte)1);
        if (part.Input is { } input) EventEncoder.WritePayload(writer, input);
        writer.Byte(part.Collects ? (byte)1 : (byte)0);
        WriteNumbers(writer, part.From);
        WriteNumbers(writer, part.After);
    }

    private static ExpansionPart ReadPart(ref ByteReader reader)
    {
        var (name, template) = (reader.Text(), reader.Int32());
        var input = reader.Byte() == 0 ? null : EventDecoder.ReadPayload(ref reader);
        var collects = reader.Byte() != 0;
        return new ExpansionPart(name, template)
        {
            Input = input,
            Collects = collects,
            From = ReadNumbers(ref reader),
            After = ReadNumbers(ref reader),
        };
    }

    private static void WriteNumbers(ByteWriter writer, IReadOnlyList<int> numbers)
    {
        writer.Number(numbers.Count);
        foreach (var number in numbers) writer.Number(number);
    }

    private static int[] ReadNumbers(ref ByteReader reader)
    {
        var count = reader.Count();
        if (count == 0) return [];
        var numbers = new int[count];
        for (var i = 0; i < count; i++) numbers[i] = reader.Int32();
        return numbers;
    }
}
