namespace ActorFlow.Engine.Tests.Enumeration;

/// <summary>
/// Small cases are enumerated, not sampled. What was covered is counted, so that it cannot become less unnoticed.
/// </summary>
/// <remarks>
/// A change of the machine that makes other states or events changes the counts too: a failure of the last assertion
/// alone shows the new ones, to be approved if they are meant.
/// </remarks>
public sealed class EnumerationTests
{
    private const int Unlimited = int.MaxValue;

    [Theory]
    [InlineData(1, 1, 1, 1, 15, 9, 17, 27)]
    [InlineData(1, 1, Unlimited, 1, 15, 9, 17, 27)]
    [InlineData(1, 2, 1, 1, 26, 19, 30, 64)]
    [InlineData(1, 2, Unlimited, 1, 26, 19, 30, 64)]
    [InlineData(2, 1, 1, 7, 337, 251, 329, 628)]
    [InlineData(2, 1, Unlimited, 7, 360, 291, 366, 743)]
    [InlineData(2, 2, 1, 7, 827, 703, 796, 2_497)]
    [InlineData(2, 2, Unlimited, 7, 918, 891, 943, 4_007)]
    [InlineData(3, 1, 1, 175, 22_670, 18_203, 19_034, 44_123)]
    [InlineData(3, 1, Unlimited, 175, 28_271, 28_189, 25_148, 72_420)]
    [InlineData(3, 2, 1, 175, 78_398, 70_229, 63_289, 271_291)]
    [InlineData(3, 2, Unlimited, 175, 105_807, 127_277, 93_884, 968_163)]
    public void Every_graph_of_up_to_three_tasks_keeps_every_promise_in_every_order_with_two_crashes_anywhere(
        int tasks, int attempts, int slots, long flows, long states, long moves, long crashes, long histories) =>
        Assert.Equal(
            new Tally(flows, states, moves, crashes, histories),
            Explore(SmallFlows.Of(tasks, kindsOfEdge: 3, Plain(attempts)), slots, new Budget(Crashes: 2)));

    [Theory]
    [InlineData(1, 1, 85_116, 76_492, 35_062, 90_430)]
    [InlineData(1, Unlimited, 150_557, 212_638, 49_502, 303_900)]
    [InlineData(2, 1, 397_338, 384_644, 149_347, 564_704)]
    [InlineData(2, Unlimited, 824_345, 1_429_466, 253_796, 13_856_308)]
    public void Every_graph_of_four_tasks_keeps_every_promise_in_every_order_with_a_crash_anywhere(
        int attempts, int slots, long states, long moves, long crashes, long histories) =>
        Assert.Equal(
            new Tally(880, states, moves, crashes, histories),
            Explore(SmallFlows.Of(4, kindsOfEdge: 2, Plain(attempts)), slots, new Budget(Crashes: 1)));

    [Theory]
    [InlineData(1, 1, 1, 27, 43, 20, 183)]
    [InlineData(2, 1, 4, 479, 866, 289, 23_125)]
    [InlineData(2, Unlimited, 4, 845, 2_155, 442, 36_296)]
    [InlineData(3, 1, 40, 16_873, 32_832, 8_667, 6_089_232)]
    [InlineData(3, Unlimited, 40, 56_541, 183_356, 22_124, 20_390_875)]
    public void Every_attempt_may_also_run_out_of_time_and_stop_or_be_abandoned_and_the_next_one_wait(
        int tasks, int slots, long flows, long states, long moves, long crashes, long histories) =>
        Assert.Equal(
            new Tally(flows, states, moves, crashes, histories),
            Explore(SmallFlows.Of(tasks, kindsOfEdge: 2, Timed), slots, new Budget(Crashes: 1)));

    [Theory]
    [InlineData(1, 1, 1, 98, 122, 64, 388)]
    [InlineData(2, 1, 7, 4_987, 6_143, 2_412, 21_257)]
    [InlineData(2, Unlimited, 7, 5_883, 8_134, 2_762, 108_031)]
    [InlineData(3, 1, 40, 27_321, 33_783, 10_827, 79_387)]
    [InlineData(3, Unlimited, 40, 40_655, 64_475, 14_168, 475_905)]
    public void Every_job_may_also_be_cancelled_and_go_on_after_its_end(
        int tasks, int slots, long flows, long states, long moves, long crashes, long histories) =>
        Assert.Equal(
            new Tally(flows, states, moves, crashes, histories),
            Explore(
                SmallFlows.Of(tasks, kindsOfEdge: tasks < 3 ? 3 : 2, Plain(attempts: tasks < 3 ? 2 : 1)), slots,
                new Budget(Crashes: 1, Cancels: 1, Retries: 1)));

    private static Tally Explore(IEnumerable<Flow> flows, int slots, Budget budget) => flows
        .AsParallel()
        .Select(flow => Exploration.Of(flow, slots, budget))
        .Aggregate((a, b) => a + b);

    /// <summary>One loss is forgiven: the second one is one too many.</summary>
    private static Func<int, TaskPolicy> Plain(int attempts)
    {
        var policy = new TaskPolicy { Retry = new RetryPolicy { MaxAttempts = attempts, MaxLost = 1 } };
        return _ => policy;
    }

    /// <summary>Each task has a limit of its own, so that attempts which begin at once do not end at once.</summary>
    private static TaskPolicy Timed(int task) => new()
    {
        Timeouts = new TaskTimeouts { Attempt = TimeSpan.FromSeconds(10 + 3 * task), Grace = TimeSpan.FromSeconds(2) },
        Retry = new RetryPolicy
        {
            MaxAttempts = 2,
            MaxLost = 1,
            Backoff = new Backoff { Initial = TimeSpan.FromSeconds(1) },
        },
    };
}
