using Serilog.Core;
using Serilog.Events;

namespace ActorFlow.Cli;

/// <summary>Puts in one place what a line has of job, task and attempt: whoever logs may know the first only.</summary>
internal sealed class PlaceEnricher : ILogEventEnricher
{
    private static readonly string[] Names = ["JobId", "Task", "Attempt"];

    /// <inheritdoc />
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        var known = Names.Select(name => (logEvent.Properties.GetValueOrDefault(name) as ScalarValue)?.Value)
            .Where(value => value is not null);
        logEvent.AddOrUpdateProperty(propertyFactory.CreateProperty("Place", string.Join(' ', known)));
    }
}
