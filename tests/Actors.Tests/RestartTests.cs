using ActorFlow.Engine;
using ActorFlow.Journal;
using Microsoft.Extensions.Logging;

namespace ActorFlow.Actors.Tests;

/// <summary>A job starts again after an error: how often, and which one.</summary>
public sealed class RestartTests
{
    private static readonly InvalidOperationException Odd = new("odd");

    [Fact]
    public async Task Errors_that_have_nothing_to_do_with_each_other_do_not_add_up()
    {
        // Each task's success is lost once, and recorded when the task has run again.
        await using var system = new TestSystem(journal: new FailingJournal(append => append % 3 == 2 ? Odd : null));
        var flow = new TestFlow("f").Task("t0");
        for (var i = 1; i < 6; i++) flow.Task($"t{i}", $"t{i - 1}");
        var job = await system.SubmitAsync(flow.Build());
        Assert.Equal(JobPhase.Succeeded, await job.WhenEnded);
    }

    [Fact]
    public async Task A_job_of_which_nothing_can_be_recorded_any_more_is_given_up()
    {
        var appends = 0;
        await using var system = new TestSystem(journal: new FailingJournal(append =>
        {
            Volatile.Write(ref appends, append);
            return append > 1 ? Odd : null;
        }));
        var job = await system.SubmitAsync(new TestFlow("f").Task("a").Build());
        await Assert.ThrowsAsync<InvalidOperationException>(() => job.WhenEnded);
        Assert.Equal(5, appends);
    }

    [Fact]
    public async Task That_a_job_began_anew_is_no_progress_of_it()
    {
        // What the attempt has led to is lost each time, and that it was lost is recorded.
        await using var system = new TestSystem(journal: new FailingJournal(append => append % 2 == 0 ? Odd : null));
        var ran = 0;
        var flow = new TestFlow("f").Task("a", _ =>
        {
            Interlocked.Increment(ref ran);
            return Outputs.None;
        });
        var job = await system.SubmitAsync(flow.Build());
        await Assert.ThrowsAsync<InvalidOperationException>(() => job.WhenEnded);
        Assert.Equal(4, ran);
    }

    [Fact]
    public async Task Who_waits_for_a_job_that_is_given_up_is_told_though_the_log_throws()
    {
        var journal = new FailingJournal(append => append > 1 ? FailingJournal.DiskFull : null);
        await using var system = new TestSystem(journal: journal, loggers: new ThrowingLoggers());
        var job = await system.SubmitAsync(new TestFlow("f").Task("a").Build());
        await Assert.ThrowsAsync<JournalWriteException>(() => job.WhenEnded);
    }

    [Fact]
    public async Task A_log_that_throws_is_no_failure_of_the_task_that_logs()
    {
        await using var system = new TestSystem(loggers: new ThrowingLoggers());
        var flow = new TestFlow("f").Task("a", call =>
        {
            call.Context.Logger.LogWarning("told to nobody");
            return Outputs.None;
        });
        var job = await system.SubmitAsync(flow.Build());
        Assert.Equal(JobPhase.Succeeded, await job.WhenEnded);
    }

    [Fact]
    public async Task A_job_whose_submission_failed_does_not_start_again_beside_the_next_of_its_name()
    {
        var reads = new HoldingReads(new FailingJournal(append => append == 1 ? Odd : null));
        await using var system = new TestSystem(journal: reads);
        var flow = new TestFlow("f").Task("a").Build();
        await Assert.ThrowsAsync<InvalidOperationException>(() => system.SubmitAsync(flow));
        var job = await system.SubmitAsync(flow);
        Assert.Equal(JobPhase.Succeeded, await job.WhenEnded);
        // Whoever starts again reads the journal first.
        await system.Jobs.DisposeAsync();
        Assert.Equal(0, reads.Reads);
    }

    private sealed class ThrowingLoggers : ILoggerFactory, ILogger
    {
        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => throw new IOException("The log is full.");

        public bool IsEnabled(LogLevel logLevel) => throw new IOException("The log is full.");

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => throw new IOException("The log is full.");

        public void Dispose() { }
    }
}
