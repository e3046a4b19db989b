namespace ActorFlow.Actors;

/// <summary>Port: the host's services, a scope for each attempt that asks.</summary>
public interface IServiceScopes
{
    /// <summary>Opens a scope.</summary>
    IServiceScopeHandle OpenScope();
}

/// <summary>One attempt's scope; disposed when the attempt ends.</summary>
public interface IServiceScopeHandle : IDisposable
{
    /// <summary>The services.</summary>
    IServiceProvider Services { get; }
}

/// <summary>No services at all.</summary>
public sealed class NoServices : IServiceScopes, IServiceScopeHandle, IServiceProvider
{
    /// <summary>The one instance.</summary>
    public static NoServices Instance { get; } = new();

    /// <inheritdoc />
    public IServiceProvider Services => this;

    /// <inheritdoc />
    public IServiceScopeHandle OpenScope() => this;

    /// <inheritdoc />
    public object? GetService(Type serviceType) => null;

    /// <inheritdoc />
    public void Dispose() { }
}
