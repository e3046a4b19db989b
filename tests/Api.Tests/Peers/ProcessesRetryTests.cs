using ActorFlow.TestKit;

namespace ActorFlow.Api.Tests.Peers;

/// <summary>The cases of processes about retries and time, with time that costs none.</summary>
public sealed class ProcessesRetryTests
{
    private int _calls;

    [Fact]
    public async Task Processes_P8_one_failure_is_made_up_for_by_one_retry()
    {
        var run = await RunAsync(task => task.Retry(2), () => _calls == 1 ? new HttpRequestException("refused") : null);

        Assert.Equal((JobPhase.Succeeded, 2, 2), (run.Outcome, _calls, run.Report["t"].Attempts));
    }

    [Fact]
    public async Task Processes_P9_two_retries_are_three_calls_and_the_error_is_kept()
    {
        var run = await RunAsync(task => task.Retry(3), () => new HttpRequestException($"refused {_calls}"));

        Assert.Equal((JobPhase.Failed, 3), (run.Outcome, _calls));
        Assert.Equal("refused 3", run.Report["t"].Error!.Message);
        Assert.Equal(TaskPhase.Skipped, run.Report["next"].Phase);
    }

    [Fact]
    public async Task Processes_P10_an_error_that_is_not_to_be_retried_is_one_call()
    {
        var run = await RunAsync(
            task => task.Retry(4).RetryOn<HttpRequestException>().RetryOn<TimeoutException>(),
            () => new FormatException("wrong"));

        Assert.Equal((JobPhase.Failed, 1), (run.Outcome, _calls));
        Assert.Equal(Reason.NotRetryable, run.Report["t"].Reason);
    }

    [Fact]
    public async Task Processes_P11_errors_of_ones_own_choice_are_retried()
    {
        var run = await RunAsync(
            task => task.Retry(4).RetryOn<InvalidOperationException>(),
            () => _calls <= 2 ? new InvalidOperationException("not yet") : null);

        Assert.Equal((JobPhase.Succeeded, 3), (run.Outcome, _calls));
    }

    [Fact]
    public async Task Processes_P12_a_slow_body_is_timed_out_and_its_dependants_are_skipped()
    {
        var run = await SlowAsync(task => task.Timeout(TimeSpan.FromMilliseconds(50)), _ => true);

        Assert.Equal((JobPhase.Failed, TimeSpan.FromMilliseconds(50)), (run.Outcome, run.Elapsed));
        Assert.Equal(Failure.TimeoutType, run.Report["t"].Error!.Type);
        Assert.Equal((TaskPhase.Skipped, "t"), (run.Report["next"].Phase, run.Report["next"].SkippedBecause));
    }

    [Theory]
    [InlineData(2, 1, 2, JobPhase.Succeeded)]
    [InlineData(3, 9, 3, JobPhase.Failed)]
    public async Task Processes_P13_a_time_out_is_retried(int attempts, int slow, int calls, JobPhase outcome)
    {
        var run = await SlowAsync(
            task => task.Timeout(TimeSpan.FromMilliseconds(50)).Retry(attempts).RetryOn<TimeoutException>(),
            call => call <= slow);

        Assert.Equal((outcome, calls, calls), (run.Outcome, _calls, run.Report["t"].Attempts));
    }

    [Theory]
    [InlineData(1, 4.0)]
    [InlineData(4, 2.0)]
    public async Task Processes_P17_independent_tasks_take_their_time_side_by_side(int parallel, double seconds)
    {
        var flow = FlowBuilder.Create("timing").MaxParallel(parallel);
        TaskHandle<Nothing> Add(string name, double time, params TaskHandle<Nothing>[] needs) =>
            flow.Task(name, (TaskContext context) =>
                Task.Delay(TimeSpan.FromSeconds(time), context.Time, context.CancellationToken)).After([.. needs]);
        var (t1, t2) = (Add("t1", 1), Add("t2", 0.5));
        Add("t3", 0.25);
        Add("t4", 1.25, t2);
        var t5 = Add("t5", 0.75, t1);
        Add("t6", 0.25, t2, t5);
        await using var test = new FlowTest(flow.Build().Executable);

        var run = await test.RunAsync();

        Assert.Equal((6, TimeSpan.FromSeconds(seconds)), (run.Report.Counts.Succeeded, run.Elapsed));
    }

    private Task<FlowRun> RunAsync(Action<TaskHandle<int>> configure, Func<Exception?> failure)
    {
        var flow = FlowBuilder.Create("retries");
        var task = flow.Task("t", () =>
        {
            _calls++;
            return failure() is { } e ? throw e : _calls;
        });
        configure(task);
        return EndAsync(flow, task);
    }

    private Task<FlowRun> SlowAsync(Action<TaskHandle<int>> configure, Func<int, bool> isSlow)
    {
        var flow = FlowBuilder.Create("slow");
        var task = flow.Task("t", async (TaskContext context) =>
        {
            var call = ++_calls;
            if (isSlow(call))
                await Task.Delay(TimeSpan.FromMilliseconds(300), context.Time, context.CancellationToken);
            return call;
        });
        configure(task);
        return EndAsync(flow, task);
    }

    private static async Task<FlowRun> EndAsync(FlowBuilder<Nothing> flow, TaskHandle<int> task)
    {
        flow.Task("next", task, x => x);
        await using var test = new FlowTest(flow.Build().Executable);
        return await test.RunAsync();
    }
}
