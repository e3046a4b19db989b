namespace ActorFlow;

/// <summary>The name that a task class is registered under, instead of its full name.</summary>
/// <param name="name">A namespace, a dot, and a name: <c>text.count</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TaskNameAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>Which version of the task it is, from 1. The default is 1.</summary>
    public int Version { get; init; } = 1;
}
