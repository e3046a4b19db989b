using ActorFlow.Api.Tests.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace ActorFlow.Api.Tests.UpToDate;

/// <summary>Changes travel along the edges.</summary>
public sealed class ChangeTests : IDisposable
{
    private readonly Workshop _shop = new();
    private string? _changed;

    [Fact]
    public async Task What_comes_after_a_task_that_is_up_to_date_stays_up_to_date()
    {
        await _shop.RunAsync(Chain(), 1);
        Assert.Equal("a, b, c", _shop.Ran);
        var report = await _shop.RunAsync(Chain(), 1);
        Assert.Equal("", _shop.Ran);
        Assert.True(report.NothingToDo);
    }

    [Fact]
    public async Task A_task_that_ran_makes_those_run_that_need_it_though_they_take_nothing_from_it()
    {
        await _shop.RunAsync(Chain(), 1);
        Assert.Equal("a, b, c", _shop.Ran);
        await _shop.RunAsync(Chain(version: "2"), 1);
        Assert.Equal("a, b, c", _shop.Ran);
        Assert.Equal("True", _changed);
    }

    [Fact]
    public async Task A_task_that_says_to_have_changed_nothing_leaves_them_alone()
    {
        await _shop.RunAsync(Chain(), 1);
        Assert.Equal("a, b, c", _shop.Ran);
        var report = await _shop.RunAsync(Chain(version: "2", says: true), 1);
        Assert.Equal("a", _shop.Ran);
        Assert.False(report["a"].Changed);
    }

    [Fact]
    public async Task A_task_that_keeps_no_state_may_have_changed_anything()
    {
        var flow = FlowBuilder.Create<int>("f");
        var plain = flow.Task("plain", flow.Input, x => x);
        flow.Task("after", () => _shop.Runs("after")).UpToDate().After(plain);
        var built = flow.Build();
        await _shop.RunAsync(built, 1);
        await _shop.RunAsync(built, 1);

        Assert.Equal("after, after", _shop.Ran);
    }

    [Fact]
    public async Task A_result_from_the_cache_is_no_change()
    {
        var flow = FlowBuilder.Create<int>("f");
        var cached = flow.Task("cached", flow.Input, x => x).Cache();
        flow.Task("after", cached, x => _shop.Runs($"after {x}")).UpToDate();
        var built = flow.Build();
        await _shop.RunAsync(built, 1);
        await _shop.RunAsync(built, 1);
        await _shop.RunAsync(built, 2);

        Assert.Equal("after 1, after 2", _shop.Ran);
    }

    [Fact]
    public async Task A_change_is_not_forgotten_when_the_job_ends_before_all_have_seen_it()
    {
        await _shop.RunAsync(Chain(), 1);
        var broken = await _shop.RunAsync(Chain(version: "2", bFails: true), 1);
        Assert.Equal((JobPhase.Failed, TaskPhase.Skipped), (broken.Phase, broken["c"].Phase));
        Assert.Equal("a, a, b, b, c", _shop.Ran);

        var report = await _shop.RunAsync(Chain(version: "2"), 1);
        Assert.True(report["a"].IsUpToDate);
        Assert.Equal("b, c", _shop.Ran);
    }

    [Fact]
    public async Task A_run_whose_success_was_not_recorded_counts_as_a_change_of_its_job()
    {
        var scopes = new FailingScopes();
        await using var services = new ServiceCollection().AddScoped(_ => new Fragile(scopes)).BuildServiceProvider();
        var flow = FlowBuilder.Create<int>("f");
        var a = flow.Task("a", flow.Input, (int x, TaskContext context) =>
        {
            _shop.Runs("a");
            context.Services.GetRequiredService<Fragile>();
            return x;
        }).UpToDate().Retry(2);
        flow.Task("b", (TaskContext context) => _shop.Runs($"b {context.InputsChanged}")).UpToDate().After(a);
        var report = await _shop.RunAsync(flow.Build(), 1, services: services);

        Assert.Equal((JobPhase.Succeeded, 2), (report.Phase, report["a"].Attempts));
        Assert.True(report["a"].IsUpToDate);
        Assert.True(report["a"].Changed);
        Assert.False(report.NothingToDo);
        Assert.Equal("a, b True", _shop.Ran);
    }

    [Fact]
    public async Task A_map_has_changed_what_its_items_have()
    {
        await _shop.RunAsync(Maps(), ["x", "y"]);
        Assert.Equal("each x, each y, sum", _shop.Ran);
        var report = await _shop.RunAsync(Maps(), ["x", "y"]);
        Assert.Equal("", _shop.Ran);
        Assert.True(report.NothingToDo);
        Assert.False(report["m"].Changed);
        await _shop.RunAsync(Maps(), ["x", "z"]);
        Assert.Equal("each z, sum", _shop.Ran);
    }

    [Fact]
    public async Task A_loop_has_changed_what_any_of_its_rounds_has()
    {
        await _shop.RunAsync(Loops(rounds: 3), 0);
        Assert.Equal("round 0, round 1, round 2, sum", _shop.Ran);
        var report = await _shop.RunAsync(Loops(rounds: 3), 0);
        Assert.Equal("", _shop.Ran);
        Assert.Equal((false, true), (report["loop"].Changed, report.NothingToDo));
        await _shop.RunAsync(Loops(rounds: 4), 0);
        Assert.Equal("round 3, sum", _shop.Ran);
    }

    [Fact]
    public async Task A_plain_task_sees_whether_its_inputs_changed()
    {
        await _shop.RunAsync(Sees(), 1);
        await _shop.RunAsync(Sees(), 1);

        Assert.Equal("False, True", _shop.Ran);
    }

    public void Dispose() => _shop.Dispose();

    private Flow<int, Nothing> Loops(int rounds)
    {
        var body = FlowBuilder.Create<int>("body");
        var next = body.Task("next", body.Input, x =>
        {
            _shop.Runs($"round {x}");
            return x + 1;
        }).Cache();
        var flow = FlowBuilder.Create<int>("f");
        var loop = flow.Repeat("loop", flow.Input, rounds, body.Build(next));
        flow.Task("sum", () => _shop.Runs("sum")).UpToDate().After(loop);
        return flow.Build();
    }

    private Flow<int, Nothing> Sees()
    {
        var flow = FlowBuilder.Create<int>("f");
        var a = flow.Task("a", flow.Input, x => x).UpToDate();
        flow.Task("b", (TaskContext context) => _shop.Runs($"{context.InputsChanged}")).After(a);
        return flow.Build();
    }

    private Flow<int, Nothing> Chain(string version = "1", bool says = false, bool bFails = false)
    {
        var flow = FlowBuilder.Create<int>("chain");
        var a = flow.Task("a", flow.Input, (int _, TaskContext context) =>
        {
            _shop.Runs("a");
            if (says) context.HasChangedNothing();
        }).UpToDate().Version(version);
        var b = flow.Task("b", (TaskContext context) =>
        {
            _changed = $"{context.InputsChanged}";
            _shop.Runs("b");
            if (bFails) throw new IOException("no");
        }).UpToDate().After(a);
        flow.Task("c", () => _shop.Runs("c")).UpToDate().After(b);
        return flow.Build();
    }

    private Flow<IReadOnlyList<string>, int> Maps()
    {
        var each = FlowBuilder.Chain<string>("each").Then("each", x =>
        {
            _shop.Runs($"each {x}");
            return x.Length;
        }).With(task => task.UpToDate()).Build();
        var flow = FlowBuilder.Create<IReadOnlyList<string>>("maps");
        var mapped = flow.Map("m", flow.Input, each);
        return flow.Build(flow.Task("sum", mapped, all =>
        {
            _shop.Runs("sum");
            return all.Sum();
        }).UpToDate());
    }

    /// <summary>The first scope fails when it is given back: its attempt has run, and does not succeed.</summary>
    private sealed class FailingScopes
    {
        public int Disposed { get; set; }
    }

    private sealed class Fragile(FailingScopes scopes) : IDisposable
    {
        public void Dispose()
        {
            if (scopes.Disposed++ == 0) throw new IOException("The scope cannot be given back.");
        }
    }
}
