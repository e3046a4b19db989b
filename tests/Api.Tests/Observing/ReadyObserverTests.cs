using ActorFlow.Api.Tests.Engine;
using Microsoft.Extensions.Logging;

namespace ActorFlow.Api.Tests.Observing;

/// <summary>The observers that come with the library.</summary>
public sealed class ReadyObserverTests : IDisposable
{
    private readonly DataDirectory _data = new();

    [Fact]
    public async Task The_logging_observer_tells_what_happens_and_warns_of_what_fails()
    {
        using var logs = new LogLines();
        await RunAsync(new Flaky(1).Flow(middle => middle.Retry(2)), new LoggingObserver(logs, LogLevel.Debug));
        Assert.Equal(
            [
                "Debug Job job of flow flaky started or goes on", "Debug Job job: attempt 1 of task first started",
                "Debug Job job: task first ended: Succeeded", "Debug Job job: attempt 1 of task middle started",
                "Warning Job job: attempt 1 of task middle failed: System.IO.IOException: failure 1",
            ],
            logs.Lines.Take(5));
        Assert.Equal("Debug Job job ended: Succeeded", logs.Lines[^1]);
        Assert.All(logs.Categories, category => Assert.StartsWith("ActorFlow", category, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_timing_observer_measures_each_task_over_all_its_attempts()
    {
        var clock = new StepClock();
        var timing = new TimingObserver();
        var flow = FlowBuilder.Create<int>("timed");
        var slow = flow.Task("slow", flow.Input, x => clock.Pass(x, TimeSpan.FromSeconds(5)));
        var runs = 0;
        flow.Task("twice", slow, x =>
            clock.Pass(++runs == 1 ? throw clock.Late(TimeSpan.FromSeconds(1)) : x, TimeSpan.FromSeconds(2))).Retry(2);
        await using (var engine = ActorFlowEngine.Create(new ActorFlowOptions
        {
            InMemory = true,
            Time = clock,
            Observers = { timing },
        }))
            await (await engine.SubmitAsync(flow.Build(), 1, new JobOptions { Id = new JobId("job") })).WaitAsync();

        var timings = timing.Of(new JobId("job"))!;
        Assert.Equal(TimeSpan.FromSeconds(5), timings.Tasks["slow"]);
        Assert.Equal(TimeSpan.FromSeconds(3), timings.Tasks["TWICE"]);
        Assert.Equal((TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(8)), (timings.Sum, timings.Elapsed));
        Assert.Equal("slow", Assert.Single(timings.Slowest(1)).Key);
        Assert.Null(timing.Of(new JobId("another")));
    }

    [Fact]
    public async Task The_timing_observer_measures_tasks_that_were_added_while_the_job_ran()
    {
        var (clock, timing, logs) = (new StepClock(), new TimingObserver(), new LogLines());
        var flow = FlowBuilder.Create<IReadOnlyList<int>>("timed");
        var built = flow.Build(flow.Map("m", flow.Input, (int x) => clock.Pass(x, TimeSpan.FromSeconds(x))));
        await using (var engine = ActorFlowEngine.Create(new ActorFlowOptions
        {
            InMemory = true,
            ComputePoolSize = 1,
            Time = clock,
            LoggerFactory = logs,
            Observers = { timing },
        }))
            await engine.RunAsync(built, [2, 3], new JobOptions { Id = new JobId("job") });

        var tasks = timing.Of(new JobId("job"))!.Tasks;
        Assert.Equal(["m", "m[0]", "m[1]"], tasks.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(TimeSpan.FromSeconds(2), tasks["m[0]"]);
        Assert.DoesNotContain(logs.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_timing_observer_keeps_the_latest_jobs_only()
    {
        var timing = new TimingObserver(mostJobs: 2);
        await using (var engine = Engine(timing))
            foreach (var id in (string[])["a", "b", "c"])
                await engine.RunAsync(new Flaky(0).Flow(), 1, new JobOptions { Id = new JobId(id) });
        Assert.Equal(2, new[] { "a", "b", "c" }.Count(id => timing.Of(new JobId(id)) is not null));
    }

    [Fact]
    public async Task Outputs_are_written_as_json_also_live_ones_and_defaults()
    {
        var writing = new ResultWritingObserver(_data.Path);
        var flow = FlowBuilder.Create<int>("outputs");
        flow.Task("record", flow.Input, x => new { Value = x, Day = DayOfWeek.Friday });
        flow.Task("default", flow.Input, int (_) => throw new IOException("no")).IgnoreFailures(-1);
        flow.Task("fails", flow.Input, int (_) => throw new IOException("no"));
        await RunAsync(flow.Build(), writing);
        Assert.Equal("""{"Value":1,"Day":"Friday"}""", await ReadAsync("record"));
        Assert.Equal("-1", await ReadAsync("default"));
        Assert.False(File.Exists(writing.PathOf(new JobId("job"), "fails")));

        Task<string> ReadAsync(string task) => File.ReadAllTextAsync(writing.PathOf(new JobId("job"), task));
    }

    private static ActorFlowEngine Engine(JobObserver observer) =>
        ActorFlowEngine.Create(new ActorFlowOptions { InMemory = true, Observers = { observer } });

    private static Task RunAsync(Flow<int, Nothing> flow, JobObserver observer) => RunAsync(flow.Executable, observer);

    private static Task RunAsync(Flow<int, int> flow, JobObserver observer) => RunAsync(flow.Executable, observer);

    private static async Task RunAsync(Actors.ExecutableFlow flow, JobObserver observer)
    {
        await using var engine = Engine(observer);
        await (await engine.SubmitAsync(flow, Payload.Live(1), new JobOptions { Id = new JobId("job") })).WaitAsync();
    }

    public void Dispose() => _data.Dispose();

    /// <summary>A clock that stands still until a task moves it.</summary>
    private sealed class StepClock : TimeProvider
    {
        private long _ticks = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero).Ticks;

        public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

        public T Pass<T>(T value, TimeSpan span)
        {
            Interlocked.Add(ref _ticks, span.Ticks);
            return value;
        }

        public IOException Late(TimeSpan span) => Pass(new IOException("late"), span);
    }
}
