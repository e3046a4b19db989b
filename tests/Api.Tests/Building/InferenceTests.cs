namespace ActorFlow.Api.Tests.Building;

/// <summary>No type argument is written: that this compiles is half the test.</summary>
public sealed class InferenceTests
{
    private readonly FlowBuilder<int> _flow = FlowBuilder.Create<int>("inference");

    private Source<int> X => _flow.Input;

    [Fact]
    public Task Functions_of_one_source_that_give_a_result_at_once() => EachGives(
        6,
        _flow.Task("expression", X, x => x + 1),
        _flow.Task("block", X, x =>
        {
            var y = x;
            return y + 1;
        }),
        _flow.Task("typed", X, (int x) => x + 1),
        _flow.Task("method-group", X, Increment),
        _flow.Task("token", X, (x, token) => x + (token.IsCancellationRequested ? 0 : 1)),
        _flow.Task("typed-token", X, (int x, CancellationToken _) => x + 1),
        _flow.Task("context", X, (x, context) => x + context.Attempt),
        _flow.Task("typed-context", X, (int x, TaskContext _) => x + 1));

    [Fact]
    public Task Functions_of_one_source_that_give_a_result_later() => EachGives(
        6,
        _flow.Task("async", X, async x =>
        {
            await Task.Yield();
            return x + 1;
        }),
        _flow.Task("task-of-it", X, x => Task.FromResult(x + 1)),
        _flow.Task("method-group", X, IncrementLater),
        _flow.Task("method-group-with-token", X, IncrementUntilStopped),
        _flow.Task("async-token", X, async (x, token) =>
        {
            await Pause(token);
            return x + 1;
        }),
        _flow.Task("passed-on-token", X, (x, token) => IncrementUntilStopped(x, token)),
        _flow.Task("async-context", X, async (x, context) =>
        {
            await Task.Yield();
            return x + context.Attempt;
        }),
        _flow.Task("passed-on-context", X, (x, context) => IncrementUntilStopped(x, context.CancellationToken)));

    [Fact]
    public async Task Functions_without_a_result()
    {
        var seen = new List<string>();
        var last = _flow.Task("action", X, x => See("action"));
        TaskHandle<Nothing>[] handles =
        [
            last,
            _flow.Task("block", X, x =>
            {
                See("block");
            }),
            _flow.Task("token", X, (x, token) =>
            {
                token.ThrowIfCancellationRequested();
                See("token");
            }),
            _flow.Task("context", X, (x, context) => See(context.TaskName)),
            _flow.Task("async", X, async x =>
            {
                await Task.Yield();
                See("async");
            }),
            _flow.Task("async-token", X, async (x, token) =>
            {
                await Pause(token);
                See("async-token");
            }),
            _flow.Task("async-context", X, async (x, context) =>
            {
                await Task.Yield();
                See(context.TaskName);
            }),
            _flow.Task("task", X, x => Task.CompletedTask),
            _flow.Task("no-source", () => See("no-source")),
            _flow.Task("two-sources", X, last, (x, nothing) => See($"two-sources and {nothing}")),
        ];

        var report = await Jobs.ReportOf(_flow.MaxParallel(1).Build(), 5);

        Assert.Equal(JobPhase.Succeeded, report.Phase);
        Assert.Equal(handles.Length, report.Counts.Succeeded);
        Assert.Equal(
            ["action", "async", "async-context", "async-token", "block", "context", "no-source", "token",
                "two-sources and nothing"],
            seen.Order(StringComparer.Ordinal));

        void See(string what)
        {
            lock (seen) seen.Add(what);
        }
    }

    [Fact]
    public Task Functions_of_no_source() => EachGives(
        7,
        _flow.Task("value", () => 7),
        _flow.Task("token", token => token.IsCancellationRequested ? 0 : 7),
        _flow.Task("context", context => 6 + context.Attempt),
        _flow.Task("async", async () =>
        {
            await Task.Yield();
            return 7;
        }),
        _flow.Task("async-token", async token =>
        {
            await Pause(token);
            return 7;
        }),
        _flow.Task("class", new Seven()),
        _flow.Task("factory", services => services.Create<Seven>()));

    [Fact]
    public Task Functions_of_up_to_eight_sources() => EachGives(
        40,
        _flow.Task("two", X, X, (a, b) => 8 * (a + b) / 2),
        _flow.Task("three", X, X, X, (a, b, c) => 8 * (a + b + c) / 3),
        _flow.Task("four", X, X, X, X, (a, b, c, d) => 8 * (a + b + c + d) / 4),
        _flow.Task("five", X, X, X, X, X, (a, b, c, d, e) => 8 * (a + b + c + d + e) / 5),
        _flow.Task("six", X, X, X, X, X, X, async (a, b, c, d, e, f) =>
        {
            await Task.Yield();
            return 8 * (a + b + c + d + e + f) / 6;
        }),
        _flow.Task("seven", X, X, X, X, X, X, X, (a, b, c, d, e, f, g, context) =>
            8 * (a + b + c + d + e + f + g) / (6 + context.Attempt)),
        _flow.Task("eight", X, X, X, X, X, X, X, X, (a, b, c, d, e, f, g, h) => a + b + c + d + e + f + g + h),
        _flow.Task("eight-async", X, X, X, X, X, X, X, X, async (a, b, c, d, e, f, g, h, token) =>
        {
            await Pause(token);
            return a + b + c + d + e + f + g + h;
        }));

    [Fact]
    public async Task Sources_of_different_types()
    {
        var text = _flow.Task("text", X, x => $"<{x}>");
        var list = _flow.Task("list", text, Source.Constant(2), (t, n) => Enumerable.Repeat(t, n).ToList());
        var both = _flow.Task("both", list, X, text.OrDefault(), (l, x, t) => $"{string.Concat(l)}{x}{t?.Length}");

        Assert.Equal("<5><5>53", await Jobs.ResultOf(_flow.Build(both), 5));
    }

    [Fact]
    public async Task Task_classes()
    {
        var services = new OneService(new Settings(3));
        var once = _flow.Task("instance", X, new AddOne());
        var again = _flow.Task("derived-instance", once, new AddOneAgain());
        var later = _flow.Task("async-instance", again, new DoubleLater());
        var made = _flow.Task("factory", later, services => services.Create<Multiply>());
        var madeLater = _flow.Task("async-factory", made, services => services.Create<MultiplyLater>());
        var ignoring = _flow.Task("factory-without-services", madeLater, _ => new AddOne());
        var list = _flow.Task("list", ignoring, x => new List<int> { x, x });
        var count = _flow.Task("takes-the-base", list, new CountOf());
        var join = Source.Join(ignoring, count, (left, right) => new MergeInput(left, right));
        var merged = _flow.Task("several-inputs", join, new Merge());

        Assert.Equal((5 + 1 + 1) * 2 * 3 * 3 + 1 + 2, await Jobs.ResultOf(_flow.Build(merged), 5, services));
    }

    [Fact]
    public async Task A_chain_infers_the_type_of_each_link()
    {
        var flow = FlowBuilder.Chain<int>("chain")
            .Then("sync", x => x + 1)
            .Then("instance", new AddOne()).With(task => task.Retry(3))
            .Then("async-instance", new DoubleLater())
            .Then("async", async x =>
            {
                await Task.Yield();
                return x + 1;
            })
            .Then("token", async (x, token) =>
            {
                await Pause(token);
                return x + 1;
            })
            .Then("context", (x, context) => x + context.Attempt)
            .Then("factory", services => services.Create<AddOne>())
            .Then("text", x => $"{x}")
            .Build();

        Assert.Equal("18", await Jobs.ResultOf(flow, 5, new OneService(new Settings(1))));
    }

    [Fact]
    public async Task A_fan_in_takes_a_handful_of_lines()
    {
        var flow = FlowBuilder.Create<int>("fan-in");
        var a = flow.Task("a", flow.Input, new AddOne());
        var b = flow.Task("b", flow.Input, x => x * 2);
        var sum = flow.Task("sum", a, b, (x, y) => x + y);
        Flow<int, int> done = flow.Build(sum);

        Assert.Equal(16, await Jobs.ResultOf(done, 5));
    }

    private async Task EachGives(int expected, params TaskHandle<int>[] tasks)
    {
        var all = _flow.Task("all", Source.Collect(tasks), outputs => outputs.ToArray());
        var outputs = await Jobs.ResultOf(_flow.Build(all), 5, new OneService(new Settings(1)));
        Assert.Equal(tasks.Select(t => (t.Name, expected)), tasks.Zip(outputs!, (t, output) => (t.Name, output)));
    }

    private static int Increment(int x) => x + 1;

    private static Task<int> IncrementLater(int x) => Task.FromResult(x + 1);

    private static async Task<int> IncrementUntilStopped(int x, CancellationToken cancellationToken)
    {
        await Pause(cancellationToken);
        return x + 1;
    }

    private static async Task Pause(CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>A host with one service.</summary>
    private sealed class OneService(Settings settings) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(Settings) ? settings : null;
    }
}
