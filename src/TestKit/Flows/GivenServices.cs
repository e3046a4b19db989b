using ActorFlow.Actors;

namespace ActorFlow.TestKit;

/// <summary>The services that a test has given, without scopes.</summary>
internal sealed class GivenServices : IServiceScopes, IServiceScopeHandle
{
    private GivenServices(IServiceProvider services) => Services = services;

    public IServiceProvider Services { get; }

    public static IServiceScopes Of(IServiceProvider? services) =>
        services is null ? NoServices.Instance : new GivenServices(services);

    public IServiceScopeHandle OpenScope() => this;

    public void Dispose() { }
}
