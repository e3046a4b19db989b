using ActorFlow.Api.Tests.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActorFlow.Api.Tests.Hosting;

/// <summary>What a host and the options of its engine say where both say something.</summary>
public sealed class HostOptionTests : IDisposable
{
    private readonly LogLines _logs = new();
    private readonly LogLines _hostLogs = new();

    [Fact]
    public async Task A_host_whose_time_is_over_has_running_tasks_asked_to_stop()
    {
        var gate = new Gate();
        using var host = HostOf(options => options.DrainTimeout = TimeSpan.FromDays(1));
        await host.StartAsync();
        var engine = host.Services.GetRequiredService<ActorFlowEngine>();
        await engine.SubmitAsync(gate.Flow(), 1);
        await gate.Began;

        var stopping = host.Services.GetServices<IHostedService>().Single().StopAsync(new CancellationToken(true));
        try
        {
            await stopping.WaitAsync(TimeSpan.FromMinutes(1));
        }
        finally
        {
            gate.Open();
        }
    }

    [Fact]
    public async Task What_the_options_set_is_not_replaced_by_what_the_host_has()
    {
        using var host = HostOf(options => (options.LoggerFactory, options.Time) = (_logs, new FixedClock(2040)));
        Assert.Equal(2040, await YearOfJobAsync(host));
        Assert.Contains("ActorFlow", _logs.Categories);
        Assert.DoesNotContain("ActorFlow", _hostLogs.Categories);
    }

    [Fact]
    public async Task What_the_options_do_not_set_is_as_the_host_has_it()
    {
        using var host = HostOf(_ => { });
        Assert.Equal(2030, await YearOfJobAsync(host));
        Assert.Contains("ActorFlow", _hostLogs.Categories);
    }

    private IHost HostOf(Action<ActorFlowOptions> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<ILoggerFactory>(_hostLogs);
        builder.Services.AddSingleton<TimeProvider>(new FixedClock(2030));
        builder.Services.AddActorFlow(options =>
        {
            options.InMemory = true;
            configure(options);
        });
        return builder.Build();
    }

    private static async Task<int> YearOfJobAsync(IHost host)
    {
        var engine = host.Services.GetRequiredService<ActorFlowEngine>();
        await engine.RunAsync(new Flaky(0).Flow(), 1);
        return Assert.Single(await engine.ListAsync()).SubmittedAt.Year;
    }

    public void Dispose()
    {
        _logs.Dispose();
        _hostLogs.Dispose();
    }

    /// <summary>A clock that stands still in a year; its timers are the system's.</summary>
    private sealed class FixedClock(int year) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(year, 6, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
