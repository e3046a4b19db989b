namespace ActorFlow;

/// <summary>The kinds of fault that a flow can have.</summary>
public enum FlowFaultCode
{
    /// <summary>The flow has no tasks.</summary>
    NoTasks,

    /// <summary>A name breaks the rules of names.</summary>
    BadName,

    /// <summary>Two tasks have one name (case does not count).</summary>
    DuplicateName,

    /// <summary>A reference to a task that is not there.</summary>
    UnknownTask,

    /// <summary>A reference to a field that the output does not have.</summary>
    UnknownField,

    /// <summary>Tasks need each other.</summary>
    Cycle,

    /// <summary>A parameter is bound to nothing.</summary>
    Unbound,

    /// <summary>A parameter is bound twice.</summary>
    BoundTwice,

    /// <summary>A binding to a parameter that the task does not have.</summary>
    UnknownParameter,

    /// <summary>What is handed over does not fit the parameter.</summary>
    TypeMismatch,

    /// <summary>A handle of another flow's builder.</summary>
    ForeignHandle,

    /// <summary>A policy that makes no sense.</summary>
    BadPolicy,

    /// <summary>More than the limits allow.</summary>
    TooLarge,

    /// <summary>The task whose output is the result cannot be told.</summary>
    AmbiguousResult,

    /// <summary>A task that is to be removed is needed by others.</summary>
    StillNeeded,

    /// <summary>An edge that is there already.</summary>
    DuplicateEdge,

    /// <summary>A value that a task takes from its configuration is not given.</summary>
    MissingSetting,

    /// <summary>The configuration has a value that the task does not take from there.</summary>
    UnknownSetting,

    /// <summary>A file, or a part of it, that is not in its format at all.</summary>
    BadSyntax,

    /// <summary>A key that there is not.</summary>
    UnknownKey,

    /// <summary>A key that must be there, and is not.</summary>
    MissingKey,

    /// <summary>A key that means nothing where it stands.</summary>
    Misplaced,

    /// <summary>A value that is none of those that may stand there.</summary>
    BadValue,

    /// <summary>An expression that cannot be read, or never has a value that fits.</summary>
    BadExpression,

    /// <summary>A reference in a text or an expression that leads nowhere.</summary>
    UnknownReference,

    /// <summary>A flow that is not there.</summary>
    UnknownFlow,

    /// <summary>A file that is not there, or cannot be read.</summary>
    UnreadableFile,
}

/// <summary>One thing that is wrong with a flow.</summary>
/// <param name="Code">Its kind.</param>
/// <param name="Task">The task it is about; null for the flow itself.</param>
/// <param name="Message">A sentence that says what is wrong and what would be right.</param>
public sealed record FlowFault(FlowFaultCode Code, string? Task, string Message)
{
    /// <summary>Where in a file, as <c>file:line:column</c>; null for flows in code.</summary>
    public string? Location { get; init; }

    /// <inheritdoc />
    public override string ToString() => Location is null ? Message : $"{Location}: {Message}";
}
