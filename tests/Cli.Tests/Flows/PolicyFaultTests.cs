namespace ActorFlow.Cli.Tests.Flows;

/// <summary>What makes no sense in a policy, or can never happen, is told once, at its value.</summary>
public sealed class PolicyFaultTests : IDisposable
{
    private readonly CommandLine _command = new();

    [Theory]
    [InlineData("retry: { attempts: §0 }", "'attempts' is 0; it is from 1 to 1000000.")]
    [InlineData("retry: { lost: §-1 }", "'lost' is -1; it must be at least 0.")]
    [InlineData("retry: { budget: §0 }", "'budget' is a duration longer than zero.")]
    [InlineData("retry: { backoff: §expo }",
        "'backoff' is one of constant, linear, exponential, and 'expo' is none of them. Did you mean 'exponential'?")]
    [InlineData("retry: { factor: §0.5 }", "'factor' is 0.5; it must be 1 or more.")]
    [InlineData("retry: { jitter: §3 }",
        "'jitter' is a fraction from 0 to 1, or one of none, full, equal, decorrelated; '3' is neither.")]
    [InlineData("retry: { initial: 5s, max: §1s }",
        "The first delay, 'initial', is longer than the longest, 'max', which is 1h if it is not said.")]
    [InlineData("retry: { initial: §2h }",
        "The first delay, 'initial', is longer than the longest, 'max', which is 1h if it is not said.")]
    [InlineData("retry: { on: [§exit 0] }", "No failure is called 'exit 0': there are names of exceptions, 'exit N' "
        + "with N from 1 to 255, and 'signal N' with N from 1 to 64.")]
    [InlineData("retry: { never: §exit75 }", "No failure is called 'exit75': there are names of exceptions, 'exit N' "
        + "with N from 1 to 255, and 'signal N' with N from 1 to 64.")]
    [InlineData("retry: { on: §[] }", "'on' names no failure; leave it out for every one.")]
    [InlineData("when: §any-failed",
        "'any-failed' is about the tasks that this one needs, and it needs none; name what it needs.")]
    [InlineData("timeout: §0", "'timeout' is a duration longer than zero.")]
    [InlineData("timeout: { total: §0s }", "'total' is a duration longer than zero.")]
    [InlineData("resources: { licence: §0 }", "'licence' is 0; it must be at least 1.")]
    [InlineData("on-failure: [{ do: fail, default: §3 }]",
        "'default' is the output that stands in with 'do: ignore'; no other rule has one.")]
    [InlineData("on-failure: [{ on: [§\"\"], do: fail }]", "No failure is called '': there are names of exceptions, "
        + "'exit N' with N from 1 to 255, and 'signal N' with N from 1 to 64.")]
    [InlineData("on-failure: [{ do: fail }, §{ on: exit 3, do: skip }]",
        "This rule is never reached: a rule before it has no 'on', and decides about every failure.")]
    [InlineData("on-failure: [{ on: [exit 3, exit 4], do: fail }, §{ on: exit 3, do: skip }]",
        "This rule is never reached: rules before it decide about all failures that it names.")]
    public async Task A_value_that_makes_no_sense_is_told_at_its_place(string policy, string message)
    {
        await Refuses($"flow: f\ntasks:\n  a: {{ run: echo, {policy} }}\n", message);
    }

    [Fact]
    public async Task What_is_wrong_with_the_defaults_is_no_fault_of_each_task()
    {
        await Refuses(
            "flow: f\ndefaults: { retry: { attempts: §0 } }\ntasks: { a: { run: echo }, b: { run: echo } }\n",
            "'attempts' is 0; it is from 1 to 1000000.");
        await Refuses(
            "flow: f\ndefaults: { timeout: §0 }\ntasks: { a: { run: echo }, b: { run: echo } }\n",
            "'timeout' is a duration longer than zero.");
    }

    [Theory]
    [InlineData("retry: { attempts: 2, on: [TimeoutException, exit 75, signal 9, My.ExitException] }")]
    [InlineData("retry: { initial: 2h, max: 3h, factor: 1, jitter: 1 }")]
    [InlineData("on-failure: [{ on: exit 3, do: retry }, { on: [exit 3, exit 4], do: skip }, { do: fail }]")]
    public async Task What_makes_sense_is_taken(string policy)
    {
        var ran = await CommandLine.RunAsync(
            "validate", _command.File("f.yaml", $"flow: f\ntasks:\n  a: {{ run: echo, {policy} }}\n"));

        Assert.Equal((0, ""), (ran.ExitCode, ran.Errors));
    }

    private async Task Refuses(string flow, string message)
    {
        var (file, place) = _command.Marked(flow);
        var ran = await CommandLine.RunAsync("validate", file);
        Assert.Equal((2, $"actorflow: Flow 'f' is not valid: {place}: {message}\n"), (ran.ExitCode, ran.Errors));
    }

    public void Dispose() => _command.Dispose();
}
