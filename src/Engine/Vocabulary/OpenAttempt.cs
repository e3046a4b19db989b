namespace ActorFlow.Engine;

/// <summary>An attempt that has not ended, for all that is recorded: if its process dies, it is lost.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Attempt">The attempt.</param>
public readonly record struct OpenAttempt(string Task, int Attempt);
