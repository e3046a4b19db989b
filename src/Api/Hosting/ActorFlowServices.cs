using ActorFlow.Actors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ActorFlow;

/// <summary>Adds ActorFlow to the generic host.</summary>
public static class ActorFlowServices
{
    /// <summary>Adds an engine that resumes unfinished jobs when the host starts and drains when it stops.</summary>
    /// <remarks>
    /// Where the options say nothing else it has the host's services, its logs, and its <see cref="TimeProvider"/> if
    /// one is registered. Failed attempts and jobs are logged as warnings, all else about jobs at debug level, unless a
    /// <see cref="LoggingObserver"/> of another level is among the observers. When the time is over that the host has
    /// for its stop, running tasks are asked to stop, even if <see cref="ActorFlowOptions.DrainTimeout"/> is longer.
    /// </remarks>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets options; null for the defaults.</param>
    public static ActorFlowHostBuilder AddActorFlow(
        this IServiceCollection services, Action<ActorFlowOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<ActorFlowOptions>();
        if (configure is not null) options.Configure(configure);
        services.AddSingleton<IValidateOptions<ActorFlowOptions>, OptionsFaults>();
        services.TryAddSingleton(CreateEngine);
        services.AddHostedService<EngineService>();
        return new ActorFlowHostBuilder(services);
    }

    private static ActorFlowEngine CreateEngine(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<ActorFlowOptions>>().Value;
        options.Services ??= services;
        // What is set stays: the host has what nobody has said.
        if (options.LoggerFactory == NullLoggerFactory.Instance && services.GetService<ILoggerFactory>() is { } logs)
            options.LoggerFactory = logs;
        if (options.Time == TimeProvider.System && services.GetService<TimeProvider>() is { } time)
            options.Time = time;
        var flows = services.GetServices<ExecutableFlow>().ToList();
        // If the engine cannot be created, the host may ask again.
        foreach (var observer in services.GetServices<JobObserver>())
            if (!options.Observers.Contains(observer)) options.Observers.Add(observer);
        // What fails is to be seen in a host's logs without asking for it.
        if (!options.Observers.OfType<LoggingObserver>().Any())
            options.Observers.Add(new LoggingObserver(options.LoggerFactory, LogLevel.Debug));
        return ActorFlowEngine.Create(options, flows);
    }

    private sealed class OptionsFaults : IValidateOptions<ActorFlowOptions>
    {
        public ValidateOptionsResult Validate(string? name, ActorFlowOptions options) =>
            options.Faults() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults)
                : ValidateOptionsResult.Success;
    }

    /// <summary>Ties the engine's life to the host's.</summary>
    private sealed class EngineService(ActorFlowEngine engine, ILogger<ActorFlowEngine> log)
        : IHostedService, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();
        private Task _resuming = Task.CompletedTask;

        // A host with many unfinished jobs must not wait for their journals before it serves.
        public Task StartAsync(CancellationToken cancellationToken)
        {
            _resuming = ResumeAsync(_stopping.Token);
            return Task.CompletedTask;
        }

        // What is not resumed yet is left to the next process; when the host's time is over, so is what runs.
        public async Task StopAsync(CancellationToken cancellationToken)
        {
            await _stopping.CancelAsync().ConfigureAwait(false);
            await _resuming.ConfigureAwait(false);
            await engine.CloseAsync(cancellationToken).ConfigureAwait(false);
        }

        public void Dispose() => _stopping.Dispose();

        private async Task ResumeAsync(CancellationToken stopping)
        {
            await Task.Yield();
            try
            {
                var result = await engine.ResumeAsync(stopping).ConfigureAwait(false);
                HostLog.Resumed(log, result.Resumed.Count);
                foreach (var left in result.Left) HostLog.JobLeft(log, left.Job.Value, left.Reason);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                HostLog.ResumeStopped(log);
            }
            catch (Exception e)
            {
                HostLog.ResumeFailed(log, e);
            }
        }
    }
}

/// <summary>What the host's engine logs, with stable event ids.</summary>
internal static partial class HostLog
{
    [LoggerMessage(111, LogLevel.Information, "Unfinished jobs that were resumed: {Count}")]
    public static partial void Resumed(ILogger log, int count);

    [LoggerMessage(112, LogLevel.Warning, "Unfinished job {JobId} was left untouched: {Reason}")]
    public static partial void JobLeft(ILogger log, string jobId, string reason);

    [LoggerMessage(113, LogLevel.Error, "Unfinished jobs could not be resumed")]
    public static partial void ResumeFailed(ILogger log, Exception error);

    [LoggerMessage(114, LogLevel.Information, "The host stopped before all unfinished jobs were resumed")]
    public static partial void ResumeStopped(ILogger log);
}
