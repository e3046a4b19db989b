namespace ActorFlow.Engine;

/// <summary>What one or more commands have led to: append the events, then carry out the effects.</summary>
public sealed class JobStep
{
    /// <summary>The facts, in order. They must be durable, all of them or none, before any effect happens.</summary>
    public EventList Events { get; } = [];

    /// <summary>What to do then, in order.</summary>
    public EffectList Effects { get; } = new();

    /// <summary>Makes room for the next commands.</summary>
    public void Clear()
    {
        Events.Clear();
        Effects.Clear();
    }
}

/// <summary>The kinds of command that a job can refuse.</summary>
public enum RejectionCode
{
    /// <summary>The job has been submitted already.</summary>
    AlreadySubmitted,

    /// <summary>The job has not been submitted.</summary>
    NotSubmitted,

    /// <summary>The job has ended.</summary>
    HasEnded,

    /// <summary>The job has not ended.</summary>
    HasNotEnded,

    /// <summary>The job is about to end.</summary>
    WrongPhase,

    /// <summary>Nothing failed, was skipped or cancelled.</summary>
    NothingToRetry,

    /// <summary>The task does not wait for an operator.</summary>
    NotHeld,

    /// <summary>What a running attempt wants to add to the job does not fit.</summary>
    BadExpansion,

    /// <summary>The flow is not the one that the job was submitted with.</summary>
    FlowChanged,

    /// <summary>What is to be taken over is too large.</summary>
    TooLarge,
}

/// <summary>Why a job refuses a command: nothing has happened.</summary>
/// <param name="Code">The kind.</param>
/// <param name="Message">A sentence for a person.</param>
public sealed record Rejection(RejectionCode Code, string Message);
