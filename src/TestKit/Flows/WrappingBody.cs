using ActorFlow.Actors;

namespace ActorFlow.TestKit;

/// <summary>A body around another one, and around the bodies of all that its task may add to the job.</summary>
internal abstract class WrappingBody(TaskBody own, Func<TaskBody, TaskBody> wrap) : TaskBody
{
    public override Type? Output => Own.Output;

    public override IReadOnlyList<ExecutableFlow> Templates { get; } =
        [.. own.Templates.Select(template => Wrap(template, wrap))];

    /// <summary>The body that is inside.</summary>
    public TaskBody Own { get; } = own;

    /// <summary>The same flow with each of its bodies in another one.</summary>
    public static ExecutableFlow Wrap(ExecutableFlow flow, Func<TaskBody, TaskBody> wrap) =>
        new(flow.Definition, [.. flow.Definition.Tasks.Select(task => wrap(flow.BodyOf(task.Number)))])
        {
            Source = flow.Source,
            InputCheck = flow.InputCheck,
        };
}
