namespace ActorFlow.Journal;

/// <summary>How what a job takes over is stored: results, what tasks had added, attempts that were used.</summary>
internal static class TakenCodec
{
    private const byte IsShared = 1;
    private const byte HasOutput = 2;
    private const byte HasFailure = 4;
    private const byte HasNotes = 8;
    private const byte HasStarted = 16;
    private const byte HasEnded = 32;

    public static void Write(ByteWriter writer, TakenOver taken, DateTimeOffset at)
    {
        writer.Number(taken.Scopes.Count);
        foreach (var scope in taken.Scopes)
        {
            writer.Number(scope.Owner);
            ExpansionCodec.Write(writer, scope.Expansion);
            writer.Number(scope.TaskNames.Count);
            foreach (var name in scope.TaskNames) writer.Text(name);
        }

        writer.Number(taken.Tasks.Count);
        foreach (var task in taken.Tasks) Write(writer, task, at);
        writer.Number(taken.Used.Count);
        foreach (var used in taken.Used)
        {
            writer.Text(used.Task);
            writer.Number(used.Attempt);
        }
    }

    public static TakenOver Read(ref ByteReader reader, DateTimeOffset at)
    {
        // The least that each takes: a scope an owner, an expansion of four bytes and the number of its names.
        var scopes = new TakenScope[reader.Count(bytesEach: 6)];
        for (var i = 0; i < scopes.Length; i++)
            scopes[i] = new TakenScope(
                reader.Int32(), ExpansionCodec.Read(ref reader), EventDecoder.ReadNames(ref reader));
        var tasks = new TakenTask[reader.Count(bytesEach: 6)];
        for (var i = 0; i < tasks.Length; i++) tasks[i] = ReadTask(ref reader, at);
        var used = new UsedAttempts[reader.Count(bytesEach: 2)];
        for (var i = 0; i < used.Length; i++) used[i] = new UsedAttempts(reader.Text(), reader.Int32());
        return new TakenOver(tasks, scopes, used);
    }

    private static void Write(ByteWriter writer, TakenTask task, DateTimeOffset at)
    {
        writer.Number(task.Task);
        writer.Byte((byte)task.Phase);
        writer.Byte((byte)(
            (task.IsShared ? IsShared : 0) | (task.Output is null ? 0 : HasOutput)
            | (task.Failure is null ? 0 : HasFailure) | (task.Notes is null ? 0 : HasNotes)
            | (task.StartedAt is null ? 0 : HasStarted) | (task.EndedAt is null ? 0 : HasEnded)));
        writer.Number(task.Attempt);
        writer.Byte((byte)task.Reason);
        writer.Signed(task.Cause);
        if (task.Output is { } output) EventEncoder.WritePayload(writer, output);
        if (task.Failure is { } failure) EventEncoder.WriteFailure(writer, failure, isTraced: true);
        if (task.Notes is { } notes) NotesCodec.Write(writer, notes);
        if (task.StartedAt is { } started) writer.Signed(started.UtcTicks - at.UtcTicks);
        if (task.EndedAt is { } ended) writer.Signed(ended.UtcTicks - at.UtcTicks);
    }

    private static TakenTask ReadTask(ref ByteReader reader, DateTimeOffset at)
    {
        var (task, phase, flags) = (reader.Int32(), ReadPhase(ref reader), reader.Byte());
        if (flags > (IsShared | HasOutput | HasFailure | HasNotes | HasStarted | HasEnded))
            throw new FormatException($"a result that is taken over has the unknown flags {flags}.");
        return new TakenTask(task, phase)
        {
            IsShared = (flags & IsShared) != 0,
            Attempt = reader.Int32(),
            Reason = EventDecoder.ReadReason(ref reader),
            Cause = checked((int)reader.Signed()),
            Output = (flags & HasOutput) != 0 ? EventDecoder.ReadPayload(ref reader) : null,
            Failure = (flags & HasFailure) != 0 ? EventDecoder.ReadTracedFailure(ref reader) : null,
            Notes = (flags & HasNotes) != 0 ? NotesCodec.Read(ref reader) : null,
            StartedAt = (flags & HasStarted) != 0 ? EventDecoder.ReadLater(ref reader, at) : null,
            EndedAt = (flags & HasEnded) != 0 ? EventDecoder.ReadLater(ref reader, at) : null,
        };
    }

    private static TaskPhase ReadPhase(ref ByteReader reader)
    {
        var phase = (TaskPhase)reader.Byte();
        return phase.HasEnded()
            ? phase
            : throw new FormatException("a result that is taken over is that of a task that has not ended.");
    }
}
