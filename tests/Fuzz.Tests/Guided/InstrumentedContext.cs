using System.Reflection;
using System.Runtime.Loader;

namespace ActorFlow.Fuzz.Tests;

/// <summary>
/// Where all that is ours, and the parser of YAML, is loaded a second time, instrumented: nothing on disk changes.
/// </summary>
internal sealed class InstrumentedContext() : AssemblyLoadContext("instrumented")
{
    private readonly Instrumenter _instrumenter = new();

    /// <summary>Calls a static method of our own assembly as it is in here.</summary>
    /// <param name="type">Its type, as it is out there.</param>
    /// <param name="method">Its name.</param>
    /// <param name="arguments">What it gets: of types that are the same on both sides.</param>
    public object? Call(Type type, string method, params object?[] arguments) =>
        LoadFromAssemblyName(type.Assembly.GetName()).GetType(type.FullName!, throwOnError: true)!
            .GetMethod(method, BindingFlags.Static | BindingFlags.Public)!
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name!;
        if (name.Split('.')[0] is not ("ActorFlow" or "YamlDotNet")) return null;
        var (assembly, symbols) = _instrumenter.Instrument(Path.Combine(AppContext.BaseDirectory, name + ".dll"));
        return LoadFromStream(assembly, symbols);
    }
}
