using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>Task classes by name, for flows that are written in files.</summary>
/// <remarks>
/// A task's name is the full name of its class; the last parts of it will do where they mean one class only.
/// </remarks>
public sealed class TaskRegistry
{
    private readonly Dictionary<string, RegisteredTask> _tasks = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The tasks, by their full names.</summary>
    public IEnumerable<RegisteredTask> Tasks => _tasks.Values.OrderBy(task => task.Name, StringComparer.Ordinal);

    /// <summary>Adds every public task class of an assembly that can be made: concrete, and not generic.</summary>
    public TaskRegistry AddAssembly(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        foreach (var type in assembly.GetExportedTypes())
            if (!type.IsAbstract && !type.ContainsGenericParameters && RegisteredTask.TryMake(type) is { } task)
                _tasks[task.Name] = task;
        return this;
    }

    /// <summary>Finds a task by its full name, or by the last parts of it.</summary>
    /// <param name="name">The name, without regard to case.</param>
    /// <param name="task">The task.</param>
    /// <param name="problem">Why there is none: unknown, or one of several.</param>
    public bool TryFind(string name, [NotNullWhen(true)] out RegisteredTask? task, out string problem)
    {
        problem = "";
        if (_tasks.TryGetValue(name, out task)) return true;
        var ending = "." + name;
        var found = Tasks.Where(t => t.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)).ToList();
        task = found.Count == 1 ? found[0] : null;
        problem = found.Count > 1
            ? $"'{name}' may mean {string.Join(" or ", found.Select(t => $"'{t.Name}'"))}; write more of the name."
            : _tasks.Count == 0
                ? $"There is no .NET task '{name}': no tasks are registered. Name their assembly."
                : $"There is no .NET task '{name}'."
                    + Suggestions.For(name, _tasks.Keys.Concat(_tasks.Keys.Select(LastPart)));
        return task is not null;
    }

    private static string LastPart(string name) => name[(name.LastIndexOf('.') + 1)..];
}
