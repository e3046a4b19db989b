namespace ActorFlow;

/// <summary>Tasks of one namespace that are registered together; a derived class adds them.</summary>
/// <remarks>A package with a public constructor without parameters is found with its assembly.</remarks>
public abstract class TaskPackage
{
    private readonly List<RegisteredTask> _tasks = [];

    /// <summary>Begins a package.</summary>
    /// <param name="namespace">What comes before the dot in the names of its tasks; may have dots itself.</param>
    /// <exception cref="ActorFlowException">It is empty, or has white space or an <c>@</c>.</exception>
    protected TaskPackage(string @namespace)
    {
        TaskRegistry.RequireName(@namespace);
        Namespace = @namespace;
    }

    /// <summary>What comes before the dot in the names of its tasks.</summary>
    public string Namespace { get; }

    /// <summary>Its tasks, as they were added.</summary>
    public IReadOnlyList<RegisteredTask> Tasks => _tasks;

    /// <summary>Adds a task.</summary>
    /// <param name="name">Its name in the namespace.</param>
    /// <param name="version">Which version of the task it is, from 1.</param>
    /// <exception cref="ActorFlowException">The name or the version is none, or the class cannot be made.</exception>
    protected void Add<TTask>(string name, int version = 1) where TTask : TaskOf
    {
        ArgumentNullException.ThrowIfNull(name);
        _tasks.Add(TaskRegistry.Make(typeof(TTask), $"{Namespace}.{name}", version));
    }
}
