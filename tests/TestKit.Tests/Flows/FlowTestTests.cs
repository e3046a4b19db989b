using System.Text.Json;
using System.Text.Json.Serialization;
using ActorFlow.Actors;

namespace ActorFlow.TestKit.Tests.Flows;

/// <summary>A flow in a test: time passes by itself, and everything that goes wrong goes wrong on demand.</summary>
public sealed class FlowTestTests
{
    private static readonly RetryPolicy Daily = new()
    {
        MaxAttempts = 4,
        Backoff = new Backoff
        {
            Shape = BackoffShape.Constant,
            Initial = TimeSpan.FromDays(1),
            Max = TimeSpan.FromDays(1),
        },
    };

    [Fact]
    public async Task Three_days_of_retries_pass_at_once()
    {
        var flow = new TestFlow().Task("fetch", _ => "page", new TaskPolicy { Retry = Daily }).Build();
        await using var test = new FlowTest(flow).Fail("fetch", new IOException("down"), attempts: 3);
        var run = await test.RunAsync();
        Assert.Equal(JobPhase.Succeeded, run.Outcome);
        Assert.Equal("page", run.Output<string>("fetch"));
        Assert.Equal(TimeSpan.FromDays(3), run.Elapsed);
        Assert.Equal(4, run.Report["fetch"].Attempts);
    }

    [Fact]
    public async Task A_stub_stands_in_for_a_task_and_its_dependents_take_its_output()
    {
        var flow = new TestFlow()
            .Task("fetch", _ => throw new InvalidOperationException("The real one must not run."))
            .Task("length", call => call.Decode<string>(call.Source(0)!)!.Length, null, "fetch")
            .Build();
        await using var test = new FlowTest(flow).Stub("FETCH", "four");
        Assert.Equal(4, (await test.RunAsync()).Output<int>("length"));
    }

    [Fact]
    public async Task A_stub_stands_in_for_every_task_of_a_class()
    {
        var flow = FlowBuilder.Create<string>("f");
        var first = flow.Task("first", flow.Input, new Fetch());
        var second = flow.Task("second", flow.Input, new Fetch()).Version("2");
        var both = flow.Task("both", first, second, (a, b) => a + b);
        await using var test = new FlowTest(flow.Build(both).Executable).StubAll<Fetch, int>(21);
        Assert.Equal(42, (await test.RunAsync("nowhere")).Output<int>("both"));
        var error = Assert.Throws<FlowTestException>(() => test.StubAll<string, int>(1));
        Assert.Equal("Flow 'f' has no task of class System.String.", error.Message);
    }

    [Fact]
    public async Task A_crash_comes_right_after_an_event_and_a_recorded_success_does_not_run_again()
    {
        var runs = new List<string>();
        var flow = new TestFlow().Task("a", Run).Task("b", Run, null, "a").Task("c", Run, null, "b").Build();
        await using var test = new FlowTest(flow)
            .CrashAfter(Expect.Succeeded("a")).CrashAfter(Expect.Started("c"));
        var run = await test.RunAsync();
        Assert.Equal(JobPhase.Succeeded, run.Outcome);
        Assert.Equal(3, run.Lives);
        Assert.Equal(1, run.Report["a"].Attempts);
        // B was recorded as started along with the success of a; c along with that of b.
        run.ShouldHave(
            Expect.Succeeded("a"), Expect.Started("b", attempt: 2), Expect.Started("c", attempt: 1),
            Expect.AttemptFailed("c", attempt: 1), Expect.Succeeded("c"), Expect.Ended(JobPhase.Succeeded));
        Assert.Equal(["a", "b", "c"], runs);

        string Run(TaskCall call)
        {
            runs.Add(call.Context.TaskName);
            return call.Context.TaskName;
        }
    }

    [Fact]
    public async Task A_task_that_hangs_meets_its_time_out_and_one_that_is_deaf_is_abandoned()
    {
        var timeouts = new TaskTimeouts { Attempt = TimeSpan.FromHours(1), Grace = TimeSpan.FromMinutes(5) };
        var policy = new TaskPolicy { Timeouts = timeouts };
        var flow = new TestFlow().Task("heeds", _ => 1, policy).Task("deaf", _ => 1, policy).Build();
        await using var test = new FlowTest(flow).Hang("heeds").Hang("deaf", heedsCancellation: false);
        var run = await test.RunAsync();
        Assert.Equal(JobPhase.Failed, run.Outcome);
        Assert.Equal(TimeSpan.FromMinutes(65), run.Elapsed);
        run.ShouldHave(Expect.Stopping("deaf"), Expect.Failed("heeds"), Expect.Abandoned("deaf"));
    }

    [Fact]
    public async Task A_probe_waits_for_what_happens_and_an_operator_acts_in_between()
    {
        var hold = new TaskPolicy { Retry = new RetryPolicy { OnExhausted = Directive.Hold } };
        var flow = new TestFlow().Task("a", _ => 1, hold).Task("b", _ => 2, null, "a").Build();
        await using var test = new FlowTest(flow).Fail("a", new IOException("once"), attempts: 1);
        await test.StartAsync();
        await test.ExpectAsync(Expect.Started("a"));
        await test.ExpectAsync(Expect.Held("a"));
        await test.PauseAsync();
        await test.SettleAsync("a", Directive.Retry);
        await test.AdvanceAsync(TimeSpan.FromHours(2));
        await test.ContinueAsync();
        await test.ExpectAsync(Expect.Succeeded("b"));
        var run = await test.EndAsync();
        Assert.Equal(TimeSpan.FromHours(2), run.Elapsed);
        await Assert.ThrowsAsync<JobRejectedException>(() => test.RetryFailedAsync());
    }

    [Fact]
    public async Task User_code_that_waits_by_the_clock_of_its_context_takes_no_real_time()
    {
        var flow = new TestFlow().Task("slow", async call =>
        {
            await Task.Delay(TimeSpan.FromDays(2), call.Context.Time, call.CancellationToken);
            return call.Encode("done");
        }).Build();
        await using var test = new FlowTest(flow);
        var run = await test.RunAsync();
        Assert.Equal(TimeSpan.FromDays(2), run.Elapsed);
    }

    [Fact]
    public async Task While_user_code_waits_for_something_real_the_clock_stands_still()
    {
        var policy = new TaskPolicy { Timeouts = new TaskTimeouts { Attempt = TimeSpan.FromSeconds(1) } };
        var flow = new TestFlow().Task("real", async call =>
        {
            var path = Path.GetTempFileName();
            await File.WriteAllTextAsync(path, "real", call.CancellationToken);
            var text = await File.ReadAllTextAsync(path, call.CancellationToken);
            File.Delete(path);
            return call.Encode(text);
        }, policy).Build();
        await using var test = new FlowTest(flow);
        var run = await test.RunAsync();
        Assert.Equal((JobPhase.Succeeded, TimeSpan.Zero), (run.Outcome, run.Elapsed));
    }

    [Fact]
    public async Task What_waits_for_nothing_that_can_come_is_named()
    {
        var flow = new TestFlow()
            .Task("stuck", async _ => await new TaskCompletionSource<Payload>().Task).Build();
        await using var test = new FlowTest(
            flow, new FlowTestOptions { OutsideLimit = TimeSpan.FromMilliseconds(1) });
        var error = await Assert.ThrowsAsync<FlowTestException>(() => test.RunAsync());
        Assert.StartsWith("attempt 1 of task 'stuck' has waited for 0.001 s of real time", error.Message);
    }

    [Fact]
    public async Task A_job_that_nothing_will_end_says_what_it_waits_for()
    {
        var flow = new TestFlow().Task("a", _ => 1).Build();
        await using var test = new FlowTest(flow).Hang("a");
        var error = await Assert.ThrowsAsync<FlowTestException>(() => test.RunAsync());
        Assert.Equal(
            """
            The job was expected to end, and nothing will happen any more: 'a' hangs, and no time-out ends it.
            00:00:00  the job is submitted
            00:00:00  'a' attempt 1 starts

            """.ReplaceLineEndings("\n"), error.Message);
    }

    [Fact]
    public async Task An_expectation_that_is_not_met_shows_the_story_and_where_it_departs()
    {
        var flow = new TestFlow().Task("a", _ => 1).Task("b", _ => 2, null, "a").Build();
        await using var test = new FlowTest(flow).Fail("b", new IOException("no"));
        var run = await test.RunAsync();
        var error = Assert.Throws<FlowTestException>(() =>
            run.ShouldHave(Expect.Succeeded("a"), Expect.Succeeded("b"), Expect.Ended()));
        Assert.Equal(
            """
            It was expected that 'b' succeeds, after 'a' succeeds. It did not happen.
            What happened, with what was expected and came marked by '->':
               00:00:00  the job is submitted
               00:00:00  'a' attempt 1 starts
            -> 00:00:00  'a' succeeds with 1
               00:00:00  'b' attempt 1 starts
               00:00:00  'b' attempt 1 fails: System.IO.IOException: no
               00:00:00  'b' fails: AttemptThrew
               00:00:00  the job ends as Failed
            ?? 'b' succeeds
            ?? the job ends

            """.ReplaceLineEndings("\n"), error.Message);
        Assert.Contains("before that only", Assert.Throws<FlowTestException>(() =>
            run.ShouldHave(Expect.Started("b"), Expect.Succeeded("a"))).Message, StringComparison.Ordinal);
        Assert.Throws<FlowTestException>(() => run.ShouldNotHave(Expect.Failed("b")));
        run.ShouldNotHave(Expect.Failed("a"));
    }

    [Fact]
    public async Task A_failed_job_runs_again_from_what_failed()
    {
        var flow = new TestFlow().Task("a", _ => 1).Task("b", _ => 2, null, "a").Build();
        await using var test = new FlowTest(flow).Fail("b", new IOException("once"), attempts: 1);
        Assert.Equal(JobPhase.Failed, (await test.RunAsync()).Outcome);
        await test.RetryFailedAsync();
        var run = await test.EndAsync();
        Assert.Equal((JobPhase.Succeeded, 1, 2), (run.Outcome, run.Report["a"].Attempts, run.Report["b"].Attempts));
    }

    [Fact]
    public async Task An_output_that_cannot_be_kept_fails_in_the_test_as_it_would_in_earnest()
    {
        var flow = new TestFlow().Task("a", call => new(call.Encode(new Func<int>(() => 1)))).Build();
        await using var test = new FlowTest(flow);
        var run = await test.RunAsync();
        Assert.Equal(typeof(PayloadException).FullName, run.Report["a"].Error!.Type);
    }

    [Fact]
    public async Task Unknown_tasks_are_refused_with_a_suggestion()
    {
        await using var test = new FlowTest(new TestFlow().Task("fetch", _ => 1).Build());
        var error = Assert.Throws<ActorFlowException>(() => test.Stub("fetsh", 1));
        Assert.Contains("Did you mean 'fetch'?", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<FlowTestException>(() => test.EndAsync());
    }

    [Fact]
    public async Task Values_are_written_as_the_engine_is_to_write_them()
    {
        var json = new JsonSerializerOptions
        {
            NumberHandling = JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString,
        };
        var flow = new TestFlow()
            .Task("a", _ => 5)
            .Task("b", call => call.Decode<int>(call.Source(0)!) + 1, null, "a")
            .Build();
        await using var test = new FlowTest(flow, new FlowTestOptions { Json = json });

        Check(await test.RunAsync());
        FlowSimulator.Run(flow, seeds: 5, invariant: Check, options: new SimulationOptions
        {
            Json = json,
            Failures = false,
        });

        static void Check(FlowRun run)
        {
            Assert.Equal("\"5\"", run.Report["a"].Output!.ToString());
            Assert.Equal(6, run.Output<int>("b"));
        }
    }

    /// <summary>A task that must not run.</summary>
    private sealed class Fetch : SyncTask<string, int>
    {
        public override int Run(string input, TaskContext context) => throw new InvalidOperationException(input);
    }
}
