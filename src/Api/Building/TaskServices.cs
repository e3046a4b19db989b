using Microsoft.Extensions.DependencyInjection;

namespace ActorFlow;

/// <summary>What factories of tasks ask the host's services for.</summary>
public static class TaskServices
{
    /// <summary>Makes an object; its constructor's parameters come from the services, and from what is given.</summary>
    /// <param name="services">The services of the attempt.</param>
    /// <param name="arguments">Parameters that are not services, in any order; told apart by their types.</param>
    /// <exception cref="InvalidOperationException">A parameter is neither a service nor given.</exception>
    public static T Create<T>(this IServiceProvider services, params object[] arguments) where T : class =>
        ActivatorUtilities.CreateInstance<T>(services, arguments);
}
