namespace ActorFlow.Journal;

/// <summary>One event as it lies in a journal, or that a job is forgotten.</summary>
/// <param name="File">The file.</param>
/// <param name="Offset">Where in the file the record with the event begins, in bytes.</param>
/// <param name="Frame">The number of the write that it came with.</param>
/// <param name="JobNumber">The job's number in this journal.</param>
/// <param name="Job">The job's id; null if it is forgotten and its first events are gone.</param>
/// <param name="Version">The event's number in its job; 0 if the job is forgotten.</param>
/// <param name="Event">The event; null if the job is forgotten.</param>
public sealed record JournalEntry(
    string File, long Offset, ulong Frame, ulong JobNumber, JobId? Job, long Version, JobEvent? Event);
