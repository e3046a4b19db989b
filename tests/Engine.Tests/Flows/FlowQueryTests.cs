namespace ActorFlow.Engine.Tests.Flows;

/// <summary>What a flow answers about its graph, and what a changed flow looks like.</summary>
public sealed class FlowQueryTests
{
    /// <summary>The timing graph of processes: t4 needs t2, t5 needs t1, t6 needs t2 and t5.</summary>
    private static readonly Flow Timing = Flow("t1", "t2", "t3", "t4:t2", "t5:t1", "t6:t2,t5");

    [Fact]
    public void Levels_hold_what_could_run_side_by_side() => Assert.Equal(
        "t1 t2 t3 | t4 t5 | t6",
        string.Join(" | ", Timing.Levels().Select(level => string.Join(' ', level))));

    [Fact]
    public void The_topological_order_goes_by_declaration_where_it_may() => Assert.Equal(
        ["b", "c", "a", "d"], Flow("a:b,c", "b", "c", "d:a").TopologicalOrder().Select(task => task.Name));

    [Fact]
    public void The_critical_path_takes_longest()
    {
        var path = Timing.CriticalPath(task => TimeSpan.FromMilliseconds(task.Name switch
        {
            "t1" => 1000,
            "t2" => 500,
            "t4" => 1250,
            "t5" => 750,
            _ => 250,
        }));

        Assert.Equal("t1 -> t5 -> t6 (00:00:02)", path.ToString());
        Assert.Equal("t1 (00:00:00)", Timing.CriticalPath(_ => TimeSpan.Zero).ToString());
        var error = Assert.Throws<ActorFlowException>(() => Timing.CriticalPath(_ => TimeSpan.FromSeconds(-1)));
        Assert.Equal("Task 't1' cannot take -00:00:01; zero is the least.", error.Message);
        Assert.Throws<ArgumentNullException>(() => Timing.CriticalPath((Func<FlowTask, TimeSpan>)null!));
    }

    [Fact]
    public void Of_two_chains_that_take_as_long_the_critical_path_is_the_one_named_first() => Assert.Equal(
        "a -> c (00:00:02)", Flow("a", "b", "c:a,b").CriticalPath(_ => TimeSpan.FromSeconds(1)).ToString());

    [Fact]
    public void The_critical_path_of_a_job_goes_by_what_its_tasks_took()
    {
        var flow = Flow("a", "b", "c:a", "d:b");
        var job = new Reports.RecordedJob(flow) { Pace = TimeSpan.FromSeconds(1) }.StartReady().EndOne();
        job.Pace = TimeSpan.FromSeconds(2);
        Assert.Equal("b (00:00:03)", flow.CriticalPath(job.EndOne().Report).ToString());
        Assert.Throws<ArgumentNullException>(() => flow.CriticalPath((JobReport)null!));
    }

    [Fact]
    public void Neighbours_and_those_behind_them_are_told_apart()
    {
        Assert.Equal(["t5"], Names(Timing.DownstreamOf("T1")));
        Assert.Equal(["t5", "t6"], Names(Timing.DependantsOf("t1")));
        Assert.Equal(["t2", "t5"], Names(Timing.UpstreamOf("T6")));
        Assert.Equal(["a", "b"], Names(Flow("a", "b", "c:b,a").UpstreamOf("c")));
        Assert.Equal(["t1", "t2", "t5"], Names(Timing.DependenciesOf("t6")));
        Assert.Empty(Timing.DependantsOf("t6"));
        Assert.Equal(
            "Flow 'flow' has no task 't7'. Did you mean 't1'?",
            Assert.Throws<ActorFlowException>(() => Timing.UpstreamOf("t7")).Message);
    }

    [Fact]
    public void A_draft_of_a_flow_builds_the_same_flow()
    {
        var draft = new FlowDraft("full") { Description = "All of it.", Tags = ["x"] };
        draft.Policy = draft.Policy with { FailFast = true };
        draft.Tasks.Add(new TaskDraft("a") { Kind = "k", Description = "A.", OutputType = "int", Tags = ["y", "z"] });
        draft.Tasks.Add(new TaskDraft("b")
        {
            Inputs =
            {
                InputDraft.FromTask("x", 0) with { Field = "f.g", Required = false },
                InputDraft.FromJob("y") with { Field = "h" },
                InputDraft.FromValue("z", Payload.FromJson("5")) with { Setting = "Z" },
                InputDraft.FromTask("", 0),
            },
        });
        var flow = draft.Build();

        var again = flow.ToDraft().Build();

        Assert.Equal(flow.Fingerprint, again.Fingerprint);
        Assert.Equal(("All of it.", true), (again.Description, again.Policy.FailFast));
        Assert.Equal(["x"], again.Tags);
        Assert.Equal(("A.", "int"), (again["a"].Description, again["a"].OutputType));
        Assert.Equal(["y", "z"], again["a"].Tags);
        Assert.Equal("", again["b"].Kind);
        Assert.Equal("Z", Assert.IsType<TaskInput.Constant>(again["b"].Inputs[2]).Setting);
    }

    [Fact]
    public void Tasks_are_added_and_removed_together()
    {
        var longer = Timing.With(
            new TaskDraft("t7") { Inputs = { InputDraft.FromTask("x", "t8") } },
            new TaskDraft("t8") { Inputs = { InputDraft.FromTask("x", "T6") } });

        Assert.Equal(["t7", "t8"], Names(longer.DependantsOf("t6")));
        Assert.Equal(["t1", "t2", "t3", "t4", "t5"], longer.Without("t6", "T8", "t7").TaskNames);
        var fault = Assert.Single(Assert.Throws<FlowDefinitionException>(() => longer.Without("t6", "t7")).Faults);
        Assert.Equal("Task 't6' cannot be removed, because 't8' needs it; remove that too.", fault.Message);
        Assert.Equal(FlowFaultCode.NoTasks, Assert.Single(
            Assert.Throws<FlowDefinitionException>(() => Flow("only").Without("only")).Faults).Code);
    }

    [Fact]
    public void Settings_are_written_down_and_put_back()
    {
        var flow = WithSetting("3");

        Assert.Equal("""{"settings":{"a":{"Factor":3}}}""", flow.Settings()!.ToString());
        Assert.Equal(flow.Fingerprint, WithSetting("4").WithSettings(flow.Settings()!).Fingerprint);
        var other = Payload.FromJson("""{"settings":{"b":1,"a":[]}}""");
        Assert.Equal(flow.Fingerprint, flow.WithSettings(other).Fingerprint);
        Assert.Null(Timing.Settings());
        Assert.StartsWith(
            "What a job of flow 'settings' took from the configuration cannot be read: ",
            Assert.Throws<ActorFlowException>(() => flow.WithSettings(Payload.FromJson("{"))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("writer", () => flow.WriteSettings(null!));

        static Flow WithSetting(string value)
        {
            var draft = new FlowDraft("settings");
            draft.Tasks.Add(new TaskDraft("a")
            {
                Inputs = { InputDraft.FromValue("x", Payload.FromJson(value)) with { Setting = "Factor" } },
            });
            return draft.Build();
        }
    }

    [Fact]
    public void Only_tasks_with_settings_are_written_down_and_they_with_all()
    {
        var draft = new FlowDraft("settings");
        draft.Tasks.Add(new TaskDraft("none") { Inputs = { InputDraft.FromValue("x", Payload.FromJson("1")) } });
        draft.Tasks.Add(new TaskDraft("two") { Inputs = { Setting("x", "X"), Setting("y", "Y") } });

        Assert.Equal("""{"settings":{"two":{"X":1,"Y":1}}}""", draft.Build().Settings()?.ToString());

        static InputDraft Setting(string parameter, string name) =>
            InputDraft.FromValue(parameter, Payload.FromJson("1")) with { Setting = name };
    }

    private static IEnumerable<string> Names(IEnumerable<FlowTask> tasks) => tasks.Select(task => task.Name);

    /// <summary>A flow of tasks written as <c>name:need,need</c>.</summary>
    private static Flow Flow(params string[] tasks)
    {
        var draft = new FlowDraft("flow");
        foreach (var text in tasks)
        {
            var parts = text.Split(':');
            var task = new TaskDraft(parts[0]);
            if (parts.Length > 1)
                task.Inputs.AddRange(parts[1].Split(',').Select((need, i) => InputDraft.FromTask($"p{i}", need)));
            draft.Tasks.Add(task);
        }

        return draft.Build();
    }
}
