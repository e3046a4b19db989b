using System.Reflection;
using ActorFlow.Actors;
using Microsoft.Extensions.DependencyInjection;

namespace ActorFlow.Cli;

/// <summary>The services of a flow file as its tasks see them: each is made when it is first asked for.</summary>
/// <param name="outer">Those of what the flow stands in; null for none.</param>
internal sealed class FlowServices(FlowServices? outer)
{
    private readonly Dictionary<Type, FlowService> _byType = [];

    /// <summary>Makes a service known by a type; false if another is known by it already.</summary>
    public bool TryAdd(Type type, FlowService service) => _byType.TryAdd(type, service);

    /// <summary>The service that is known by a type; null if there is none.</summary>
    /// <param name="type">The type.</param>
    /// <param name="asker">A service that asks, and does not mean itself; null for a task.</param>
    public FlowService? Find(Type type, FlowService? asker = null) =>
        _byType.TryGetValue(type, out var found) && found != asker ? found : outer?.Find(type, asker);

    /// <summary>Has a task get these services, and behind them those of the host.</summary>
    public TaskBody Around(TaskBody body) => new Serving(body, this);

    private sealed class Serving(TaskBody inner, FlowServices services) : TaskBody
    {
        public override IReadOnlyList<ExecutableFlow> Templates => inner.Templates;

        public override ValueTask<Payload> RunAsync(TaskCall call)
        {
            call.Context.Resources.Provide = host => new View(services, host);
            return inner.RunAsync(call);
        }
    }

    /// <summary>What one attempt sees.</summary>
    private sealed class View(FlowServices services, IServiceProvider host)
        : IServiceProvider, IServiceProviderIsService
    {
        public object? GetService(Type serviceType) =>
            serviceType == typeof(IServiceProvider) || serviceType == typeof(IServiceProviderIsService)
                ? this
                : services.Find(serviceType)?.Get() ?? host.GetService(serviceType);

        public bool IsService(Type serviceType) => services.Find(serviceType) is not null
            || (host.GetService(typeof(IServiceProviderIsService)) as IServiceProviderIsService)
                ?.IsService(serviceType) == true;
    }
}

/// <summary>One service of a flow file: at most one object, made when it is first asked for.</summary>
/// <param name="name">What it is called in the file.</param>
/// <param name="constructor">What makes it.</param>
/// <param name="arguments">What that is given: values, and other services.</param>
/// <param name="made">Where it goes to be disposed of.</param>
internal sealed class FlowService(
    string name, ConstructorInfo constructor, object?[] arguments, MadeServices made)
{
    private readonly Lock _gate = new();
    private object? _instance;

    public string Name => name;

    /// <summary>What its constructor is given; other services until it is made stand for their objects.</summary>
    public IReadOnlyList<object?> Arguments => arguments;

    /// <summary>Says what a parameter is given.</summary>
    public void Give(int parameter, object? value) => arguments[parameter] = value;

    /// <summary>The object.</summary>
    /// <exception cref="ServiceException">It cannot be made.</exception>
    public object Get()
    {
        lock (_gate) return _instance ??= Make();
    }

    private object Make()
    {
        try
        {
            var given = Array.ConvertAll(arguments, value => value switch
            {
                FlowService other => other.Get(),
                EnvironmentValue variable => variable.Get(name),
                _ => value,
            });
            return made.Keep(constructor.Invoke(given));
        }
        catch (TargetInvocationException e) when (e.InnerException is { } error)
        {
            throw new ServiceException($"Service '{name}' cannot be made: {error.Message}", error);
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new ServiceException(
                $"Service '{name}' cannot be made: what a variable holds does not fit its parameter.", e);
        }
    }
}

/// <summary>A service that a flow file names cannot be made.</summary>
internal sealed class ServiceException(string message, Exception error) : ActorFlowException(message, error);
