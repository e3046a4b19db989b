namespace ActorFlow.Actors;

/// <summary>What the processes of an attempt are known by when the engine that started them is dead.</summary>
internal static class AttemptMark
{
    /// <summary>The mark of an attempt, unlike that of any other: an id may be used again, a time may not.</summary>
    public static string Of(JobId job, DateTimeOffset submittedAt, string task, int attempt) =>
        FormattableString.Invariant($"{job.Value} {submittedAt.UtcTicks} {task} {attempt}");
}
