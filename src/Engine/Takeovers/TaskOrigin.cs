namespace ActorFlow.Engine;

/// <summary>Where the end of a task was recorded.</summary>
internal enum TaskOrigin : byte
{
    /// <summary>In this job, under the flow that it runs, or not yet.</summary>
    Own,

    /// <summary>In this job, before its flow was replaced.</summary>
    Kept,

    /// <summary>In the job that this one is a fork of.</summary>
    Shared,
}
