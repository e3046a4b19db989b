namespace ActorFlow;

/// <summary>What is to be said of a job that has not ended, where its phase alone would say too little.</summary>
public enum JobStanding
{
    /// <summary>Its phase says it all.</summary>
    AsItsPhase = 0,

    /// <summary>Tasks wait for an operator, and nothing else can run.</summary>
    Held = 1,

    /// <summary>No process runs it: it was interrupted or killed, and goes on when it is resumed.</summary>
    Interrupted = 2,

    /// <summary>It is not known whether a process runs it.</summary>
    Unfinished = 3,
}
