using System.Text.RegularExpressions;
using ActorFlow.Api.Tests.Engine;
using Microsoft.Extensions.Logging;

namespace ActorFlow.Api.Tests.Observing;

/// <summary>Log files of attempts.</summary>
public sealed partial class TaskLogTests : IDisposable
{
    private readonly DataDirectory _data = new();

    [Fact]
    public async Task What_a_task_logs_is_in_a_file_of_its_attempt()
    {
        var flow = FlowBuilder.Create<int>("logs");
        flow.Task("talks", flow.Input, (x, context) =>
        {
            Say.Value(context.Logger, LogLevel.Information, context.Attempt);
            Say.Value(context.Logger, LogLevel.Debug, 99);
            return x;
        });
        flow.Task("silent", flow.Input, x => x);
        await RunAsync(flow.Build(), new TaskLogOptions());

        var file = Assert.Single(Files());
        Assert.Equal(Path.Combine(_data.Path, "logs", "job%2F1", "talks.1.log"), file);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INF value 1\n$", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Each_attempt_has_its_own_file_and_a_failed_one_says_why()
    {
        var runs = 0;
        var flow = FlowBuilder.Create<int>("logs");
        flow.Task("flaky", flow.Input, (x, context) =>
        {
            Say.Value(context.Logger, LogLevel.Warning, x);
            context.Trace("run", runs);
            return ++runs == 1 ? throw new IOException("once") : x;
        }).Retry(2);
        await RunAsync(flow.Build(), new TaskLogOptions { Directory = Path.Combine(_data.Path, "own") });

        var files = Files();
        Assert.Equal(["flaky.1.log", "flaky.2.log"], files.Select(Path.GetFileName));
        Assert.Matches(
            @"(?s)WRN value 7\n\S+ ERR The attempt failed: System\.IO\.IOException: once\n  run = 0\n   at ",
            await File.ReadAllTextAsync(files[0]));
        Assert.Single(await File.ReadAllLinesAsync(files[1]));
    }

    [Fact]
    public async Task A_file_takes_so_much_and_says_that_it_ends()
    {
        var flow = FlowBuilder.Create<int>("logs");
        flow.Task("chatty", flow.Input, (x, context) =>
        {
            for (var i = 0; i < 1000; i++) Say.Value(context.Logger, LogLevel.Error, i);
            return x;
        });
        await RunAsync(flow.Build(), new TaskLogOptions { MaxBytes = 200 });

        var lines = await File.ReadAllLinesAsync(Assert.Single(Files()));
        Assert.EndsWith("WRN The log ends here: it may have 200 bytes.", lines[^1], StringComparison.Ordinal);
        Assert.InRange(lines.SkipLast(1).Sum(line => line.Length + 1), 1, 200);
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_fails_no_task()
    {
        var taken = Path.Combine(_data.Path, "taken");
        await File.WriteAllTextAsync(taken, "a file where a directory is wanted");
        using var logs = new LogLines();
        var flow = FlowBuilder.Create<int>("logs");
        flow.Task("talks", flow.Input, (x, context) =>
        {
            Say.Value(context.Logger, LogLevel.Error, x);
            Say.Value(context.Logger, LogLevel.Error, x);
            return x;
        });
        Assert.Equal(JobPhase.Succeeded, await RunAsync(flow.Build(), new TaskLogOptions { Directory = taken }, logs));
        Assert.Single(logs.Lines, line => line.StartsWith("Warning The log of task talks", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_the_option_there_are_no_files()
    {
        var flow = FlowBuilder.Create<int>("logs");
        flow.Task("talks", flow.Input, (x, context) =>
        {
            Say.Value(context.Logger, LogLevel.Error, x);
            return x;
        });
        await RunAsync(flow.Build(), logs: null);
        Assert.Empty(Files());
    }

    [Fact]
    public void A_limit_below_one_byte_is_refused()
    {
        var error = Assert.Throws<ActorFlowException>(
            () => _data.Open(options => options.TaskLogs = new TaskLogOptions { MaxBytes = 0 }));
        Assert.Contains("TaskLogs.MaxBytes is 0; it must be at least 1.", error.Message, StringComparison.Ordinal);
    }

    private List<string> Files() =>
        [.. Directory.EnumerateFiles(_data.Path, "*.log", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private async Task<JobPhase> RunAsync(
        Flow<int, Nothing> flow, TaskLogOptions? logs, ILoggerFactory? engineLogs = null)
    {
        await using var engine = _data.Open(options =>
        {
            options.TaskLogs = logs;
            if (engineLogs is not null) options.LoggerFactory = engineLogs;
        });
        return await (await engine.SubmitAsync(flow, 7, new JobOptions { Id = new JobId("job/1") })).WaitAsync();
    }

    public void Dispose() => _data.Dispose();

    private static partial class Say
    {
        [LoggerMessage(EventId = 1, Message = "value {Value}")]
        public static partial void Value(ILogger log, LogLevel level, int value);
    }
}
