namespace ActorFlow.Api.Tests.Engine;

/// <summary>What an engine tells of its own journal, and by which clock it keeps jobs.</summary>
public sealed class JournalNoticeTests : IDisposable
{
    private readonly DataDirectory _data = new();
    private readonly LogLines _logs = new();

    [Fact]
    public async Task A_torn_tail_that_was_cut_is_warned_of()
    {
        await using (var engine = _data.Open()) await engine.RunAsync(new Flaky(0).Flow(), 1);
        var segment = Directory.GetFiles(Path.Combine(_data.Path, "journal"), "*.journal").Single();
        using (var file = File.OpenWrite(segment)) file.SetLength(file.Length - 5);

        await using (_data.Open(options => options.LoggerFactory = _logs))
        {
            var kept = Directory.GetFiles(Path.Combine(_data.Path, "journal"), "*.cut-*").Single();
            var warning = Assert.Single(_logs.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
            Assert.Contains("ended in a torn write", warning, StringComparison.Ordinal);
            Assert.Contains(kept, warning, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Jobs_that_are_forgotten_are_told_and_are_nothing_to_worry_about()
    {
        await using (var engine = _data.Open()) await engine.RunAsync(new Flaky(0).Flow(), 1);

        var clock = new ShiftedClock(TimeSpan.FromDays(31));
        await using (var engine = _data.Open(options => (options.Time, options.LoggerFactory) = (clock, _logs)))
        {
            Assert.Empty(await engine.ListAsync());
            Assert.StartsWith(
                "Information Forgot 1 jobs that had ended before", _logs.Lines[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task How_long_ended_jobs_are_kept_is_told_by_the_clock_of_the_engine()
    {
        var past = new ShiftedClock(TimeSpan.FromDays(-365));
        await using (var engine = _data.Open(options => options.Time = past))
            await engine.RunAsync(new Flaky(0).Flow(), 1);
        await using var again = _data.Open(options => options.Time = past);
        Assert.Single(await again.ListAsync());
    }

    public void Dispose()
    {
        _data.Dispose();
        _logs.Dispose();
    }

    /// <summary>A clock that is ahead of the system's, or behind it.</summary>
    private sealed class ShiftedClock(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }
}
