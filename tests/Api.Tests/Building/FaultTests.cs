using ActorFlow.Actors;

namespace ActorFlow.Api.Tests.Building;

/// <summary>What is wrong with a flow that compiles is said when it is built: all of it, in full sentences.</summary>
public sealed class FaultTests
{
    private readonly FlowBuilder<int> _flow = FlowBuilder.Create<int>("faulty");

    [Fact]
    public void Every_fault_is_listed()
    {
        _flow.Task("a b", _flow.Input, x => x);
        _flow.Task("same", _flow.Input, x => x).Retry(0);
        _flow.Task("Same", _flow.Input, x => x).Timeout(TimeSpan.Zero);

        var exception = Assert.Throws<FlowDefinitionException>(() => _flow.Build());

        Assert.Equal(
            """
            Flow 'faulty' is not valid, for 4 reasons:
              A task's name has no white space; 'a b' has some.
              Tasks 'same' and 'Same' have the same name but for case; names must differ.
              Task 'same': retry allows 0 attempts; it must be 1 to 1000000.
              Task 'Same': the time-out of an attempt is 00:00:00; it must be longer than zero.
            """,
            exception.Message);
    }

    [Fact]
    public void A_flow_needs_a_task()
    {
        Assert.Equal((FlowFaultCode.NoTasks, "The flow has no tasks; it needs at least one."), OnlyFault());
        var chain = Assert.Throws<FlowDefinitionException>(() => FlowBuilder.Chain<int>("empty").Build());
        Assert.Equal(FlowFaultCode.NoTasks, Assert.Single(chain.Faults).Code);
    }

    [Fact]
    public void A_cycle_is_named_by_its_path()
    {
        var a = _flow.Task("a", _flow.Input, x => x);
        var b = _flow.Task("b", a, x => x);
        a.After(b);

        Assert.Equal((FlowFaultCode.Cycle, "Tasks need each other in a cycle: a -> b -> a."), OnlyFault());
    }

    [Fact]
    public void A_task_cannot_come_after_itself()
    {
        var a = _flow.Task("a", _flow.Input, x => x);
        a.After(a);

        Assert.Equal((FlowFaultCode.Cycle, "Task 'a' needs itself: a -> a."), OnlyFault());
    }

    [Fact]
    public void Handles_and_inputs_of_another_flow_are_refused()
    {
        var other = FlowBuilder.Create<int>("other");
        var foreign = other.Task("foreign", other.Input, x => x);
        _flow.Task("takes", foreign, x => x);
        _flow.Task("takes-input", other.Input, x => x);
        _flow.Task("takes-optional", foreign.OrDefault(), x => x);
        _flow.Task("comes-after", () => 1).After(foreign);

        var exception = Assert.Throws<FlowDefinitionException>(() => _flow.Build(foreign));

        Assert.Equal(
            [
                "Task 'takes' needs 'foreign' of another flow, 'other'; use the handle of a task of its own.",
                "Task 'takes-input' takes the input of another flow, 'other'; take that of its own.",
                "Task 'takes-optional' needs 'foreign' of another flow, 'other'; use the handle of a task of its own.",
                "Task 'comes-after' needs 'foreign' of another flow, 'other'; use the handle of a task of its own.",
                "The result is the output of 'foreign' of another flow, 'other'; use the handle of a task of this "
                    + "flow.",
            ],
            exception.Faults.Select(f => f.Message));
        Assert.All(exception.Faults, f => Assert.Equal(FlowFaultCode.ForeignHandle, f.Code));
    }

    [Theory]
    [InlineData(TriggerRule.AllDone)]
    [InlineData(TriggerRule.AnyFailed)]
    public void A_trigger_that_does_not_need_success_needs_optional_inputs(TriggerRule trigger)
    {
        var a = _flow.Task("a", _flow.Input, x => x);
        _flow.Task("report", a, x => x).When(trigger);

        Assert.Equal(
            (FlowFaultCode.BadPolicy,
                $"Task 'report' runs when its trigger rule is {trigger}, even if 'a' has no output for its parameter "
                + "'input'; bind it with OrDefault()."),
            OnlyFault());
    }

    [Fact]
    public void A_failure_that_is_ignored_needs_a_stand_in_where_no_value_is_none()
    {
        const string Problem = "is to go on after a failure, and says not with what: its output is an int. Give a "
            + "stand-in: IgnoreOn<TException>(output), IgnoreFailures(output), or the DefaultOutput.";
        _flow.Task("a", _flow.Input, x => x).OnFailure<IOException>(Directive.Ignore);
        _flow.Task("b", _flow.Input, x => x).Retry(new RetryPolicy { OnExhausted = Directive.Ignore });
        _flow.Task("nothing", _flow.Input, _ => { }).OnFailure<IOException>(Directive.Ignore);
        _flow.Task("maybe", _flow.Input, x => (int?)x).OnFailure<IOException>(Directive.Ignore);
        _flow.Task("text", _flow.Input, x => $"{x}").OnFailure<IOException>(Directive.Ignore);
        _flow.Task("said", _flow.Input, x => x).Retry(new RetryPolicy { OnExhausted = Directive.Ignore })
            .IgnoreFailures(1);

        var faults = Assert.Throws<FlowDefinitionException>(() => _flow.Build()).Faults;

        Assert.Equal([$"Task 'a' {Problem}", $"Task 'b' {Problem}"], faults.Select(fault => fault.Message));
    }

    [Fact]
    public void Optional_inputs_and_mere_order_go_with_every_trigger()
    {
        var a = _flow.Task("a", _flow.Input, x => x);
        _flow.Task("report", a.OrDefault(), _flow.Input, (x, y) => x + y).After(a).When(TriggerRule.AllDone);

        Assert.Equal(2, _flow.Build().Definition.Tasks.Count);
    }

    [Fact]
    public void An_output_that_nobody_would_await_is_refused()
    {
        _flow.Task("value-task", _flow.Input, x => ValueTask.FromResult(x));

        Assert.Equal(
            (FlowFaultCode.TypeMismatch,
                "Task 'value-task' returns a ValueTask<int>, which nobody would await; return its AsTask()."),
            OnlyFault());
    }

    [Fact]
    public void A_task_made_inside_a_function_is_not_its_output()
    {
        _flow.Task("text", _flow.Task("to-text", _flow.Input, x => $"{x}"), x => new AddOne());

        Assert.Equal(
            (FlowFaultCode.TypeMismatch,
                "Task 'text' returns a AddOne, a task, as its output; give the task itself, or a factory of it whose "
                + "input fits, which is a int."),
            OnlyFault());
    }

    [Fact]
    public void A_function_is_not_an_output()
    {
        _flow.Task("function", _flow.Input, x => new Func<int>(() => x));

        Assert.Equal(
            (FlowFaultCode.TypeMismatch,
                "Task 'function' returns a Func<int>, a function, which cannot be kept in a journal."),
            OnlyFault());
    }

    [Fact]
    public void A_selector_walks_fields_and_nothing_else()
    {
        var analysis = _flow.Task("analysis", _flow.Input, x => new Analysis("", null));

        var exception = Assert.Throws<ArgumentException>(() => analysis.Select(a => a.Title.Trim().Length));

        Assert.Equal(
            "'a => a.Title.Trim().Length' does not select a field. A selector names a field or property, or a path of "
            + "them, as in x => x.Stats.Words; anything else is work for a task. (Parameter 'field')",
            exception.Message);
        Assert.Throws<ArgumentException>(() => analysis.Select(a => a));
        Assert.Throws<ArgumentException>(() => analysis.Select(a => 5));
        Assert.Throws<ArgumentException>(() => analysis.Select(a => Environment.MachineName));
        Assert.Throws<ArgumentException>(() => analysis.Select(a => (object)a.Title));
    }

    [Fact]
    public void A_built_flow_does_not_change()
    {
        var task = _flow.Task("task", _flow.Input, x => x);
        _flow.Build();

        const string Message = "Flow 'faulty' is built and cannot change any more; say everything before Build().";
        Assert.Equal(Message, Assert.Throws<ActorFlowException>(() => task.Retry(3)).Message);
        Assert.Equal(Message, Assert.Throws<ActorFlowException>(() => task.After(task)).Message);
        Assert.Equal(Message, Assert.Throws<ActorFlowException>(() => _flow.Task("more", () => 1)).Message);
        Assert.Equal(Message, Assert.Throws<ActorFlowException>(() => _flow.FailFast()).Message);
        Assert.Equal(Message, Assert.Throws<ActorFlowException>(() => _flow.Build()).Message);
    }

    [Fact]
    public void A_flow_with_faults_can_be_mended_and_built()
    {
        var task = _flow.Task("task", _flow.Input, x => x).Retry(0);
        Assert.Throws<FlowDefinitionException>(() => _flow.Build());

        task.Retry(1);

        Assert.Equal("task", _flow.Build(task).Definition.Tasks[0].Name);
    }

    [Fact]
    public void What_is_missing_altogether_is_refused_at_once()
    {
        Func<int, int> nothing = null!;
        Source<int> nowhere = null!;
        Assert.Throws<ArgumentNullException>("run", () => _flow.Task("a", _flow.Input, nothing));
        Assert.Throws<ArgumentNullException>("source", () => _flow.Task("a", nowhere, x => x));
        Assert.Throws<ArgumentNullException>("name", () => _flow.Task(null!, () => 1));
        Assert.Throws<PayloadException>(() => Source.Constant(new Func<int>(() => 1)));
    }

    private (FlowFaultCode Code, string Message) OnlyFault()
    {
        var fault = Assert.Single(Assert.Throws<FlowDefinitionException>(() => _flow.Build()).Faults);
        return (fault.Code, fault.Message);
    }

    [Fact]
    public void Who_says_on_what_to_retry_and_has_one_attempt_is_asked_how_many()
    {
        var flow = FlowBuilder.Create<int>("f");
        var task = flow.Task("t", flow.Input, x => x).RetryOn<IOException>();
        var error = Assert.Throws<FlowDefinitionException>(() => flow.Build(task));
        Assert.Equal(
            "Task 't' says on what to retry, and has one attempt; say how many: Retry(3).",
            Assert.Single(error.Faults).Message);
    }
}
