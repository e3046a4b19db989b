using System.Collections;
using ActorFlow.Engine;

namespace ActorFlow.Actors.Tests;

/// <summary>What exceptions say of themselves is bounded and whole before a machine or a journal sees it.</summary>
public sealed class FailureTests
{
    [Fact]
    public void What_an_exception_says_of_itself_is_cut()
    {
        var own = new Failure(new string('t', 1_000_000), new string('m', 1_000_000))
        {
            BroaderTypes = [.. Enumerable.Repeat(new string('b', 1_000_000), 100)],
            StackTrace = new string('s', 1_000_000),
            RetryAfter = TimeSpan.FromSeconds(3),
            Traces = [.. Enumerable.Repeat(new TracedValue(new string('n', 10_000), new string('v', 10_000)), 100)],
        };
        var failure = Failures.Of(new OwnFailureException(own));
        Assert.Equal((1_001, 64 * 1024 + 1), (failure.Type.Length, failure.Message.Length));
        Assert.Equal(16 * 1024 + 1, failure.StackTrace!.Length);
        Assert.Equal(64, failure.BroaderTypes.Count);
        Assert.All(failure.BroaderTypes, type => Assert.Equal(1_001, type.Length));
        Assert.Equal(64, failure.Traces.Count);
        Assert.All(failure.Traces, trace => Assert.Equal((201, 1_001), (trace.Name.Length, trace.Value.Length)));
        Assert.Equal(TimeSpan.FromSeconds(3), failure.RetryAfter);
    }

    [Fact]
    public void A_cut_leaves_no_half_of_a_character()
    {
        var message = new string('m', 64 * 1024 - 1) + "\U0001F600 and more";
        Assert.Equal(new string('m', 64 * 1024 - 1) + "…", Failures.Of(new IOException(message)).Message);
    }

    [Fact]
    public void A_short_failure_stays_as_it_says_itself()
    {
        var own = new Failure("exit 75", "try later") { BroaderTypes = ["exit"], Traces = [new TracedValue("n", "1")] };
        var failure = Failures.Of(new OwnFailureException(own));
        Assert.Equal(("exit 75", "try later"), (failure.Type, failure.Message));
        Assert.Equal(["exit"], failure.BroaderTypes);
        Assert.Equal([new TracedValue("n", "1")], failure.Traces);
        Assert.Null(failure.StackTrace);
    }

    [Fact]
    public async Task What_is_missing_in_it_fails_the_attempt_and_not_the_job()
    {
        await using var system = new TestSystem();
        var policy = new TaskPolicy { Retry = new RetryPolicy { MaxAttempts = 2, On = ["broad"] } };
        var own = new Failure("own", "odd")
        {
            BroaderTypes = [null!, "broad"],
            Traces = [null!, new TracedValue(null!, "1"), new TracedValue("n", null!), new TracedValue("n", "1")],
        };
        var flow = new TestFlow("f").Task("a", _ => throw new OwnFailureException(own), policy).Build();
        var report = await TestSystem.EndOf(await system.SubmitAsync(flow));
        Assert.Equal((TaskPhase.Failed, 2, 0), (report["a"].Phase, report["a"].Attempts, report["a"].Lost));
        Assert.Equal([new TracedValue("n", "1")], report["a"].Error!.Traces);
    }

    [Theory]
    [InlineData(true, "here")]
    [InlineData(false, null)]
    public void An_exception_that_names_its_stack_trace_itself_keeps_it_where_they_are_kept(bool areKept, string? trace)
    {
        var own = new Failure("own", "odd") { StackTrace = "here" };
        Assert.Equal(trace, Failures.Of(new OwnFailureException(own), areKept).StackTrace);
    }

    [Fact]
    public void Lists_that_throw_leave_the_exception_as_it_is()
    {
        var own = new Failure("own", "odd") { BroaderTypes = new Throwing() };
        var failure = Failures.Of(new OwnFailureException(own));
        Assert.Equal((typeof(OwnFailureException).FullName, "I am odd."), (failure.Type, failure.Message));
    }

    private sealed class OwnFailureException(Failure own) : Exception("I am odd."), IFailure
    {
        public Failure ToFailure() => own;
    }

    private sealed class Throwing : IReadOnlyList<string>
    {
        public int Count => throw new InvalidOperationException();

        public string this[int index] => throw new InvalidOperationException();

        public IEnumerator<string> GetEnumerator() => throw new InvalidOperationException();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
