namespace ActorFlow.Api.Tests.Building;

/// <summary>What bindings and modifiers do when jobs run.</summary>
public sealed class RunningTests
{
    [Fact]
    public async Task Fields_joins_and_collections_arrive_as_values()
    {
        var flow = FlowBuilder.Create<string>("values");
        var analysis = flow.Task("analysis", flow.Input, x => new Analysis(x, new Stats(x.Length, 1)));
        var words = analysis.Select(a => a.Stats!.Words);
        var length = flow.Input.Select(x => x.Length);
        var merged = flow.Task("merged", Source.Join(words, length, (a, b) => new MergeInput(a, b)), new Merge());
        var listed = flow.Task("listed", Source.Collect(words, merged, Source.Constant(100)), all => all.ToArray());

        var result = await Jobs.ResultOf(flow.Build(listed), "abc");

        Assert.Equal([3, 6, 100], result!);
    }

    [Fact]
    public async Task What_a_failed_task_did_not_give_arrives_as_the_default()
    {
        var flow = FlowBuilder.Create<int>("defaults");
        var number = flow.Task("number", flow.Input, Fail);
        var text = flow.Task("text", number, x => $"{x}");
        var report = flow.Task("report", number.OrDefault(), text.OrDefault(), (n, t) => $"{n is null} {t is null}");

        var report1 = await Jobs.ReportOf(flow.Build(report), 5);

        Assert.Equal(TaskPhase.Failed, report1["number"].Phase);
        Assert.Equal(TaskPhase.Skipped, report1["text"].Phase);
        Assert.Equal("True True", report1["report"].Output?.ToString());
    }

    [Fact]
    public async Task A_field_behind_null_fails_the_attempt_with_its_path()
    {
        var flow = FlowBuilder.Create<string>("null-on-the-way");
        var analysis = flow.Task("analysis", flow.Input, x => new Analysis(x, null));
        flow.Task("words", analysis.Select(a => a.Stats!.Words), words => words);

        var report = await Jobs.ReportOf(flow.Build(), "abc");

        Assert.Equal(
            "The field 'Stats.Words' of a Analysis cannot be read, because something on the way to it is null.",
            report["words"].Error?.Message);
    }

    [Fact]
    public async Task Failures_are_retried_and_then_ignored()
    {
        var attempts = 0;
        var flow = FlowBuilder.Create<int>("ignored");
        var fails = flow.Task("fails", flow.Input, x => Interlocked.Increment(ref attempts) > 0 ? Fail(x) : x)
            .Retry(3).IgnoreFailures(42);
        var after = flow.Task("after", fails, x => x + 1);

        Assert.Equal(43, await Jobs.ResultOf(flow.Build(after), 5));
        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task Failures_that_are_never_retried_are_ignored_too()
    {
        var attempts = 0;
        var flow = FlowBuilder.Create<int>("ignored-at-once");
        var fails = flow.Task("fails", flow.Input, x => Interlocked.Increment(ref attempts) > 0 ? Fail(x) : x)
            .Retry(3).NeverRetry<InvalidOperationException>().IgnoreFailures(42);

        Assert.Equal(42, await Jobs.ResultOf(flow.Build(fails), 5));
        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task One_kind_of_failure_is_ignored_at_once_with_its_own_stand_in()
    {
        var attempts = 0;
        var flow = FlowBuilder.Create<int>("ignored");
        var fails = flow.Task("fails", flow.Input, int (_) =>
        {
            Interlocked.Increment(ref attempts);
            throw new FileNotFoundException("no luck");
        }).Retry(3).IgnoreOn<IOException>(7).IgnoreFailures(8);

        Assert.Equal(7, await Jobs.ResultOf(flow.Build(fails), 5));
        Assert.Equal(1, attempts);
    }

    [Theory]
    [InlineData(typeof(TimeoutException), 2)]
    [InlineData(typeof(InvalidOperationException), 1)]
    public async Task Failures_are_ignored_whatever_is_said_about_retries_afterwards(Type failure, int expected)
    {
        var attempts = 0;
        var flow = FlowBuilder.Create<int>("ignored");
        var fails = flow.Task("fails", flow.Input, int (_) =>
        {
            Interlocked.Increment(ref attempts);
            throw (Exception)Activator.CreateInstance(failure)!;
        }).IgnoreFailures(-1).Retry(new RetryPolicy { MaxAttempts = 2, On = ["System.TimeoutException"] });
        var after = flow.Task("after", fails, x => x);

        Assert.Equal(-1, await Jobs.ResultOf(flow.Build(after), 5));
        Assert.Equal(expected, attempts);
    }

    [Fact]
    public async Task A_flow_that_goes_on_may_retry_otherwise_what_it_ignores()
    {
        var flow = FlowBuilder.Create<int>("ignored");
        var fails = flow.Task("fails", flow.Input, Fail).IgnoreFailures(42).NeverRetry<TimeoutException>();
        var changed = flow.Build(fails).With(edit => edit.Output<int>("fails").Retry(RetryPolicy.None));

        Assert.Equal(42, await Jobs.ResultOf(changed, 5));
        Assert.Empty(changed.Definition["fails"].Policy.Supervision);
    }

    [Fact]
    public async Task Every_attempt_has_an_instance_of_its_own_from_a_factory()
    {
        var made = new List<OnceOnly>();
        var flow = FlowBuilder.Create<int>("factories");
        var task = flow.Task("task", flow.Input, _ => Made(new OnceOnly())).Retry(2);

        Assert.Equal(2, await Jobs.ResultOf(flow.Build(task), 5));
        Assert.Equal(2, made.Distinct().Count());

        OnceOnly Made(OnceOnly task)
        {
            lock (made) made.Add(task);
            task.Number = made.Count;
            return task;
        }
    }

    [Fact]
    public async Task A_missing_service_fails_the_attempt_and_is_named()
    {
        var flow = FlowBuilder.Create<int>("services");
        flow.Task("task", flow.Input, services => services.Create<Multiply>());

        var report = await Jobs.ReportOf(flow.Build(), 5);

        Assert.Contains(typeof(Settings).FullName!, report["task"].Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_that_returns_no_task_fails_its_attempt()
    {
        var flow = FlowBuilder.Create<int>("null-task");
        Task<int>? none = null;
        flow.Task("null", flow.Input, x => none!);

        var report = await Jobs.ReportOf(flow.Build(), 5);

        Assert.Equal(
            "The task's function returned null instead of a Task; an async function never does.",
            report["null"].Error?.Message);
    }

    [Fact]
    public async Task Nothing_is_kept_as_null()
    {
        var flow = FlowBuilder.Create("nothing");
        var first = flow.Task("first", () => { });
        flow.Task("second", first, nothing => nothing);

        var report = await Jobs.ReportOf(flow.Build(), Nothing.Value);

        Assert.Equal(JobPhase.Succeeded, report.Phase);
        Assert.Equal("null", report["first"].Output?.ToString());
        Assert.Equal("null", System.Text.Json.JsonSerializer.Serialize(Nothing.Value));
        Assert.Equal(Nothing.Value, System.Text.Json.JsonSerializer.Deserialize<Nothing>("null"));
    }

    private static int Fail(int x) => throw new InvalidOperationException($"{x} is refused");

    /// <summary>A task that fails unless it is the second of its kind.</summary>
    private sealed class OnceOnly : SyncTask<int, int>
    {
        public int Number { get; set; }

        public override int Run(int input, TaskContext context) => Number == 2 ? Number : Fail(input);
    }
}
