namespace ActorFlow.Actors;

/// <summary>
/// What a task runs: made once per task of a flow, called once per attempt, possibly by many attempts at once.
/// </summary>
/// <remarks>
/// A body takes its inputs from the call, and gives its output back as a payload made by <see cref="TaskCall.Encode"/>.
/// It fails by throwing. When the call's cancellation token is cancelled it should end soon; after the grace time it is
/// abandoned and whatever it still does is ignored.
/// </remarks>
public abstract class TaskBody
{
    /// <summary>The type of its output; null if that is not known before it runs.</summary>
    public virtual Type? Output => null;

    /// <summary>
    /// What the templates of its task run, in the order of <see cref="FlowTask.Templates"/>; none for most.
    /// </summary>
    public virtual IReadOnlyList<ExecutableFlow> Templates => [];

    /// <summary>Runs one attempt.</summary>
    /// <param name="call">
    /// The attempt: its inputs and its context. Must not be used after the attempt has ended.
    /// </param>
    /// <returns>The output; <see cref="Payload.None"/> if there is none.</returns>
    public abstract ValueTask<Payload> RunAsync(TaskCall call);
}
