using ActorFlow.Actors;
using Microsoft.Extensions.DependencyInjection;

namespace ActorFlow;

/// <summary>The host's services: a scope for each attempt that asks.</summary>
internal sealed class HostServices(IServiceProvider services) : IServiceScopes
{
    public IServiceScopeHandle OpenScope() => new Handle(services);

    private sealed class Handle : IServiceScopeHandle
    {
        private readonly IServiceScope? _scope;

        // A plain IServiceProvider without scopes is fine too: then every attempt sees the same services.
        public Handle(IServiceProvider services)
        {
            _scope = (services.GetService(typeof(IServiceScopeFactory)) as IServiceScopeFactory)?.CreateScope();
            Services = _scope?.ServiceProvider ?? services;
        }

        public IServiceProvider Services { get; }

        // Services that can only be disposed of asynchronously refuse to be otherwise.
        public void Dispose()
        {
            if (_scope is IAsyncDisposable scope) scope.DisposeAsync().AsTask().GetAwaiter().GetResult();
            else _scope?.Dispose();
        }
    }
}
