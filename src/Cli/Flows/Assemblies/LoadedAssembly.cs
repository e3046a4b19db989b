using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;

namespace ActorFlow.Cli;

/// <summary>
/// Loads assemblies of users, each with what lies beside it, apart from each other and from this program.
/// </summary>
internal sealed class LoadedAssembly : AssemblyLoadContext
{
    private static readonly ConcurrentDictionary<string, Assembly> Known = new(StringComparer.Ordinal);

    private readonly AssemblyDependencyResolver _resolver;

    private LoadedAssembly(string path) : base(Path.GetFileName(path)) => _resolver = new(path);

    /// <summary>An assembly by the path of its file; the same one for the same path.</summary>
    /// <exception cref="ActorFlowException">It is not there, or cannot be loaded here.</exception>
    public static Assembly Load(string path)
    {
        // What is no path at all, as in a job that was changed by hand, has no whole path either.
        if (!File.Exists(path)) throw new ActorFlowException($"There is no assembly '{path}'.");
        path = Path.GetFullPath(path);
        try
        {
            var assembly = Known.GetOrAdd(path, static path => new LoadedAssembly(path).LoadFromAssemblyPath(path));
            // What it needs and cannot be had comes to light here, and not in the middle of something.
            _ = assembly.GetExportedTypes();
            return assembly;
        }
        catch (Exception e) when (e is BadImageFormatException or FileLoadException or FileNotFoundException
            or TypeLoadException or ReflectionTypeLoadException)
        {
            throw new ActorFlowException($"'{path}' cannot be loaded as a .NET assembly: {e.Message}", e);
        }
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (IsShared(assemblyName) && FindOwn(assemblyName) is { } own) return own;
        return _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    // Both sides must mean the same by a flow, a task, and what these show: loggers, services.
    private static bool IsShared(AssemblyName name) => name.Name is { } text
        && (text == "ActorFlow" || text.StartsWith("ActorFlow.", StringComparison.Ordinal)
            || text.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal));

    private static Assembly? FindOwn(AssemblyName name)
    {
        try
        {
            return Default.LoadFromAssemblyName(name);
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException)
        {
            // This program does not have it, or an older one: the assembly brings its own.
            return null;
        }
    }
}
