using ActorFlow.Actors;
using Microsoft.Extensions.Logging;

namespace ActorFlow;

/// <summary>All observers of an engine, each with pumps of its own: none waits for another.</summary>
internal sealed class Observing(IReadOnlyList<JobObserver> observers, ILogger log, CancellationToken closing)
{
    private readonly ObserverPumps[] _observers =
        [.. observers.Select(observer => new ObserverPumps(observer, log, closing))];

    /// <summary>Tells of progress; null if nobody is there to hear it.</summary>
    public Action<AttemptProgress>? OnProgress => _observers.Length == 0 ? null : Tell;

    /// <summary>Tells of datasets; null if nobody is there to hear it.</summary>
    public Action<DatasetUse>? OnDataset => _observers.Length == 0 ? null : Tell;

    /// <summary>The engine is there.</summary>
    public void Begin(ActorFlowEngine engine)
    {
        foreach (var observer in _observers) observer.Begin(engine);
    }

    /// <summary>A job became active: observers hear of it when they have heard all that was before.</summary>
    public void Observe(JobActivation activation)
    {
        foreach (var observer in _observers) observer.Observe(activation);
    }

    /// <summary>The engine closes. Completes when all that was to be told is told.</summary>
    public Task EndAsync(ActorFlowEngine engine) =>
        Task.WhenAll(_observers.Select(observer => observer.EndAsync(engine)));

    private void Tell(AttemptProgress progress)
    {
        foreach (var observer in _observers) observer.Tell(progress);
    }

    private void Tell(DatasetUse use)
    {
        foreach (var observer in _observers) observer.Tell(use);
    }
}
