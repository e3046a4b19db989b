namespace ActorFlow.Journal;

/// <summary>Reads events back; whatever does not fit is a FormatException that says what.</summary>
internal static class EventDecoder
{
    // That of DateTimeOffset.MaxValue.
    private const long MaxTicks = 3155378975999999999;

    /// <summary>Reads a number of events, and adds those from a place on.</summary>
    public static void Read(ref ByteReader reader, int count, int skip, List<JobEvent> events)
    {
        var ticks = 0L;
        for (var i = 0; i < count; i++)
        {
            var tag = (EventTag)reader.Byte();
            ticks += reader.Signed();
            if (ticks is < 0 or > MaxTicks) throw new FormatException("a time is out of range.");
            var fact = Read(ref reader, tag, new DateTimeOffset(ticks, TimeSpan.Zero));
            if (i >= skip) events.Add(fact);
        }
    }

    /// <summary>Reads the start of a job's first event: enough to list it, however many tasks it has.</summary>
    public static (DateTimeOffset At, JobId Id, string FlowName) ReadBeginning(ref ByteReader reader)
    {
        if ((EventTag)reader.Byte()
            is not (EventTag.JobSubmitted1 or EventTag.JobSubmitted2 or EventTag.JobSubmitted3))
            throw new FormatException("the first event of a job is not that it was submitted.");
        var at = new DateTimeOffset(Math.Clamp(reader.Signed(), 0, MaxTicks), TimeSpan.Zero);
        return (at, ReadJobId(ref reader), reader.Text());
    }

    private static JobEvent Read(ref ByteReader reader, EventTag tag, DateTimeOffset at) => tag switch
    {
        EventTag.TaskStarted1 => new JobEvent.TaskStarted(at, reader.Int32(), reader.Int32()),
        EventTag.TaskSucceeded1 =>
            new JobEvent.TaskSucceeded(at, reader.Int32(), reader.Int32(), ReadPayload(ref reader)),
        EventTag.AttemptNoted1 =>
            new JobEvent.AttemptNoted(at, reader.Int32(), reader.Int32(), NotesCodec.Read(ref reader)),
        EventTag.AttemptStopping1 => new JobEvent.AttemptStopping(
            at, reader.Int32(), reader.Int32(), ReadReason(ref reader), ReadFailure(ref reader)),
        EventTag.AttemptAbandoned1 => new JobEvent.AttemptAbandoned(at, reader.Int32(), reader.Int32()),
        EventTag.AttemptFailed1 => new JobEvent.AttemptFailed(
            at, reader.Int32(), reader.Int32(), ReadReason(ref reader), ReadFailure(ref reader)),
        EventTag.RetryScheduled1 => new JobEvent.RetryScheduled(
            at, reader.Int32(), ReadLater(ref reader, at), ReadReason(ref reader)),
        EventTag.RetryDue1 => new JobEvent.RetryDue(at, reader.Int32()),
        EventTag.TaskHeld1 => new JobEvent.TaskHeld(at, reader.Int32(), ReadReason(ref reader)),
        EventTag.TaskIgnored1 =>
            new JobEvent.TaskIgnored(at, reader.Int32(), ReadReason(ref reader), ReadPayload(ref reader)),
        EventTag.TaskFailed1 =>
            new JobEvent.TaskFailed(at, reader.Int32(), ReadReason(ref reader), ReadFailure(ref reader)),
        EventTag.AttemptStopping2 => new JobEvent.AttemptStopping(
            at, reader.Int32(), reader.Int32(), ReadReason(ref reader), ReadTracedFailure(ref reader)),
        EventTag.AttemptFailed2 => new JobEvent.AttemptFailed(
            at, reader.Int32(), reader.Int32(), ReadReason(ref reader), ReadTracedFailure(ref reader)),
        EventTag.TaskFailed2 =>
            new JobEvent.TaskFailed(at, reader.Int32(), ReadReason(ref reader), ReadTracedFailure(ref reader)),
        EventTag.TaskSkipped1 =>
            new JobEvent.TaskSkipped(at, reader.Int32(), ReadReason(ref reader), checked((int)reader.Signed())),
        EventTag.TaskCancelled1 => new JobEvent.TaskCancelled(at, reader.Int32(), ReadReason(ref reader)),
        EventTag.TaskExpanded1 => new JobEvent.TaskExpanded(
            at, reader.Int32(), reader.Int32(), ExpansionCodec.Read(ref reader), ReadNames(ref reader)),
        EventTag.TaskAwaits1 => new JobEvent.TaskAwaits(at, reader.Int32(), reader.Int32(), reader.Int32()),
        EventTag.TaskContinued1 => new JobEvent.TaskContinued(at, reader.Int32(), reader.Int32(), reader.Int32()),
        EventTag.TaskMarked1 => new JobEvent.TaskMarked(
            at, reader.Int32(), reader.Int32(), MarkersCodec.ReadMarkers(ref reader)),
        EventTag.TaskKept1 => new JobEvent.TaskKept(at, reader.Int32(), MarkersCodec.ReadKept(ref reader)),
        EventTag.JobSubmitted1 => new JobEvent.JobSubmitted(at, ReadSubmitted(ref reader)),
        EventTag.JobSubmitted2 =>
            new JobEvent.JobSubmitted(at, ReadSubmitted(ref reader) with { Force = reader.Byte() != 0 }),
        EventTag.JobSubmitted3 => new JobEvent.JobSubmitted(at, ReadBegun(ref reader, at)),
        EventTag.FlowReplaced1 => new JobEvent.FlowReplaced(at, ReadBegun(ref reader, at)),
        EventTag.JobPaused1 => new JobEvent.JobPaused(at),
        EventTag.JobContinued1 => new JobEvent.JobContinued(at),
        EventTag.JobStopping1 => new JobEvent.JobStopping(
            at, ReadOutcome(ref reader), ReadReason(ref reader), reader.OptionalText()),
        EventTag.JobEnded1 => new JobEvent.JobEnded(at, ReadOutcome(ref reader), new TaskCounts(
            reader.Int32(), reader.Int32(), reader.Int32(), reader.Int32())),
        EventTag.JobReopened1 => new JobEvent.JobReopened(at),
        _ => throw new FormatException(
            $"an event has the tag {(byte)tag}, which this version does not know: "
            + "a newer ActorFlow may have written it."),
    };

    private static SubmittedJob ReadSubmitted(ref ByteReader reader)
    {
        var (id, flow, fingerprint) = (ReadJobId(ref reader), reader.Text(), reader.Text());
        var names = ReadNames(ref reader);
        var digests = new ulong[reader.Count(bytesEach: 8)];
        for (var i = 0; i < digests.Length; i++) digests[i] = reader.Fixed64();
        var input = ReadPayload(ref reader);
        var source = reader.Byte() == 0 ? null : ReadPayload(ref reader);
        return new SubmittedJob(id, flow, fingerprint, names, input)
        {
            TaskDigests = digests,
            FlowSource = source,
            CorrelationId = reader.OptionalText(),
            Priority = checked((int)reader.Signed()),
        };
    }

    private static SubmittedJob ReadBegun(ref ByteReader reader, DateTimeOffset at)
    {
        var job = ReadSubmitted(ref reader) with { Force = reader.Byte() != 0 };
        if (reader.OptionalText() is { } id)
            job = job with { ForkedFrom = new ForkOrigin(JobIdOf(id), reader.Text()) };
        return reader.Byte() == 0 ? job : job with { Taken = TakenCodec.Read(ref reader, at) };
    }

    internal static string[] ReadNames(ref ByteReader reader)
    {
        var names = new string[reader.Count()];
        for (var i = 0; i < names.Length; i++) names[i] = reader.Text();
        return names;
    }

    private static JobId ReadJobId(ref ByteReader reader) => JobIdOf(reader.Text());

    private static JobId JobIdOf(string text)
    {
        try
        {
            return new JobId(text);
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static Failure ReadFailure(ref ByteReader reader)
    {
        var (type, message) = (reader.Text(), reader.Text());
        var broader = ReadNames(ref reader);
        var stack = reader.OptionalText();
        var after = reader.Byte() == 0 ? (TimeSpan?)null : TimeSpan.FromTicks(reader.Signed());
        return new Failure(type, message) { BroaderTypes = broader, StackTrace = stack, RetryAfter = after };
    }

    internal static Failure ReadTracedFailure(ref ByteReader reader)
    {
        var failure = ReadFailure(ref reader);
        var traces = new TracedValue[reader.Count(bytesEach: 2)];
        for (var i = 0; i < traces.Length; i++) traces[i] = new TracedValue(reader.Text(), reader.Text());
        return failure with { Traces = traces };
    }

    internal static Payload ReadPayload(ref ByteReader reader) => reader.Byte() switch
    {
        0 => Payload.None,
        1 => Payload.FromJson(reader.Bytes().ToArray()),
        var kind => throw new FormatException($"a payload has the unknown kind {kind}."),
    };

    internal static Reason ReadReason(ref ByteReader reader)
    {
        var reason = (Reason)reader.Byte();
        return reason <= Reason.NoTurn
            ? reason
            : throw new FormatException(
                $"a reason has the number {(byte)reason}, which this version does not know: "
                + "a newer ActorFlow may have written it.");
    }

    private static JobPhase ReadOutcome(ref ByteReader reader) => (JobPhase)reader.Byte() is { } phase
        && phase.HasEnded() && phase <= JobPhase.TimedOut
            ? phase
            : throw new FormatException("a job has an outcome that is none.");

    internal static DateTimeOffset ReadLater(ref ByteReader reader, DateTimeOffset at)
    {
        try
        {
            return at.AddTicks(reader.Signed());
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new FormatException("a time is out of range.", e);
        }
    }
}
