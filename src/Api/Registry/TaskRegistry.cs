using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;

namespace ActorFlow;

/// <summary>Task classes by name, for flows that are written in files.</summary>
/// <remarks>
/// A name is a namespace, a dot, and the task's own name: the full name of the class unless another was given. The last
/// parts of it will do where they mean one task only. <c>NAME@2</c> means a version, <c>NAME</c> the latest.
/// </remarks>
public sealed class TaskRegistry
{
    private readonly Dictionary<string, SortedList<int, RegisteredTask>> _tasks = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The tasks, by their names and versions.</summary>
    public IEnumerable<RegisteredTask> Tasks =>
        _tasks.OrderBy(each => each.Key, StringComparer.OrdinalIgnoreCase).SelectMany(each => each.Value.Values);

    /// <summary>
    /// Adds every public task class of an assembly that can be made, concrete and not generic, under its full name or
    /// the one that a <see cref="TaskNameAttribute"/> gives; and every public <see cref="TaskPackage"/>.
    /// </summary>
    /// <exception cref="ActorFlowException">Two classes have one name and version.</exception>
    public TaskRegistry AddAssembly(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        foreach (var type in assembly.GetExportedTypes())
        {
            if (type.IsAbstract || type.ContainsGenericParameters) continue;
            if (type.IsSubclassOf(typeof(TaskOf))) Add(Make(type));
            else if (IsPackage(type)) Add(PackageOf(type));
        }

        return this;
    }

    /// <summary>Adds a task under its full name or the one that a <see cref="TaskNameAttribute"/> gives.</summary>
    /// <exception cref="ActorFlowException">Another class has that name and version, or it cannot be made.</exception>
    public TaskRegistry Add<TTask>() where TTask : TaskOf => Add(Make(typeof(TTask)));

    /// <summary>Adds a task under a name.</summary>
    /// <param name="name">A namespace, a dot, and a name.</param>
    /// <param name="version">Which version of the task it is, from 1.</param>
    /// <exception cref="ActorFlowException">Another class has that name and version, or it cannot be made.</exception>
    public TaskRegistry Add<TTask>(string name, int version = 1) where TTask : TaskOf =>
        Add(Make(typeof(TTask), name, version));

    /// <summary>Adds the tasks of a package.</summary>
    /// <exception cref="ActorFlowException">Another class has one of the names and versions.</exception>
    public TaskRegistry Add(TaskPackage package)
    {
        ArgumentNullException.ThrowIfNull(package);
        foreach (var task in package.Tasks) Add(task);
        return this;
    }

    /// <summary>Finds a task by its name, or by the last parts of it, with or without a version.</summary>
    /// <param name="name">The name, without regard to case.</param>
    /// <param name="task">The task.</param>
    /// <param name="problem">Why there is none: unknown, or one of several.</param>
    public bool TryFind(string name, [NotNullWhen(true)] out RegisteredTask? task, out string problem)
    {
        ArgumentNullException.ThrowIfNull(name);
        task = null;
        var at = name.LastIndexOf('@');
        var wanted = at < 0 ? name : name[..at];
        if (NameMeant(wanted, out problem) is not { } full) return false;
        var versions = _tasks[full];
        if (at < 0) task = versions.GetValueAtIndex(versions.Count - 1);
        else if (int.TryParse(name[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            task = versions.GetValueOrDefault(version);
        if (task is null)
            problem = $"Task '{full}' has no version {name[(at + 1)..]}; there "
                + $"{(versions.Count == 1 ? "is" : "are")} {string.Join(", ", versions.Keys)}.";
        return task is not null;
    }

    /// <summary>A task by its name, or by the last parts of it, with or without a version.</summary>
    /// <param name="name">The name, without regard to case.</param>
    /// <exception cref="ActorFlowException">There is none, or the name may mean several.</exception>
    public RegisteredTask this[string name] =>
        TryFind(name, out var task, out var problem) ? task : throw new ActorFlowException(problem);

    internal static RegisteredTask Make(Type type, string name, int version)
    {
        RequireName(name);
        if (version < 1) throw new ActorFlowException($"Task '{name}' has version {version}; versions count from 1.");
        if (!type.IsAbstract && !type.ContainsGenericParameters
            && RegisteredTask.TryMake(type, name, version) is { } task) return task;
        throw new ActorFlowException(
            $"'{TypeNames.Short(type)}' cannot be task '{name}': a task is a class that can be made, and derives from "
            + "SyncTask or AsyncTask.");
    }

    internal static void RequireName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0 || name.Any(c => c == '@' || char.IsWhiteSpace(c)) || name.Split('.').Contains(""))
            throw new ActorFlowException(
                $"'{name}' is no name of a task: a namespace, a dot and a name, without white space and without '@'.");
    }

    private static RegisteredTask Make(Type type) =>
        type.GetCustomAttribute<TaskNameAttribute>() is { } named
            ? Make(type, named.Name, named.Version)
            : Make(type, type.FullName!, 1);

    private static bool IsPackage(Type type) =>
        type.IsSubclassOf(typeof(TaskPackage)) && type.GetConstructor([]) is not null;

    private static TaskPackage PackageOf(Type type)
    {
        try
        {
            return (TaskPackage)Activator.CreateInstance(type)!;
        }
        catch (TargetInvocationException e)
        {
            var error = e.InnerException ?? e;
            throw new ActorFlowException($"Package '{type}' of tasks cannot be made: {error.Message}", error);
        }
    }

    private TaskRegistry Add(RegisteredTask task)
    {
        if (!_tasks.TryGetValue(task.Name, out var versions)) _tasks[task.Name] = versions = [];
        if (!versions.TryAdd(task.Version, task) && versions[task.Version].TaskType != task.TaskType)
            throw new ActorFlowException(
                $"Task '{task.Reference}' is class {versions[task.Version].TaskType} already; {task.TaskType} needs "
                + "another name or version.");
        return this;
    }

    private string? NameMeant(string name, out string problem)
    {
        problem = "";
        if (_tasks.ContainsKey(name)) return name;
        var ending = "." + name;
        var found = _tasks.Keys.Where(key => key.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.OrdinalIgnoreCase).ToList();
        if (found.Count == 1) return found[0];
        problem = found.Count > 1
            ? $"'{name}' may mean {string.Join(" or ", found.Select(each => $"'{each}'"))}; write more of the name."
            : Unknown(name);
        return null;
    }

    private string Unknown(string name)
    {
        if (_tasks.Count == 0)
            return $"There is no .NET task '{name}': no tasks are registered. Name their assembly.";
        var dot = name.LastIndexOf('.');
        if (dot <= 0)
            return $"There is no .NET task '{name}'."
                + Suggestions.For(name, _tasks.Keys.Concat(_tasks.Keys.Select(LastPart)));
        var (space, own) = (name[..dot], name[(dot + 1)..]);
        var inside = _tasks.Values.Select(versions => versions.GetValueAtIndex(0))
            .Where(task => IsOrEndsIn(task.Namespace, space)).Select(task => LastPart(task.Name)).ToList();
        if (inside.Count > 0)
            return $"There is no .NET task '{own}' in namespace '{space}'.{Suggestions.For(own, inside)}";
        var spaces = _tasks.Values.Select(versions => versions.GetValueAtIndex(0).Namespace)
            .Where(each => each.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var near = Suggestions.For(space, spaces.Concat(spaces.Select(LastPart)));
        var some = string.Join(", ", spaces.Order(StringComparer.OrdinalIgnoreCase).Take(10));
        return $"There is no namespace '{space}' of .NET tasks.{(near.Length > 0 ? near : $" Known are {some}.")}";
    }

    private static bool IsOrEndsIn(string space, string wanted) =>
        space.Equals(wanted, StringComparison.OrdinalIgnoreCase)
        || space.EndsWith("." + wanted, StringComparison.OrdinalIgnoreCase);

    private static string LastPart(string name) => name[(name.LastIndexOf('.') + 1)..];
}
