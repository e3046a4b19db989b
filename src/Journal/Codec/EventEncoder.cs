using System.Buffers;
using System.Diagnostics;
using System.Text;

namespace ActorFlow.Journal;

/// <summary>Writes events as bytes: a tag, the time since the event before, and the fields in order.</summary>
internal static class EventEncoder
{
    /// <summary>Writes events one after the other; the time of the first is absolute.</summary>
    public static void Write(ByteWriter writer, IReadOnlyList<JobEvent> events)
    {
        var before = 0L;
        var list = events as EventList;
        for (var i = 0; i < events.Count; i++)
        {
            if (list is null || !list.TryRead(i, out var at, out var task, out var attempt, out var output))
            {
                var fact = events[i];
                at = fact.At.UtcTicks;
                Write(writer, fact, at - before);
            }
            else
            {
                writer.Byte((byte)(output is null ? EventTag.TaskStarted1 : EventTag.TaskSucceeded1));
                writer.Signed(at - before);
                Attempt(writer, task, attempt);
                if (output is not null) WritePayload(writer, output);
            }

            before = at;
        }
    }

    private static void Write(ByteWriter writer, JobEvent fact, long since)
    {
        writer.Byte((byte)EventTags.Of(fact));
        writer.Signed(since);
        switch (fact)
        {
            case JobEvent.TaskStarted e: Attempt(writer, e.Task, e.Attempt); break;
            case JobEvent.TaskSucceeded e:
                Attempt(writer, e.Task, e.Attempt);
                WritePayload(writer, e.Output);
                break;
            case JobEvent.AttemptNoted e:
                Attempt(writer, e.Task, e.Attempt);
                NotesCodec.Write(writer, e.Notes);
                break;
            case JobEvent.AttemptStopping e: Failed(writer, e.Task, e.Attempt, e.Reason, e.Failure); break;
            case JobEvent.AttemptAbandoned e: Attempt(writer, e.Task, e.Attempt); break;
            case JobEvent.AttemptFailed e: Failed(writer, e.Task, e.Attempt, e.Reason, e.Failure); break;
            case JobEvent.RetryScheduled e:
                writer.Number(e.Task);
                writer.Signed(e.DueAt.UtcTicks - e.At.UtcTicks);
                writer.Byte((byte)e.Reason);
                break;
            case JobEvent.RetryDue e: writer.Number(e.Task); break;
            case JobEvent.TaskHeld e: Settled(writer, e.Task, e.Reason); break;
            case JobEvent.TaskIgnored e:
                Settled(writer, e.Task, e.Reason);
                WritePayload(writer, e.Output);
                break;
            case JobEvent.TaskFailed e:
                Settled(writer, e.Task, e.Reason);
                WriteFailure(writer, e.Failure);
                break;
            case JobEvent.TaskSkipped e:
                Settled(writer, e.Task, e.Reason);
                writer.Signed(e.Cause);
                break;
            case JobEvent.TaskCancelled e: Settled(writer, e.Task, e.Reason); break;
            default: WriteAddition(writer, fact); break;
        }
    }

    // What attempts add: tasks, markers, files.
    private static void WriteAddition(ByteWriter writer, JobEvent fact)
    {
        switch (fact)
        {
            case JobEvent.TaskExpanded e:
                Attempt(writer, e.Task, e.Attempt);
                ExpansionCodec.Write(writer, e.Expansion);
                writer.Number(e.TaskNames.Count);
                foreach (var name in e.TaskNames) writer.Text(name);
                break;
            case JobEvent.TaskAwaits e:
                Attempt(writer, e.Task, e.Attempt);
                writer.Number(e.Scope);
                break;
            case JobEvent.TaskContinued e:
                Attempt(writer, e.Task, e.Attempt);
                writer.Number(e.Scope);
                break;
            case JobEvent.TaskMarked e:
                Attempt(writer, e.Task, e.Attempt);
                MarkersCodec.Write(writer, e.Markers);
                break;
            case JobEvent.TaskKept e:
                writer.Number(e.Task);
                MarkersCodec.Write(writer, e.Kept);
                break;
            default: WriteJobEvent(writer, fact); break;
        }
    }

    private static void WriteJobEvent(ByteWriter writer, JobEvent fact)
    {
        switch (fact)
        {
            case JobEvent.JobSubmitted { Job: { ForkedFrom: null, Taken: null } job }:
                WriteSubmitted(writer, job);
                if (job.Force) writer.Byte(1);
                break;
            case JobEvent.JobSubmitted e: WriteBegun(writer, e.Job, e.At); break;
            case JobEvent.FlowReplaced e: WriteBegun(writer, e.Job, e.At); break;
            case JobEvent.JobStopping e:
                writer.Byte((byte)e.Outcome);
                writer.Byte((byte)e.Reason);
                writer.OptionalText(e.Detail);
                break;
            case JobEvent.JobEnded e:
                writer.Byte((byte)e.Outcome);
                writer.Number(e.Counts.Succeeded);
                writer.Number(e.Counts.Failed);
                writer.Number(e.Counts.Skipped);
                writer.Number(e.Counts.Cancelled);
                break;
            case JobEvent.JobPaused or JobEvent.JobContinued or JobEvent.JobReopened: break;
            default:
                throw new UnreachableException(
                    $"The event {fact.GetType().Name} has no arm [this is a bug in ActorFlow].");
        }
    }

    private static void WriteSubmitted(ByteWriter writer, SubmittedJob job)
    {
        RequireText(job.Id);
        writer.Text(job.Id.Value);
        writer.Text(job.FlowName);
        writer.Text(job.FlowFingerprint);
        writer.Number(job.TaskNames.Count);
        foreach (var name in job.TaskNames) writer.Text(name);
        writer.Number(job.TaskDigests.Count);
        foreach (var digest in job.TaskDigests) writer.Fixed64(digest);
        WritePayload(writer, job.Input);
        writer.Byte(job.FlowSource is null ? (byte)0 : (byte)1);
        if (job.FlowSource is { } source) WritePayload(writer, source);
        writer.OptionalText(job.CorrelationId);
        writer.Signed(job.Priority);
    }

    private static void WriteBegun(ByteWriter writer, SubmittedJob job, DateTimeOffset at)
    {
        WriteSubmitted(writer, job);
        writer.Byte(job.Force ? (byte)1 : (byte)0);
        if (job.ForkedFrom is { } origin) RequireText(origin.Job);
        writer.OptionalText(job.ForkedFrom?.Job.Value);
        if (job.ForkedFrom is not null) writer.Text(job.ForkedFrom.Task);
        writer.Byte(job.Taken is null ? (byte)0 : (byte)1);
        if (job.Taken is { } taken) TakenCodec.Write(writer, taken, at);
    }

    // Half a character has no UTF-8. In a message it becomes a mark; an id would become that of another job.
    private static void RequireText(JobId id)
    {
        for (var rest = id.Value.AsSpan(); rest.Length > 0;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var used) != OperationStatus.Done)
                throw new JournalException(
                    $"Job id '{id}' has half a surrogate pair and cannot be stored; use whole characters.");
            rest = rest[used..];
        }
    }

    private static void Attempt(ByteWriter writer, int task, int attempt)
    {
        writer.Number(task);
        writer.Number(attempt);
    }

    private static void Settled(ByteWriter writer, int task, Reason reason)
    {
        writer.Number(task);
        writer.Byte((byte)reason);
    }

    private static void Failed(ByteWriter writer, int task, int attempt, Reason reason, Failure failure)
    {
        Attempt(writer, task, attempt);
        writer.Byte((byte)reason);
        WriteFailure(writer, failure);
    }

    // Without traces the tag says so: the bytes are those of the first version.
    private static void WriteFailure(ByteWriter writer, Failure failure) =>
        WriteFailure(writer, failure, isTraced: failure.Traces.Count > 0);

    internal static void WriteFailure(ByteWriter writer, Failure failure, bool isTraced)
    {
        writer.Text(failure.Type);
        writer.Text(failure.Message);
        writer.Number(failure.BroaderTypes.Count);
        foreach (var type in failure.BroaderTypes) writer.Text(type);
        writer.OptionalText(failure.StackTrace);
        writer.Byte(failure.RetryAfter is null ? (byte)0 : (byte)1);
        if (failure.RetryAfter is { } after) writer.Signed(after.Ticks);
        if (!isTraced) return;
        writer.Number(failure.Traces.Count);
        foreach (var trace in failure.Traces)
        {
            writer.Text(trace.Name);
            writer.Text(trace.Value);
        }
    }

    internal static void WritePayload(ByteWriter writer, Payload payload)
    {
        if (ReferenceEquals(payload, Payload.None))
        {
            writer.Byte(0);
            return;
        }

        if (!payload.IsEncoded)
            throw new JournalException(
                $"A live value of type {payload.Value?.GetType()} cannot be made durable; encode it as JSON first.");
        writer.Byte(1);
        writer.Bytes(payload.Json.Span);
    }
}
