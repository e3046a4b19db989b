using ActorFlow.Journal;

namespace ActorFlow.Api.Tests.Engine;

/// <summary>What an engine does for its journal while it is open for long.</summary>
public sealed class UpkeepTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(17);

    private readonly DataDirectory _data = new();
    private readonly HandTurnedTimers _time = new();

    [Fact]
    public async Task An_open_engine_forgets_jobs_whose_time_is_over()
    {
        var forgotten = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var engine = Open(TimeSpan.Zero, forgotten.SetResult);
        await engine.RunAsync(new Flaky(0).Flow(), 1);
        Assert.Single(await engine.ListAsync());

        _time.Fire(Interval);
        Assert.Equal(1, await forgotten.Task);
        Assert.Empty(await engine.ListAsync());
    }

    [Fact]
    public async Task An_engine_in_memory_forgets_jobs_whose_time_is_over_with_their_logs()
    {
        await using var engine = OpenInMemory(TimeSpan.FromDays(1));
        var (gate, log) = (new Gate(), engine.TaskLogs!.PathOf(new JobId("old"), "middle", 1));
        await engine.RunAsync(new Flaky(0).Flow(), 1, new JobOptions { Id = new JobId("old") });
        Log("old", Path.GetFileName(log), age: TimeSpan.FromDays(1));
        Log("another", "t.1.log", age: TimeSpan.FromDays(1));
        await engine.SubmitAsync(gate.Flow(), 1, new JobOptions { Id = new JobId("open") });
        _time.Pass(TimeSpan.FromDays(2));
        await engine.RunAsync(new Flaky(0).Flow(), 1, new JobOptions { Id = new JobId("young") });

        _time.Fire(Interval);
        Assert.Equal(["open", "young"], (await engine.ListAsync()).Select(job => job.Id.Value));
        Assert.False(File.Exists(log));
        Assert.True(Directory.Exists(Path.Combine(_data.Path, "logs", "another")));
        gate.Open();
    }

    [Fact]
    public async Task An_engine_in_memory_keeps_jobs_for_ever_if_it_is_told_so()
    {
        await using var engine = OpenInMemory(null);
        await engine.RunAsync(new Flaky(0).Flow(), 1);
        _time.Pass(TimeSpan.FromDays(10_000));
        _time.Fire(Interval);
        Assert.Single(await engine.ListAsync());
    }

    [Fact]
    public async Task Whoever_reads_the_events_of_a_job_that_is_forgotten_meanwhile_is_told()
    {
        var journal = FileJournal.Open(new FileJournalOptions { Directory = Path.Combine(_data.Path, "own") });
        await using var engine = _data.Open(options => options.Journal = journal);
        var job = await engine.SubmitAsync(new Flaky(0).Flow(), 1);
        await job.WaitAsync();
        Assert.True(await journal.ForgetAsync(job.Id, CancellationToken.None));

        await using var rest = job.ReadEventsAsync(2).GetAsyncEnumerator();
        await Assert.ThrowsAsync<JobNotFoundException>(async () => await rest.MoveNextAsync());
    }

    [Fact]
    public async Task The_id_of_a_forgotten_job_is_free_though_somebody_still_has_a_hold_of_the_old_one()
    {
        var journal = FileJournal.Open(new FileJournalOptions { Directory = Path.Combine(_data.Path, "own") });
        await using var engine = _data.Open(options => options.Journal = journal);
        var (flaky, options) = (new Flaky(0), new JobOptions { Id = new JobId("again") });
        var old = await engine.SubmitAsync(flaky.Flow(), 1, options);
        await old.WaitAsync();
        Assert.True(await journal.ForgetAsync(old.Id, CancellationToken.None));

        Assert.Equal(30, await engine.RunAsync(flaky.Flow(), 2, options));
        Assert.Equal(2, flaky.Runs);
        Assert.Equal(20, await old.GetResultAsync());
    }

    [Fact]
    public async Task Log_files_of_forgotten_jobs_go_and_nothing_else_does()
    {
        await using var engine = _data.Open(options => options.TaskLogs = new TaskLogOptions());
        await engine.RunAsync(new Flaky(0).Flow(), 1, new JobOptions { Id = new JobId("known") });
        var known = Log("known", "t.1.log", age: TimeSpan.FromDays(31));
        var young = Log("young", "t.1.log", age: TimeSpan.FromDays(29));
        var notes = Log("mine", "notes.txt", age: TimeSpan.FromDays(31));
        var gone = new[] { "t.1.log", "t.2.log.errors" }
            .Select(name => Path.GetDirectoryName(Log($"gone.{name}", name, TimeSpan.FromDays(31)))).ToList();
        await engine.DisposeAsync();

        await using var next = _data.Open(options => options.TaskLogs = new TaskLogOptions());
        await Waiting.UntilAsync(() => !gone.Exists(Directory.Exists));
        Assert.All([known, young, notes], log => Assert.True(File.Exists(log)));
    }

    private string Log(string job, string name, TimeSpan age)
    {
        var directory = Directory.CreateDirectory(Path.Combine(_data.Path, "logs", job)).FullName;
        var file = Path.Combine(directory, name);
        File.WriteAllText(file, "");
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow - age);
        Directory.SetLastWriteTimeUtc(directory, DateTime.UtcNow - age);
        return file;
    }

    [Fact]
    public async Task A_closed_engine_leaves_its_journal_alone()
    {
        var engine = Open(TimeSpan.Zero, _ => Assert.Fail("It was compacted after the end."));
        await engine.RunAsync(new Flaky(0).Flow(), 1);
        await engine.DisposeAsync();
        _time.Fire(Interval);
    }

    private ActorFlowEngine Open(TimeSpan retention, Action<int> forgotten) => _data.Open(options =>
    {
        options.Journal = FileJournal.Open(new FileJournalOptions
        {
            Directory = Path.Combine(_data.Path, "own"),
            Retention = retention,
            OnForgotten = (count, _) => forgotten(count),
        });
        options.CompactionInterval = Interval;
        options.Time = _time;
    });

    private ActorFlowEngine OpenInMemory(TimeSpan? retention) => _data.Open(options =>
    {
        options.InMemory = true;
        options.Retention = retention;
        options.TaskLogs = new TaskLogOptions();
        options.CompactionInterval = Interval;
        options.Time = _time;
    });

    public void Dispose() => _data.Dispose();

    /// <summary>A clock that is ahead as wanted, with timers of long periods that go off only when told to.</summary>
    private sealed class HandTurnedTimers : TimeProvider
    {
        private readonly List<(TimeSpan Period, Action Fire, Timer Timer)> _timers = [];
        private TimeSpan _ahead;

        public void Pass(TimeSpan span) => _ahead += span;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;

        public void Fire(TimeSpan period)
        {
            foreach (var timer in _timers)
                if (timer.Period == period && !timer.Timer.IsDisposed) timer.Fire();
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (period < TimeSpan.FromMinutes(1)) return base.CreateTimer(callback, state, dueTime, period);
            var timer = new Timer();
            _timers.Add((period, () => callback(state), timer));
            return timer;
        }

        private sealed class Timer : ITimer
        {
            public bool IsDisposed { get; private set; }

            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose() => IsDisposed = true;

            public ValueTask DisposeAsync()
            {
                Dispose();
                return default;
            }
        }
    }
}
