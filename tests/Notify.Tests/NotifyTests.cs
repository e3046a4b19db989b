using Microsoft.Extensions.Logging;

namespace ActorFlow.Notify.Tests;

/// <summary>Which channels are asked, with what, and what becomes of failures.</summary>
public sealed class NotifyTests
{
    [Fact]
    public async Task Processes_P24_a_broken_channel_stops_no_other_and_is_logged_and_told()
    {
        var (spy, log) = (new Spy(), new LogLines());
        var result = await (await Reports.MixedAsync()).NotifyAsync([new Broken(), spy], log: log);

        Assert.Single(spy.Seen);
        Assert.False(result.Succeeded);
        Assert.Equal(["broken", "spy"], result.Channels.Select(channel => channel.Channel.Name));
        Assert.Equal(["The line is dead.", null], result.Channels.Select(channel => channel.Error?.Message));
        Assert.Equal("Channel broken failed to send the report of job job-1", Assert.Single(log.Lines));
    }

    [Fact]
    public async Task Processes_P24_some_tasks_are_told_of_without_regard_to_case()
    {
        Assert.Equal(["alpha", "gamma"], await NamesAsync(tasks: ["ALPHA", "gamma", "unknown"]));
        Assert.Equal([], await NamesAsync(tasks: []));
    }

    [Fact]
    public async Task Processes_P24_both_filters_hold_together()
    {
        Assert.Equal(["beta"], await NamesAsync(onlyErrors: true));
        Assert.Equal(["beta"], await NamesAsync(onlyErrors: true, tasks: ["alpha", "beta"]));
        Assert.Null(await NamesAsync(onlyErrors: true, tasks: ["alpha"]));
    }

    [Fact]
    public async Task Without_errors_nothing_is_sent_if_only_they_are_wanted()
    {
        var spy = new Spy();
        var result = await (await Reports.GoodAsync()).NotifyAsync([spy, new Broken()], onlyErrors: true);
        Assert.Empty(spy.Seen);
        Assert.Empty(result.Channels);
        Assert.True(result.Succeeded);
    }

    [Fact]
    public async Task A_job_that_timed_out_without_a_failed_task_is_an_error()
    {
        var report = JobReport.FromJson(
            """
            {"job":"j","flow":"f","status":"timedout","startedAt":"2030-01-31T12:00:00Z","endedAt":null,
             "counts":{"succeeded":0,"failed":0,"skipped":0,"cancelled":0},"criticalPath":[],"tasks":[]}
            """);
        var spy = new Spy();
        await report.NotifyAsync([spy], onlyErrors: true);
        Assert.True(Assert.Single(spy.Seen).OnlyErrors);
        await report.NotifyAsync([spy], onlyErrors: true, tasks: ["a"]);
        Assert.Single(spy.Seen);
    }

    [Fact]
    public async Task Without_channels_nothing_happens() =>
        Assert.Empty((await (await Reports.MixedAsync()).NotifyAsync([])).Channels);

    [Fact]
    public async Task A_caller_who_gives_up_is_told_so()
    {
        var report = await Reports.MixedAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => report.NotifyAsync([new Spy()], cancellationToken: new CancellationToken(canceled: true)));
    }

    /// <summary>The names that a channel is told; null if it is told nothing.</summary>
    private static async Task<IEnumerable<string>?> NamesAsync(bool onlyErrors = false, string[]? tasks = null)
    {
        var spy = new Spy();
        await (await Reports.MixedAsync()).NotifyAsync([spy], onlyErrors, tasks);
        return spy.Seen.SingleOrDefault()?.Report.Tasks.Select(task => task.Name);
    }

    private sealed class LogLines : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));
    }
}
