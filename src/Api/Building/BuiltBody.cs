using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>What a task of a built flow runs, with what its plan knew: flows that go on from there need it.</summary>
/// <param name="whole">The code with everything around it.</param>
internal sealed class BuiltBody(TaskBody whole) : TaskBody
{
    /// <summary>The code alone.</summary>
    public required TaskBody Code { get; init; }

    /// <summary>What is around it.</summary>
    public required Wrappings Around { get; init; }

    /// <summary>What reads the values that it takes, in order.</summary>
    public required Delegate[] Taken { get; init; }

    /// <summary>The version of the code; null if nobody said.</summary>
    public required string? Version { get; init; }

    /// <summary>The instance of a class that it runs; null for other code.</summary>
    public required object? Instance { get; init; }

    /// <summary>Its policy, if failures are ignored; null if they are not.</summary>
    public required IgnoredFailures? Ignored { get; init; }

    /// <summary>What it takes from its configuration; null if nothing.</summary>
    public required TaskSettings? Settings { get; init; }

    public override Type? Output => whole.Output;

    public override IReadOnlyList<ExecutableFlow> Templates => whole.Templates;

    public override ValueTask<Payload> RunAsync(TaskCall call) => whole.RunAsync(call);
}
