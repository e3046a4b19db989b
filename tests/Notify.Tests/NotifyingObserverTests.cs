using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorFlow.Notify.Tests;

/// <summary>Notifications at the end of jobs.</summary>
public sealed class NotifyingObserverTests
{
    [Fact]
    public async Task The_end_of_a_job_is_told_once_also_when_the_engine_closes_with_it()
    {
        var spy = new Spy();
        await RunAsync(Reports.Mixed(), new NotificationOptions { Channels = { spy } });
        Assert.Equal(JobPhase.Failed, Assert.Single(spy.Seen).Report.Phase);
    }

    [Fact]
    public async Task Only_errors_of_only_some_flows_and_tasks_are_told_if_so_wanted()
    {
        var spy = new Spy();
        var options = new NotificationOptions
        {
            Channels = { spy },
            OnlyErrors = true,
            Tasks = ["Beta"],
            Flows = ["A"],
        };
        await RunAsync(Reports.Mixed("a"), options);
        await RunAsync(Reports.Mixed("b"), options);
        await RunAsync(Reports.Good("a"), options);
        var (report, onlyErrors) = Assert.Single(spy.Seen);
        Assert.Equal(("a", "beta", true), (report.Flow, Assert.Single(report.Tasks).Name, onlyErrors));
    }

    [Fact]
    public async Task Each_end_of_a_job_that_goes_on_is_told()
    {
        var spy = new Spy();
        var runs = 0;
        var flow = FlowBuilder.Create<int>("again");
        flow.Task("flaky", flow.Input, x => ++runs == 1 ? throw new IOException("once") : x);
        await using (var engine = Engine(new NotificationOptions { Channels = { spy } }))
        {
            var job = await engine.SubmitAsync(flow.Build(), 1);
            await job.WaitAsync();
            await spy.Told;
            await job.RetryFailedAsync();
            await job.WaitAsync();
        }

        Assert.Equal([JobPhase.Failed, JobPhase.Succeeded], spy.Seen.Select(seen => seen.Report.Phase));
    }

    [Fact]
    public async Task A_host_has_notifications_with_one_line_and_channels_from_its_services()
    {
        var (own, shared) = (new Spy(), new Spy());
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<IReportChannel>(shared);
        builder.Services.AddActorFlow(options => options.InMemory = true)
            .AddNotifications(options =>
            {
                options.Channels.Add(new Broken());
                options.Channels.Add(own);
            });
        using var host = builder.Build();
        await host.StartAsync();
        var engine = host.Services.GetRequiredService<ActorFlowEngine>();
        await (await engine.SubmitAsync(Reports.Good(), 1)).WaitAsync();
        await host.StopAsync();
        Assert.Equal((1, 1), (own.Seen.Count, shared.Seen.Count));
    }

    [Fact]
    public async Task A_job_that_ended_in_an_earlier_process_is_not_told_again()
    {
        var journal = Directory.CreateTempSubdirectory("actorflow-notify-");
        try
        {
            var spy = new Spy();
            for (var process = 0; process < 2; process++)
            {
                var options = new ActorFlowOptions { DataDirectory = journal.FullName };
                options.Observers.Add(new NotifyingObserver(new NotificationOptions { Channels = { spy } }));
                await using var engine = ActorFlowEngine.Create(options);
                engine.Register(Reports.Good());
                await engine.ResumeAsync();
                var job = await engine.SubmitAsync(Reports.Good(), 1, new JobOptions { Id = new JobId("same") });
                await job.WaitAsync();
            }

            Assert.Single(spy.Seen);
        }
        finally
        {
            journal.Delete(recursive: true);
        }
    }

    private static async Task RunAsync(Flow<int, Nothing> flow, NotificationOptions options)
    {
        await using var engine = Engine(options);
        await (await engine.SubmitAsync(flow, 1)).WaitAsync();
    }

    private static ActorFlowEngine Engine(NotificationOptions options) => ActorFlowEngine.Create(new ActorFlowOptions
    {
        InMemory = true,
        Observers = { new NotifyingObserver(options) },
    });
}
