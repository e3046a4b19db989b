using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace ActorFlow.Api.Tests.Building;

/// <summary>Tasks take values from their configuration; with each job stays what it was submitted with.</summary>
public sealed class ConfigurationTests
{
    [Fact]
    public async Task A_setting_is_taken_from_code_or_else_is_its_default()
    {
        Assert.Equal(15, await Jobs.ResultOf(Scaled(task => task.Configure(new { Factor = 3 })), 5));
        Assert.Equal(20, await Jobs.ResultOf(Scaled(task => task.Configure(new { Factor = 3 }).Configure(
            new { factor = 4 })), 5));
        Assert.Equal(10, await Jobs.ResultOf(Scaled(_ => { }, byDefault: 2), 5));
    }

    [Fact]
    public async Task Sections_of_a_configuration_are_named_after_flow_and_task()
    {
        var configuration = Configuration(("scaled:SCALE:Factor", "7"), ("other:scale:Factor", "8"));

        Assert.Equal(35, await Jobs.ResultOf(Scaled(_ => { }, byDefault: 2, configuration), 5));
    }

    [Fact]
    public async Task Fields_from_the_configuration_go_over_those_of_the_upstream_task()
    {
        var flow = FlowBuilder.Create<int>("merged");
        var made = flow.Task("make", flow.Input, x => new Options(x, "made", [1]));
        flow.Task("take", made.Configured(o => o.Name, o => o.Numbers), o => $"{o.Limit} {o.Name} {o.Numbers.Sum()}")
            .Configure(new { Name = "configured", Numbers = new[] { 2, 3 } });

        Assert.Equal("4 configured 5", await Jobs.ResultOf(flow.Build<string>(), 4));
    }

    [Fact]
    public async Task A_whole_record_can_come_from_the_configuration()
    {
        var flow = FlowBuilder.Create("whole").Configure(Configuration(
            ("whole:take:limit", "12"), ("whole:take:numbers:0", "1"), ("whole:take:numbers:1", "2"),
            ("whole:take:day", "Friday"), ("whole:take:exact", "True")));
        flow.Task(
            "take", Source.Configured<WholeOptions>(),
            o => $"{o.Limit} {o.Numbers.Sum()} {o.Name} {o.Day} {o.Exact}");

        Assert.Equal("12 3 none Friday True", await Jobs.ResultOf(flow.Build<string>(), Nothing.Value));
    }

    [Fact]
    public void Everything_that_is_missing_unknown_or_of_the_wrong_type_is_listed()
    {
        var flow = FlowBuilder.Create("faults").Configure(Configuration(("faults:tke:limit", "12")));
        flow.Task("take", Source.Configured<WholeOptions>(), o => o.Limit)
            .Configure(new { Limit = "many", Day = 5, Numbrs = new[] { 1 } });

        var faults = Assert.Throws<FlowDefinitionException>(() => flow.Build()).Faults;

        Assert.Equal(
            [
                "There is configuration for a task 'tke', and there is no such task. Did you mean 'take'?",
                "Task 'take' takes 'Limit' from its configuration, where it is \"many\"; an int is wanted.",
                "Task 'take' takes 'Numbers' (int[]) from its configuration, and nothing is configured: say "
                    + "Configure(new { Numbers = … }), or set 'faults:take:Numbers'.",
                "Task 'take' takes no 'Numbrs' from its configuration. Did you mean 'Numbers'?",
            ],
            faults.Select(fault => fault.Message));
    }

    [Fact]
    public void The_configuration_is_part_of_the_fingerprint() => Assert.NotEqual(
        Scaled(task => task.Configure(new { Factor = 3 })).Definition.Fingerprint,
        Scaled(task => task.Configure(new { Factor = 4 })).Definition.Fingerprint);

    [Fact]
    public async Task A_resumed_job_goes_on_with_the_configuration_that_it_was_submitted_with()
    {
        using var data = new Engine.DataDirectory();
        var id = new JobId("configured");
        await using (var first = data.Open())
            await first.SubmitAsync(Waiting(3, Timeout.InfiniteTimeSpan), 5, new JobOptions { Id = id });

        await using var second = data.Open();
        second.Register(Waiting(4, TimeSpan.Zero));
        var resumed = Assert.Single((await second.ResumeAsync()).Resumed);

        Assert.Equal(JobPhase.Succeeded, await resumed.WaitAsync());
        Assert.Equal("15", (await resumed.GetReportAsync())["scale"].Output?.ToString());
        var conflict = await Assert.ThrowsAsync<JobConflictException>(
            () => second.SubmitAsync(Waiting(4, TimeSpan.Zero), 5, new JobOptions { Id = id }));
        Assert.Contains("task 'scale' changed", conflict.Message, StringComparison.Ordinal);

        static Flow<int, int> Waiting(int factor, TimeSpan delay)
        {
            var flow = FlowBuilder.Create<int>("waiting");
            var first = flow.Task("first", flow.Input, async (x, context) =>
            {
                await Task.Delay(delay, context.Time, context.CancellationToken);
                return x;
            });
            return flow.Build(flow.Task("scale", first, Source.Setting<int>("Factor"), (x, f) => x * f)
                .Configure(new { Factor = factor }));
        }
    }

    [Fact]
    public async Task Configured_fields_leave_the_others_as_they_are_tuples_too()
    {
        var flow = FlowBuilder.Create<Paired>("paired");
        var read = flow.Task("read", flow.Input.Configured(x => x.Factor), x => $"{x.Factor} {x.Pair}")
            .Configure(new { Factor = 9 });

        Assert.Equal("9 (2, 3)", await Jobs.ResultOf(flow.Build(read), new Paired(1, (2, 3))));
    }

    [Fact]
    public async Task A_task_that_is_there_can_be_configured_anew_by_a_flow_that_goes_on()
    {
        var old = Scaled(task => task.Configure(new { Factor = 3 }));

        var code = old.With(edit => edit.Output<int>("scale").Configure(new { Factor = 4 }));
        var host = old.With(edit => edit.Configure(Configuration(("scaled:scale:Factor", "6"))));
        var more = old.With(edit => edit.Task("more", edit.Output<int>("scale"), x => x));

        Assert.Equal(20, await Jobs.ResultOf(code, 5));
        Assert.Equal(30, await Jobs.ResultOf(host, 5));
        Assert.Equal(15, await Jobs.ResultOf(more, 5));
        Assert.Equal(15, await Jobs.ResultOf(old, 5));
    }

    private static Flow<int, int> Scaled(
        Action<TaskHandle<int>> configure, int? byDefault = null, IConfiguration? configuration = null)
    {
        var flow = FlowBuilder.Create<int>("scaled");
        var factor = byDefault is { } value ? Source.Setting("Factor", value) : Source.Setting<int>("Factor");
        configure(flow.Task("scale", flow.Input, factor, (x, f) => x * f));
        if (configuration is not null) flow.Configure(configuration);
        return flow.Build<int>();
    }

    private static ConfigurationManager Configuration(params (string Key, string Value)[] values)
    {
        var configuration = Host.CreateEmptyApplicationBuilder(null).Configuration;
        configuration.AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key, (string?)v.Value)));
        return configuration;
    }

    private sealed record Paired(int Factor, (int A, int B) Pair);

    private sealed record Options(int Limit, string Name, int[] Numbers);

    private sealed record WholeOptions(
        int Limit, int[] Numbers, DayOfWeek Day, string Name = "none", bool Exact = false);
}
