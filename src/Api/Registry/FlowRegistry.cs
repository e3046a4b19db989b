using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>Flows by name, as assemblies give them.</summary>
/// <remarks>
/// A public static property or method without parameters gives one if its type is <see cref="Flow{TIn,TOut}"/> or
/// <see cref="ExecutableFlow"/>. A flow is found by its own name, by <c>Class.Member</c>, or by the class if it gives
/// one flow only; without regard to case.
/// </remarks>
public sealed class FlowRegistry
{
    private readonly List<RegisteredFlow> _flows = [];
    private readonly List<(string Member, string Problem)> _problems = [];

    /// <summary>The flows, by their names.</summary>
    public IEnumerable<RegisteredFlow> Flows => _flows.OrderBy(flow => flow.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>What kept members from giving their flows, a sentence each.</summary>
    public IEnumerable<string> Problems => _problems.Select(each => each.Problem);

    /// <summary>Adds every flow that a public class of an assembly gives; it is built for that.</summary>
    public FlowRegistry AddAssembly(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        const BindingFlags Static = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var type in assembly.GetExportedTypes().Where(type => !type.ContainsGenericParameters))
        {
            foreach (var property in type.GetProperties(Static))
                if (property.GetMethod is { IsPublic: true } get && IsFlow(property.PropertyType))
                    Add($"{type.Name}.{property.Name}", get);
            foreach (var method in type.GetMethods(Static))
                if (!method.IsSpecialName && !method.IsGenericMethod && method.GetParameters().Length == 0
                    && IsFlow(method.ReturnType))
                    Add($"{type.Name}.{method.Name}", method);
        }

        return this;
    }

    /// <summary>Finds a flow by its name, by <c>Class.Member</c>, or by the name of its class.</summary>
    /// <param name="name">The name, without regard to case.</param>
    /// <param name="flow">The flow.</param>
    /// <param name="problem">Why there is none: unknown, one of several, or not to be had.</param>
    public bool TryFind(string name, [NotNullWhen(true)] out RegisteredFlow? flow, out string problem)
    {
        ArgumentNullException.ThrowIfNull(name);
        var found = Named(flow => flow.Member, name);
        if (found.Count == 0) found = Named(flow => flow.Name, name);
        if (found.Count == 0) found = Named(flow => ClassOf(flow.Member), name);
        flow = found.Count == 1 ? found[0] : null;
        problem = found.Count switch
        {
            1 => "",
            0 => Unknown(name),
            _ => $"'{name}' may mean {string.Join(" or ", found.Select(each => $"'{each.Member}'"))}; name one.",
        };
        return flow is not null;
    }

    /// <summary>A flow by its name, by <c>Class.Member</c>, or by the name of its class.</summary>
    /// <exception cref="ActorFlowException">There is none, or the name may mean several.</exception>
    public RegisteredFlow this[string name] =>
        TryFind(name, out var flow, out var problem) ? flow : throw new ActorFlowException(problem);

    private List<RegisteredFlow> Named(Func<RegisteredFlow, string> nameOf, string name) =>
        _flows.FindAll(flow => nameOf(flow).Equals(name, StringComparison.OrdinalIgnoreCase));

    private string Unknown(string name)
    {
        var failed = _problems.Find(each => each.Member.Equals(name, StringComparison.OrdinalIgnoreCase)
            || ClassOf(each.Member).Equals(name, StringComparison.OrdinalIgnoreCase));
        if (failed.Problem is { } problem) return problem;
        if (_flows.Count == 0 && _problems.Count == 0)
            return $"There is no flow '{name}': no public static property, or method without parameters, gives one.";
        var near = Suggestions.For(name, _flows.Select(flow => flow.Name).Concat(_flows.Select(flow => flow.Member)));
        if (near.Length == 0 && _flows.Count > 0)
            near = $" There are {string.Join(", ", Flows.Take(10).Select(flow => $"'{flow.Name}'"))}.";
        return $"There is no flow '{name}'.{near}{string.Concat(_problems.Take(3).Select(each => $" {each.Problem}"))}";
    }

    private void Add(string member, MethodInfo give)
    {
        try
        {
            if (RegisteredFlow.TryMake(member, give.Invoke(null, null)) is { } flow) _flows.Add(flow);
            else _problems.Add((member, $"'{member}' gives null instead of a flow."));
        }
        catch (TargetInvocationException e)
        {
            _problems.Add((member, $"'{member}' cannot give its flow: {(e.InnerException ?? e).Message}"));
        }
    }

    private static bool IsFlow(Type type) => type == typeof(ExecutableFlow)
        || (type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(Flow<,>));

    private static string ClassOf(string member) => member[..member.LastIndexOf('.')];
}
