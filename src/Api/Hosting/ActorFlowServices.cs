using ActorFlow.Actors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActorFlow;

/// <summary>Adds ActorFlow to the generic host.</summary>
public static class ActorFlowServices
{
    /// <summary>Adds an engine that resumes unfinished jobs when the host starts and drains when it stops.</summary>
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
        if (services.GetService<ILoggerFactory>() is { } logs) options.LoggerFactory = logs;
        if (services.GetService<TimeProvider>() is { } time) options.Time = time;
        foreach (var observer in services.GetServices<JobObserver>()) options.Observers.Add(observer);
        var engine = ActorFlowEngine.Create(options);
        foreach (var flow in services.GetServices<ExecutableFlow>()) engine.Register(flow);
        return engine;
    }

    private sealed class OptionsFaults : IValidateOptions<ActorFlowOptions>
    {
        public ValidateOptionsResult Validate(string? name, ActorFlowOptions options) =>
            options.Faults() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults)
                : ValidateOptionsResult.Success;
    }

    /// <summary>Ties the engine's life to the host's.</summary>
    private sealed class EngineService(ActorFlowEngine engine, ILogger<ActorFlowEngine> log) : IHostedService
    {
        private Task _resuming = Task.CompletedTask;

        // A host with many unfinished jobs must not wait for their journals before it serves.
        public Task StartAsync(CancellationToken cancellationToken)
        {
            _resuming = ResumeAsync();
            return Task.CompletedTask;
        }

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            await _resuming.ConfigureAwait(false);
            await engine.DisposeAsync().ConfigureAwait(false);
        }

        private async Task ResumeAsync()
        {
            await Task.Yield();
            try
            {
                var result = await engine.ResumeAsync().ConfigureAwait(false);
                HostLog.Resumed(log, result.Resumed.Count);
                foreach (var left in result.Left) HostLog.JobLeft(log, left.Job.Value, left.Reason);
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
    [LoggerMessage(111, LogLevel.Information, "ActorFlow resumed {Count} unfinished jobs")]
    public static partial void Resumed(ILogger log, int count);

    [LoggerMessage(112, LogLevel.Warning, "Unfinished job {JobId} was left untouched: {Reason}")]
    public static partial void JobLeft(ILogger log, string jobId, string reason);

    [LoggerMessage(113, LogLevel.Error, "Unfinished jobs could not be resumed")]
    public static partial void ResumeFailed(ILogger log, Exception error);
}
