using System.Collections.Concurrent;
using ActorFlow.Api.Tests.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ActorFlow.Api.Tests.Hosting;

public sealed class HostTests : IDisposable
{
    private readonly DataDirectory _data = new();

    [Fact]
    public async Task A_host_resumes_what_was_interrupted_when_it_starts_and_drains_when_it_stops()
    {
        var gate = new Gate();
        await using (var engine = _data.Open())
        {
            await engine.SubmitAsync(gate.Flow(), 3, new JobOptions { Id = new JobId("job") });
            await gate.Began;
        }

        var next = new Gate();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddActorFlow(Configure).AddFlow(next.Flow().Executable);
        using (var host = builder.Build())
        {
            await host.StartAsync();
            await next.Began;
            next.Open();
            await host.StopAsync();
        }

        await using var last = _data.Open();
        var job = Assert.Single(await last.ListAsync());
        Assert.Equal("job", job.Id.Value);
        last.Register(next.Flow());
        var report = await (await last.GetAsync(job.Id))!.GetReportAsync();
        Assert.Equal((TaskPhase.Succeeded, 2), (report["gate"].Phase, report["gate"].Attempts));
    }

    [Fact]
    public async Task Tasks_and_observers_come_from_the_hosts_services()
    {
        var counter = new Counter();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(counter);
        builder.Services.AddActorFlow(options => options.InMemory = true).AddObserver<CountingObserver>();
        using var host = builder.Build();
        var flow = FlowBuilder.Create<int>("hosted");
        var count = flow.Task("count", flow.Input, host => new CountingTask(host.GetRequiredService<Counter>()));
        var engine = host.Services.GetRequiredService<ActorFlowEngine>();
        Assert.Equal(8, await engine.RunAsync(flow.Build(count), 7));
        await counter.Job.Task;
        Assert.Equal(1, counter.Tasks);
    }

    [Fact]
    public async Task A_host_that_stops_leaves_what_is_not_resumed_yet()
    {
        var journal = new WatchedJournal();
        await using (var engine = _data.Open(options => options.Journal = journal))
            for (var i = 0; i < 3; i++) await engine.SubmitAsync(new Gate().Flow(), i);

        var (jobs, reads, read) = (new ConcurrentDictionary<JobId, int>(), 0, new Gate());
        journal.OnRead = job =>
        {
            jobs[job] = 1;
            return read.PassAsync(Interlocked.Increment(ref reads), CancellationToken.None);
        };
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddActorFlow(options => options.Journal = journal).AddFlow(new Gate().Flow().Executable);
        using var host = builder.Build();
        var service = host.Services.GetServices<IHostedService>().Single();
        await service.StartAsync(CancellationToken.None);
        await read.Began;
        var stopping = service.StopAsync(CancellationToken.None);
        read.Open();
        await stopping;
        Assert.Single(jobs);
    }

    [Fact]
    public async Task Two_flows_of_one_name_are_an_error_and_the_journal_is_free()
    {
        var other = FlowBuilder.Create<int>("gated");
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddActorFlow(Configure)
            .AddFlow(new Gate().Flow().Executable)
            .AddFlow(other.Build(other.Task("other", other.Input, x => x)).Executable);
        using var host = builder.Build();
        var error = Assert.Throws<ActorFlowException>(() => host.Services.GetRequiredService<ActorFlowEngine>());
        Assert.Contains("Another flow 'gated'", error.Message, StringComparison.Ordinal);
        await using var engine = _data.Open();
        Assert.Empty(await engine.ListAsync());
    }

    [Fact]
    public async Task Options_of_a_host_that_make_no_sense_are_all_named()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddActorFlow(options => (options.ComputePoolSize, options.AsyncPoolSize) = (0, -1));
        using var host = builder.Build();
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Equal(2, error.Failures.Count());
    }

    [Fact]
    public async Task A_service_of_an_attempt_waits_at_its_end_for_what_still_notes_something_down()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddScoped<NotingService>();
        builder.Services.AddActorFlow(options => options.InMemory = true);
        using var host = builder.Build();
        var flow = FlowBuilder.Create<int>("noting");
        var task = flow.Task("note", flow.Input, (input, context) =>
        {
            context.Services.GetRequiredService<NotingService>().Context = context;
            return input + 1;
        });
        var engine = host.Services.GetRequiredService<ActorFlowEngine>();
        Assert.Equal(8, await engine.RunAsync(flow.Build(task), 7));
    }

    private void Configure(ActorFlowOptions options)
    {
        options.DataDirectory = _data.Path;
        options.DrainTimeout = TimeSpan.FromMinutes(1);
    }

    public void Dispose() => _data.Dispose();

    private sealed class Counter
    {
        public int Tasks { get; set; }

        public TaskCompletionSource Job { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class CountingTask(Counter counter) : SyncTask<int, int>
    {
        public override int Run(int input, TaskContext context)
        {
            counter.Tasks++;
            return input + 1;
        }
    }

    private sealed class CountingObserver(Counter counter) : JobObserver
    {
        public override ValueTask OnJobStartedAsync(JobHandle job, CancellationToken cancellationToken)
        {
            counter.Job.TrySetResult();
            return default;
        }
    }

    private sealed class NotingService : IAsyncDisposable
    {
        public TaskContext? Context { get; set; }

        public async ValueTask DisposeAsync()
        {
            var noting = Task.Run(() => Context!.Trace("number", Context.Logger.GetHashCode()));
            await noting.WaitAsync(TimeSpan.FromMinutes(1));
        }
    }
}
