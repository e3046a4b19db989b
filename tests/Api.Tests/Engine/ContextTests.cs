using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ActorFlow.Api.Tests.Engine;

/// <summary>What an attempt knows of itself.</summary>
public sealed partial class ContextTests
{
    [Theory]
    [InlineData(null, "job-7")]
    [InlineData("cause-3", "cause-3")]
    public async Task An_attempt_knows_its_job_task_number_and_cause(string? given, string correlation)
    {
        var flow = FlowBuilder.Create("context");
        var task = flow.Task("t", context => context.Attempt < 2
            ? throw new IOException("once")
            : $"{context.FlowName} {context.TaskName} {context.JobId} {context.Attempt} {context.CorrelationId}");
        task.Retry(2);
        await using var engine = ActorFlowEngine.CreateInMemory();

        var job = await engine.SubmitAsync(
            flow.Build(task), Nothing.Value, new JobOptions { Id = new JobId("job-7"), CorrelationId = given });

        Assert.Equal($"context t job-7 2 {correlation}", await job.GetResultAsync());
    }

    [Fact]
    public async Task Each_line_that_it_logs_has_them_too()
    {
        var scopes = new Scopes();
        var flow = FlowBuilder.Create("logs");
        flow.Task("t", context => Say.Here(context.Logger));
        await using var engine = ActorFlowEngine.Create(
            new ActorFlowOptions { InMemory = true, LoggerFactory = scopes });
        await (await engine.SubmitAsync(
            flow.Build(), Nothing.Value, new JobOptions { Id = new JobId("job-8") })).WaitAsync();

        Assert.Contains("JobId=job-8 Task=t Attempt=1 CorrelationId=job-8", scopes.Seen);
    }

    private static partial class Say
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "here")]
        public static partial void Here(ILogger log);
    }

    /// <summary>Logs of which only the scopes are kept.</summary>
    private sealed class Scopes : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Seen { get; } = [];

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            if (state is IEnumerable<KeyValuePair<string, object?>> names)
                Seen.Enqueue(string.Join(' ', names.Select(each => $"{each.Key}={each.Value}")));
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            // What is said does not matter here.
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
