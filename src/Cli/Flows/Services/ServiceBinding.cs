using System.Runtime.CompilerServices;

namespace ActorFlow.Cli;

/// <summary>Turns what files say of services into services, and tells what is wrong with it.</summary>
/// <param name="types">Where classes are found.</param>
/// <param name="made">Where what is made goes.</param>
internal sealed class ServiceBinding(ServiceTypes types, MadeServices made)
{
    private readonly Lock _gate = new();

    // By reference, and no longer than somebody has the flow: a command may print many.
    private readonly ConditionalWeakTable<ServiceScope, FlowServices> _bound = [];

    /// <summary>The services of a scope: the same ones for the same scope. Safe to call from several threads.</summary>
    /// <param name="scope">What the file says; null for nothing.</param>
    /// <param name="report">Takes what is wrong with it, the first time.</param>
    public FlowServices? Bind(ServiceScope? scope, Action<FlowFault> report)
    {
        if (scope is null) return null;
        lock (_gate)
            return _bound.GetValue(
                scope, _ => new ServiceReading(types, made, report).Read(scope.Own, Bind(scope.Outer, report)));
    }
}
