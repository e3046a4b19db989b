namespace ActorFlow.Engine.Tests.Properties;

/// <summary>Makes small random flows of numbers, the same of the same.</summary>
internal sealed class RandomMaker : IFlowMaker
{
    public static RandomMaker Instance { get; } = new();

    /// <summary>What stands for no flow.</summary>
    public static Payload NoSource { get; } = Payload.FromJson("\"none\"");

    public IReadOnlyList<string> Pools => [TaskPolicy.ComputePool, TaskPolicy.AsyncPool];

    public FlowTemplate Make(Payload source) => Make(source, this);

    /// <summary>The flow of a source, in which others are made by a given maker.</summary>
    public static FlowTemplate Make(Payload source, IFlowMaker maker) =>
        int.TryParse(source.ToString(), out var number)
            ? RandomFlow.Template(new Choices(number), maker)
            : throw new ActorFlowException($"{source} is no number.");
}
