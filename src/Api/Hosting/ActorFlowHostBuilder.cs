using ActorFlow.Actors;
using Microsoft.Extensions.DependencyInjection;

namespace ActorFlow;

/// <summary>Sets up the engine of a host; what <c>AddActorFlow</c> gives back.</summary>
public sealed class ActorFlowHostBuilder
{
    internal ActorFlowHostBuilder(IServiceCollection services) => Services = services;

    /// <summary>The host's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Makes a flow known, so that its unfinished jobs are resumed when the host starts.</summary>
    public ActorFlowHostBuilder AddFlow(ExecutableFlow flow)
    {
        Services.AddSingleton(flow);
        return this;
    }

    /// <summary>Makes a flow known that needs the host's services to be built.</summary>
    public ActorFlowHostBuilder AddFlow(Func<IServiceProvider, ExecutableFlow> flow)
    {
        Services.AddSingleton(flow);
        return this;
    }

    /// <summary>Adds an observer, made by the host.</summary>
    public ActorFlowHostBuilder AddObserver<TObserver>() where TObserver : JobObserver
    {
        Services.AddSingleton<JobObserver, TObserver>();
        return this;
    }

    /// <summary>Adds an observer that needs the host's services to be made.</summary>
    public ActorFlowHostBuilder AddObserver(Func<IServiceProvider, JobObserver> observer)
    {
        Services.AddSingleton(observer);
        return this;
    }
}
