using ActorFlow.Actors;

namespace ActorFlow.TestKit.Tests.Flows;

/// <summary>A user's flow under random schedules, failures and crashes.</summary>
public sealed class FlowSimulatorTests
{
    private static readonly TaskPolicy Patient = new()
    {
        Retry = new RetryPolicy { MaxAttempts = 50 },
        Timeouts = new TaskTimeouts { Attempt = TimeSpan.FromHours(2) },
    };

    [Fact]
    public void A_sound_flow_keeps_its_invariant_through_crashes_failures_and_hangs()
    {
        var result = FlowSimulator.Run(Sum(), seeds: 300, input: 5, invariant: run =>
        {
            Assert.Equal(JobPhase.Succeeded, run.Outcome);
            Assert.Equal(15, run.Output<int>("sum"));
        });
        Assert.Equal(300, result.Seeds);
        Assert.Equal(300, result.Outcomes[JobPhase.Succeeded]);
        Assert.True(result.Crashes > 100, $"{result.Crashes} crashes");
        Assert.True(result.Injected > 100, $"{result.Injected} injected");
    }

    [Fact]
    public void Work_that_is_not_safe_to_repeat_is_found_and_told_with_its_seed()
    {
        var booked = 0;
        var flow = new TestFlow().Task("book", _ => ++booked, Patient).Task("mail", _ => 0, Patient, "book").Build();
        var error = Assert.Throws<FlowSimulationException>(() => FlowSimulator.Run(flow, invariant: _ =>
        {
            var times = booked;
            booked = 0;
            Assert.True(times == 1, $"It was booked {times} times.");
        }));
        Assert.Contains($"Seed {error.Seed}: It was booked", error.Message, StringComparison.Ordinal);
        // One attempt that does its work and fails, or is lost, is all it takes.
        Assert.Contains("'book' attempt 2 starts", error.Story, StringComparison.Ordinal);
        Assert.DoesNotContain("attempt 3 starts", error.Story, StringComparison.Ordinal);
    }

    [Fact]
    public void A_seed_is_played_again_as_it_was()
    {
        var flow = Sum();
        for (var seed = 1; seed <= 20; seed++)
            Assert.Equal(FlowSimulator.Replay(flow, seed, 5), FlowSimulator.Replay(flow, seed, 5));
        Assert.NotEqual(FlowSimulator.Replay(flow, 1, 5), FlowSimulator.Replay(flow, 2, 5));
    }

    [Fact]
    public void What_is_not_wanted_does_not_happen()
    {
        var calm = new SimulationOptions { Crashes = false, Failures = false, Hangs = false, Delays = false };
        var result = FlowSimulator.Run(Sum(), seeds: 50, input: 5, options: calm, invariant: run =>
        {
            // What its own code waits for, and nothing else.
            Assert.Equal(TimeSpan.FromMinutes(3), run.Elapsed);
            Assert.All(run.Report.Tasks, task => Assert.Equal(1, task.Attempts));
        });
        Assert.Equal((0, 0), (result.Crashes, result.Injected));
    }

    [Fact]
    public void Failures_are_of_the_kind_that_the_flow_knows()
    {
        var retry = new RetryPolicy { MaxAttempts = 50, On = [typeof(IOException).FullName!] };
        var flow = new TestFlow().Task("a", _ => 1, Patient with { Retry = retry }).Build();
        FlowSimulator.Run(
            flow, seeds: 200, invariant: run => Assert.Equal(JobPhase.Succeeded, run.Outcome),
            options: new SimulationOptions { Failure = task => new IOException(task.Name), Hangs = false });
        Assert.Throws<FlowSimulationException>(() => FlowSimulator.Run(
            flow, seeds: 200, invariant: run => Assert.Equal(JobPhase.Succeeded, run.Outcome)));
    }

    [Fact]
    public void Code_that_waits_for_something_real_is_refused_in_words()
    {
        var flow = new TestFlow().Task("a", async _ => await new TaskCompletionSource<Payload>().Task).Build();
        var hasty = new SimulationOptions { OutsideLimit = TimeSpan.FromMilliseconds(1) };
        var error = Assert.Throws<FlowSimulationException>(() => FlowSimulator.Run(flow, seeds: 1, options: hasty));
        Assert.Contains(
            "attempt 1 of task 'a' waits for something that is not simulated", error.Message, StringComparison.Ordinal);
        var stubs = new Dictionary<string, Func<TaskCall, object?>> { ["A"] = _ => 1 };
        var stubbed = new SimulationOptions { Stubs = stubs };
        FlowSimulator.Run(flow, seeds: 20, options: stubbed);
    }

    [Fact]
    public void Code_that_is_cancelled_goes_on_in_its_own_time()
    {
        var policy = new TaskPolicy { Timeouts = new TaskTimeouts { Attempt = TimeSpan.FromSeconds(5) } };
        var flow = new TestFlow().Task("a", async call =>
        {
            await Task.Delay(TimeSpan.FromDays(1), call.Context.Time, call.CancellationToken);
            return Payload.None;
        }, policy).Build();
        var options = new SimulationOptions { Crashes = false, Failures = false };
        FlowSimulator.Run(flow, seeds: 100, options: options, invariant: run =>
            run.ShouldHave(Expect.Stopping("a"), Expect.Failed("a")).ShouldNotHave(Expect.Abandoned("a")));
    }

    private static ExecutableFlow Sum() => new TestFlow()
        .Task("one", _ => 1, Patient)
        .Task("input", call => call.Decode<int>(call.JobInput), Patient)
        .Task("twice", call => 2 * call.Decode<int>(call.Source(0)!), Patient, "input")
        .Task("slow", async call =>
        {
            await Task.Delay(TimeSpan.FromMinutes(3), call.Context.Time, CancellationToken.None);
            return call.Encode(4);
        }, Patient, "one")
        .Task("sum", call => Enumerable.Range(0, 3).Sum(i => call.Decode<int>(call.Source(i)!)), Patient,
            "one", "twice", "slow")
        .Build();
}
