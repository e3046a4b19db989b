namespace ActorFlow.Engine.Tests.Flows;

/// <summary>Everything that can be wrong with a flow, with the exact sentence, all of it at once.</summary>
public sealed class FlowFaultTests
{
    private static IReadOnlyList<FlowFault> FaultsOf(FlowDraft draft) =>
        Assert.Throws<FlowDefinitionException>(draft.Build).Faults;

    private static FlowDraft Draft(params TaskDraft[] tasks)
    {
        var draft = new FlowDraft("flow");
        draft.Tasks.AddRange(tasks);
        return draft;
    }

    private static TaskDraft Task(string name, params InputDraft[] inputs)
    {
        var task = new TaskDraft(name);
        task.Inputs.AddRange(inputs);
        return task;
    }

    private static void HasOne(FlowDraft draft, FlowFaultCode code, string? task, string message)
    {
        var fault = Assert.Single(FaultsOf(draft));
        Assert.Equal((code, task, message), (fault.Code, fault.Task, fault.Message));
    }

    private static void HasOne(Func<TaskPolicy, TaskPolicy> change, string problem) => HasOne(
        Draft(new TaskDraft("a") { Policy = change(new TaskPolicy()) }),
        FlowFaultCode.BadPolicy, "a", $"Task 'a': {problem}");

    private static void HasOneRetry(RetryPolicy retry, string problem) =>
        HasOne(p => p with { Retry = retry }, problem);

    private static void HasOneLimit(TaskTimeouts limits, string problem) =>
        HasOne(p => p with { Timeouts = limits }, problem);

    [Fact]
    public void No_tasks() =>
        HasOne(Draft(), FlowFaultCode.NoTasks, null, "The flow has no tasks; it needs at least one.");

    [Theory]
    [InlineData("", "A task's name must not be empty.")]
    [InlineData("a b", "A task's name has no white space; 'a b' has some.")]
    [InlineData("a\u2028b", "A task's name has no white space; 'a\u2028b' has some.")]
    [InlineData("a\tb", "A task's name has no control characters; 'a?b' has U+0009.")]
    [InlineData("a\u0000", "A task's name has no control characters; 'a?' has U+0000.")]
    public void A_bad_name(string name, string message) =>
        HasOne(Draft(Task(name)), FlowFaultCode.BadName, name, message);

    [Fact]
    public void A_name_may_have_two_hundred_characters_and_no_more()
    {
        Assert.Equal(200, Draft(Task(new string('é', 200))).Build().Tasks[0].Name.Length);
        var name = new string('n', 201);
        HasOne(Draft(Task(name)), FlowFaultCode.BadName, name,
            "A task's name has at most 200 characters; 'nnnnnnnnnnnnnnnnnnnn…' has 201.");
    }

    [Fact]
    public void A_bad_name_of_the_flow()
    {
        var draft = new FlowDraft("my flow");
        draft.Tasks.Add(Task("a"));
        HasOne(draft, FlowFaultCode.BadName, null, "A flow's name has no white space; 'my flow' has some.");
    }

    [Fact]
    public void Two_tasks_of_one_name()
    {
        HasOne(Draft(Task("a"), Task("a")), FlowFaultCode.DuplicateName, "a",
            "There are two tasks 'a'; names must differ.");
        HasOne(Draft(Task("fetch"), Task("Fetch")), FlowFaultCode.DuplicateName, "Fetch",
            "Tasks 'fetch' and 'Fetch' have the same name but for case; names must differ.");
    }

    [Theory]
    [InlineData("fecth", " Did you mean 'fetch'?", "fetch")]
    [InlineData("FETCHED", " Did you mean 'fetch'?", "fetch")]
    [InlineData("download", "", "fetch")]
    [InlineData("x", "", "y")]
    [InlineData("aa", " Did you mean 'ab'?", "ab")]
    [InlineData(".fetch", " Did you mean 'fetch'?", "fetch")]
    [InlineData("HCTEF", " Did you mean 'fetch'?", "fetch")]
    [InlineData("hctaf", "", "fetch")]
    [InlineData("down", " Did you mean 'Download'?", "Download")]
    [InlineData("do", "", "download")]
    public void A_need_that_is_not_there(string reference, string hint, string known)
    {
        var near = Suggestions.For(reference, [known]);
        Assert.Equal(hint, near);
        HasOne(Draft(Task(known), Task("user", InputDraft.FromTask("x", reference))), FlowFaultCode.UnknownTask, "user",
            $"Task 'user' needs '{reference}', and there is no task of that name.{hint}");
    }

    [Theory]
    [InlineData("kitch", "ketch")]
    [InlineData("fetsh", "fetch")]
    [InlineData("getch", "ketch")]
    public void The_nearest_name_is_suggested_and_the_first_of_those_as_near(string wrong, string meant) =>
        Assert.Equal($" Did you mean '{meant}'?", Suggestions.For(wrong, ["ketch", "fetch"]));

    [Fact]
    public void A_name_that_is_longer_than_any_may_be_is_like_none()
    {
        var longest = new string('x', 200);
        Assert.Equal($" Did you mean '{longest}'?", Suggestions.For(longest[1..] + "y", [longest]));
        Assert.Equal("", Suggestions.For(longest + "y", [longest]));
    }

    [Fact]
    public void A_need_by_a_number_that_is_not_there()
    {
        HasOne(Draft(Task("a", InputDraft.FromTask("", 7))), FlowFaultCode.UnknownTask, "a",
            "Task 'a' needs task number 7, and the flow has 1, from 0.");
        HasOne(Draft(Task("a", InputDraft.FromTask("", 1))), FlowFaultCode.UnknownTask, "a",
            "Task 'a' needs task number 1, and the flow has 1, from 0.");
        Assert.Throws<ArgumentOutOfRangeException>(() => InputDraft.FromTask("", -1));
    }

    [Theory]
    [InlineData("a.")]
    [InlineData("a..b")]
    public void A_reference_with_a_dot_and_no_field(string reference) =>
        HasOne(Draft(Task("a"), Task("b", InputDraft.FromTask("x", reference))), FlowFaultCode.UnknownField, "b",
            $"Task 'b' needs '{reference}', and a field's name is missing beside a dot.");

    [Fact]
    public void A_cycle_is_named_by_its_path()
    {
        HasOne(FlowText.Draft("a -> b -> a"), FlowFaultCode.Cycle, "a",
            "Tasks need each other in a cycle: a -> b -> a.");
        HasOne(FlowText.Draft("s -> c -> a -> b -> c -> t"), FlowFaultCode.Cycle, "c",
            "Tasks need each other in a cycle: c -> a -> b -> c.");
        HasOne(FlowText.Draft("a -> a"), FlowFaultCode.Cycle, "a", "Task 'a' needs itself: a -> a.");
    }

    [Fact]
    public void No_more_than_ten_cycles_are_named()
    {
        var flow = string.Join("; ", Enumerable.Range(0, 11).Select(i => $"t{i} -> t{i}"));
        var faults = FaultsOf(FlowText.Draft(flow));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"t{i}"), faults.Select(f => f.Task));
    }

    [Fact]
    public void Every_cycle_that_stands_apart_is_named()
    {
        var faults = FaultsOf(FlowText.Draft("a -> b -> a -> c; c -> d -> c; e -> e; d -> f"));
        Assert.Equal(
            [
                "Tasks need each other in a cycle: a -> b -> a.",
                "Tasks need each other in a cycle: c -> d -> c.",
                "Task 'e' needs itself: e -> e.",
            ],
            faults.Select(f => f.Message));
    }

    [Fact]
    public void Parameters_that_are_unbound_bound_twice_or_not_there()
    {
        var task = Task("a", InputDraft.FromJob("x"), InputDraft.FromJob("X"), InputDraft.FromJob("couont"));
        task.Parameters = ["x", "count"];
        Assert.Equal(
            [
                (FlowFaultCode.BoundTwice, "Parameter 'X' of task 'a' is bound twice; bind it once."),
                (FlowFaultCode.UnknownParameter, "Task 'a' has no parameter 'couont'. Did you mean 'count'?"),
                (FlowFaultCode.Unbound, "Parameter 'count' of task 'a' is bound to nothing; bind it to a task, "
                    + "to the job's input or to a constant."),
            ],
            FaultsOf(Draft(task)).Select(f => (f.Code, f.Message)));
    }

    [Fact]
    public void A_rule_about_failed_upstreams_without_an_upstream()
    {
        var policy = new TaskPolicy { Trigger = TriggerRule.AnyFailed };
        HasOne(Draft(new TaskDraft("a") { Policy = policy }), FlowFaultCode.BadPolicy, "a",
            "Task 'a' runs when an upstream task fails, and it needs none; name what it needs.");
        var misspelt = Task("a", InputDraft.FromTask("", "nobody"));
        misspelt.Policy = policy;
        Assert.Equal(FlowFaultCode.UnknownTask, Assert.Single(FaultsOf(Draft(misspelt))).Code);
    }

    [Fact]
    public void A_policy_may_go_to_every_bound_that_it_has()
    {
        var policy = new TaskPolicy
        {
            Retry = new()
            {
                MaxAttempts = Limits.Attempts,
                MaxLost = 0,
                Budget = new TimeSpan(1),
                Backoff = new()
                {
                    Initial = TimeSpan.FromHours(1),
                    Max = TimeSpan.FromHours(1),
                    Factor = 1,
                    JitterFraction = 1,
                },
            },
            Timeouts = new() { Grace = TimeSpan.Zero, Attempt = new TimeSpan(1) },
            Needs = ResourceNeeds.Of("disk", 1).With("licence", 2),
        };
        Assert.Same(policy, Draft(new TaskDraft("a") { Policy = policy }).Build().Tasks[0].Policy);
    }

    [Fact]
    public void Bad_retries()
    {
        HasOneRetry(new() { MaxAttempts = 0 }, "retry allows 0 attempts; it must be 1 to 1000000.");
        HasOneRetry(new() { MaxAttempts = 1_000_001 }, "retry allows 1000001 attempts; it must be 1 to 1000000.");
        HasOneRetry(new() { MaxLost = -1 }, "retry allows -1 lost attempts; it must be 0 or more.");
        HasOneRetry(new() { Budget = TimeSpan.Zero }, "the retry budget is 00:00:00; it must be longer than zero.");
        HasOneRetry(new() { OnExhausted = Directive.Retry },
            "when attempts are used up it cannot retry; choose Fail, Skip, Ignore, Hold or Escalate.");
        HasOneRetry(new() { DefaultOutput = Payload.None },
            "there is a default output for when attempts are used up, but then it says Fail; only Ignore has one.");
    }

    [Fact]
    public void Bad_delays()
    {
        HasOneRetry(new() { Backoff = new() { Initial = TimeSpan.FromSeconds(-1) } },
            "the first delay is -00:00:01; it must not be negative.");
        HasOneRetry(new() { Backoff = new() { Initial = TimeSpan.FromHours(2) } },
            "the longest delay is 01:00:00, shorter than the first, 02:00:00.");
        HasOneRetry(new() { Backoff = new() { Factor = 0.5 } }, "the back-off factor is 0.5; it must be 1 or more.");
        HasOneRetry(new() { Backoff = new() { Factor = double.NaN } },
            "the back-off factor is NaN; it must be 1 or more.");
        HasOneRetry(new() { Backoff = new() { Factor = double.PositiveInfinity } },
            "the back-off factor is Infinity; it must be 1 or more.");
        HasOneRetry(new() { Backoff = new() { JitterFraction = 1.5 } }, "the jitter is 1.5; it must be from 0 to 1.");
        HasOneRetry(new() { Backoff = new() { JitterFraction = -0.5 } }, "the jitter is -0.5; it must be from 0 to 1.");
    }

    [Fact]
    public void Bad_time_limits()
    {
        var zero = TimeSpan.Zero;
        HasOneLimit(new() { Start = zero }, "the time-out to start is 00:00:00; it must be longer than zero.");
        HasOneLimit(new() { Attempt = zero }, "the time-out of an attempt is 00:00:00; it must be longer than zero.");
        HasOneLimit(new() { Total = zero }, "the time-out over all attempts is 00:00:00; it must be longer than zero.");
        HasOneLimit(new() { Heartbeat = zero },
            "the time between heartbeats is 00:00:00; it must be longer than zero.");
        HasOneLimit(new() { Grace = TimeSpan.FromSeconds(-1) },
            "the grace time is -00:00:01; it must not be negative.");
    }

    [Fact]
    public void Bad_rules_and_pools()
    {
        HasOne(p => p with { Supervision = [new(Directive.Fail) { DefaultOutput = Payload.None }] },
            "a supervision rule has a default output but says Fail; only Ignore has one.");
        HasOne(p => p with { Pool = "my pool" }, "A pool's name has no white space; 'my pool' has some.");
        HasOne(p => p with { Needs = ResourceNeeds.Of("my disk") },
            "A resource's name has no white space; 'my disk' has some.");
        HasOne(p => p with { Needs = ResourceNeeds.Of("disk", 0) },
            "it needs 0 units of 'disk'; it must be at least 1.");
        HasOne(p => p with { Trigger = (TriggerRule)9 },
            "there is no trigger rule 9; choose AllSucceeded, AllDone or AnyFailed.");
    }

    [Fact]
    public void Bad_policies_of_the_flow()
    {
        var draft = Draft(Task("a"));
        draft.Policy = new FlowPolicy
        {
            Timeout = TimeSpan.FromSeconds(-1),
            MaxParallel = 0,
            Supervision = [new(Directive.Hold) { DefaultOutput = Payload.None }],
        };
        Assert.Equal(
            [
                "the job's time-out is -00:00:01; it must be longer than zero.",
                "the most tasks at once is 0; it must be at least 1.",
                "a supervision rule has a default output but says Hold; only Ignore has one.",
            ],
            FaultsOf(draft).Select(f => f.Message));
    }

    [Fact]
    public void A_bad_policy_that_tasks_share_is_reported_for_each()
    {
        var bad = new TaskPolicy { Pool = "" };
        var faults = FaultsOf(Draft(new TaskDraft("a") { Policy = bad }, new TaskDraft("b") { Policy = bad }));
        Assert.Equal(["Task 'a': A pool's name must not be empty.", "Task 'b': A pool's name must not be empty."],
            faults.Select(f => f.Message));
    }

    [Fact]
    public void A_flow_may_use_as_many_pools_as_there_are_numbers_for()
    {
        var tasks = Enumerable.Range(0, FlowPools.Max).Select(
            i => new TaskDraft($"t{i}") { Policy = new() { Pool = $"p{i}" } });
        var flow = Draft([.. tasks]).Build();
        Assert.Equal(Enumerable.Range(0, FlowPools.Max), flow.Tasks.Select(t => flow.Pools.IndexOf(t.Policy.Pool)));
    }

    [Fact]
    public void Too_many_pools_or_tasks()
    {
        var tasks = Enumerable.Range(0, 256).Select(
            i => new TaskDraft($"t{i}") { Policy = new() { Pool = $"p{i}" } });
        HasOne(Draft([.. tasks]), FlowFaultCode.TooLarge, null, "The flow uses 256 pools; 255 is the most.");
        var large = new FlowDraft("large");
        large.Tasks.AddRange(Enumerable.Repeat(Task("a"), Limits.Tasks + 1));
        HasOne(large, FlowFaultCode.TooLarge, null, "The flow has 10000001 tasks; 10000000 is the most.");
    }

    [Fact]
    public void All_faults_are_listed_at_once_with_their_places()
    {
        var draft = Draft(Task("a b"), Task("c", InputDraft.FromTask("x", "nowhere") with { Location = "f.yaml:3:5" }));
        draft.Faults.Add(new FlowFault(FlowFaultCode.TypeMismatch, "c", "Found before."));
        var error = Assert.Throws<FlowDefinitionException>(draft.Build);
        Assert.Equal(
            "Flow 'flow' is not valid, for 3 reasons:\n  Found before.\n"
            + "  A task's name has no white space; 'a b' has some.\n"
            + "  f.yaml:3:5: Task 'c' needs 'nowhere', and there is no task of that name.", error.Message);
        Assert.Equal("flow", error.Flow);
    }

    [Fact]
    public void A_fault_without_a_place_of_its_own_is_where_its_task_is()
    {
        var task = new TaskDraft("a b") { Location = "f.yaml:2:3" };
        Assert.Equal("f.yaml:2:3", Assert.Single(FaultsOf(Draft(task))).Location);
        var user = Task("user", InputDraft.FromTask("x", "nowhere") with { Location = "f.yaml:5:7" });
        user.Location = "f.yaml:4:3";
        Assert.Equal("f.yaml:5:7", Assert.Single(FaultsOf(Draft(user))).Location);
    }

    [Fact]
    public void Ten_thousand_faults_are_enough()
    {
        var tasks = Enumerable.Range(0, 10_001).Select(i => new TaskDraft($"a {i}"));
        var error = Assert.Throws<FlowDefinitionException>(Draft([.. tasks]).Build);
        Assert.Equal(10_000, error.Faults.Count);
        Assert.StartsWith(
            "Flow 'flow' is not valid, for at least 10000 reasons:\n", error.Message, StringComparison.Ordinal);
        var fewer = Assert.Throws<FlowDefinitionException>(Draft([.. tasks.Skip(2)]).Build);
        Assert.StartsWith(
            "Flow 'flow' is not valid, for 9999 reasons:\n", fewer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_faults_are_given_hints_and_no_more()
    {
        var needs = Enumerable.Range(0, 102).Select(_ => InputDraft.FromTask("", "fecth"));
        var faults = FaultsOf(Draft(Task("fetch"), Task("user", [.. needs])));
        Assert.Equal(100, faults.Count(f => f.Message.EndsWith(" Did you mean 'fetch'?", StringComparison.Ordinal)));
        Assert.Equal(102, faults.Count);
        Assert.Equal("Task 'user' needs 'fecth', and there is no task of that name.", faults[^1].Message);
    }

    [Fact]
    public void A_single_fault_is_said_in_one_line() => Assert.Equal(
        "Flow 'flow' is not valid: The flow has no tasks; it needs at least one.",
        Assert.Throws<FlowDefinitionException>(Draft().Build).Message);
}
