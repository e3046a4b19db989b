using System.Reflection;

namespace ActorFlow.Cli;

/// <summary>Finds the classes of services in the assemblies that have the tasks.</summary>
internal sealed class ServiceTypes(IReadOnlyList<Assembly> assemblies)
{
    private IReadOnlyList<Type>? _classes;

    private IReadOnlyList<Type> Classes => _classes ??=
    [
        .. assemblies.Distinct().SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }),
    ];

    /// <summary>A class by its full name or the last parts of it; null if there is none, or several.</summary>
    public Type? Class(string name, out string problem)
    {
        problem = assemblies.Count == 0
            ? $"There is no class '{name}': no assembly is named that may have it."
            : $"There is no public class '{name}' that can be made.";
        return One(name, Classes, ref problem);
    }

    /// <summary>What a class is besides itself, by a name; null if it is nothing of that name.</summary>
    public static Type? Kind(Type type, string name, out string problem)
    {
        var kinds = new List<Type>(type.GetInterfaces());
        for (var at = type; at is not null && at != typeof(object); at = at.BaseType) kinds.Add(at);
        problem = $"'{NameOf(type)}' is no '{name}'.";
        return One(name, kinds, ref problem);
    }

    /// <summary>The name of a type as files say it.</summary>
    public static string NameOf(Type type) => type.IsGenericType
        ? TypeNames.Short(type)
        : (type.FullName ?? type.Name).Replace('+', '.');

    private static Type? One(string name, IReadOnlyList<Type> types, ref string problem)
    {
        var found = types.Where(type => NameOf(type).Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (found.Count == 0)
            found = [.. types.Where(type => NameOf(type).EndsWith("." + name, StringComparison.OrdinalIgnoreCase))];
        if (found.Count == 1) return found[0];
        var names = types.Select(NameOf).ToList();
        problem = found.Count > 1
            ? $"'{name}' may mean {string.Join(" or ", found.Take(5).Select(type => $"'{NameOf(type)}'"))}; "
                + "write more of the name."
            : problem + Suggestions.For(name, names.Concat(names.Select(LastPart)));
        return null;
    }

    private static string LastPart(string name) => name[(name.LastIndexOf('.') + 1)..];
}
