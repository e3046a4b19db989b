namespace ActorFlow;

/// <summary>One value that a task or a flow takes by name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="IsRequired">Whether it must be bound.</param>
public sealed record TaskParameter(string Name, Type Type, bool IsRequired)
{
    /// <summary>What it is if it is not bound; null too if it must be.</summary>
    public object? Default { get; init; }

    /// <summary>
    /// What it is for: its <see cref="System.ComponentModel.DescriptionAttribute"/>; null if there is none.
    /// </summary>
    public string? Description { get; init; }
}
