using System.Security.Cryptography;
using System.Text;

namespace ActorFlow.Api.Tests.UpToDate;

/// <summary>What the last run left is taken only for what it is.</summary>
public sealed class LastRunTests : IDisposable
{
    private readonly Workshop _shop = new();

    [Fact]
    public async Task Another_input_runs_a_task_that_was_built_before_it_kept_its_state()
    {
        var flow = FlowBuilder.Create<int>("f");
        var built = flow.Build(flow.Task("square", flow.Input, x => x * x))
            .With(more => more.Output<int>("square").UpToDate());

        Assert.Equal("4", (await _shop.RunAsync(built, 2))["square"].Output!.ToString());
        Assert.Equal("9", (await _shop.RunAsync(built, 3))["square"].Output!.ToString());
        Assert.True((await _shop.RunAsync(built, 3))["square"].IsUpToDate);
    }

    [Fact]
    public async Task Another_flow_inside_runs_the_task()
    {
        Flow<int, int> Outer(string version)
        {
            var inner = FlowBuilder.Create<int>("inner");
            var t = inner.Task("t", inner.Input, x => x).Version(version);
            var flow = FlowBuilder.Create<int>("outer");
            return flow.Build(flow.Run("inner", flow.Input, inner.Build(t)).UpToDate());
        }

        await _shop.RunAsync(Outer("1"), 1);
        Assert.True((await _shop.RunAsync(Outer("1"), 1))["inner"].IsUpToDate);
        Assert.False((await _shop.RunAsync(Outer("2"), 1))["inner"].IsUpToDate);
    }

    [Fact]
    public async Task A_retry_that_finds_its_work_done_has_changed_something_all_the_same()
    {
        var (source, target, fails) = (_shop.Write("source", "one"), Path.Combine(_shop.Files, "target"), false);
        var flow = FlowBuilder.Create("f");
        var copy = flow.Task("copy", (TaskContext context) =>
        {
            if (File.Exists(target) && File.ReadAllText(target) == File.ReadAllText(source))
            {
                context.HasChangedNothing();
                return;
            }

            File.Copy(source, target, overwrite: true);
            if (fails) throw new IOException("after the work");
        }).Retry(2).UpToDate(new UpToDateOptions { Inputs = [source] });
        flow.Task("after", () => _shop.Runs(File.ReadAllText(target))).After(copy).UpToDate();
        var built = flow.Build();
        await _shop.RunAsync(built, Nothing.Value);
        fails = true;
        _shop.Write("source", "two");
        var report = await _shop.RunAsync(built, Nothing.Value);

        Assert.Equal("one, two", _shop.Ran);
        Assert.Equal((2, true), (report["copy"].Attempts, report["copy"].Changed));
        await _shop.RunAsync(built, Nothing.Value);
        Assert.Equal("", _shop.Ran);
    }

    [Fact]
    public async Task Another_run_directory_runs_it()
    {
        await _shop.RunAsync(Writes("debug", "o"), 1);
        await _shop.RunAsync(Writes("debug", "o"), 1);
        Assert.Equal("t", _shop.Ran);
        await _shop.RunAsync(Writes("release", "o"), 1);
        Assert.Equal("t", _shop.Ran);
        Assert.True(File.Exists(Path.Combine(_shop.Files, "release", "o")));
    }

    [Fact]
    public async Task A_run_directory_of_each_job_is_another_one()
    {
        await _shop.RunAsync(Writes("{job}", "o"), 1, new JobOptions { Id = new JobId("a") });
        await _shop.RunAsync(Writes("{job}", "o"), 1, new JobOptions { Id = new JobId("b") });

        Assert.True(File.Exists(Path.Combine(_shop.Files, "b", "o")));
    }

    [Fact]
    public async Task An_output_that_was_not_declared_before_is_missed()
    {
        await _shop.RunAsync(Writes("d", "o"), 1);
        await _shop.RunAsync(Writes("d", "o", "p"), 1);
        Assert.Equal("t, t", _shop.Ran);
        await _shop.RunAsync(Writes("d", "o", "p"), 1);
        await _shop.RunAsync(Writes("d", "p"), 1);
        Assert.Equal("", _shop.Ran);
    }

    [Fact]
    public void A_cache_does_not_go_with_output_files()
    {
        var flow = FlowBuilder.Create<int>("f");
        var kept = flow.Task("t", flow.Input, x => x).UpToDate(new UpToDateOptions { Outputs = ["o"] });
        var built = flow.Build(kept);
        var fault = Assert.Single(Assert.Throws<FlowDefinitionException>(
            () => built.With(more => more.Output<int>("t").Cache())).Faults);

        Assert.Equal((FlowFaultCode.BadPolicy, "t"), (fault.Code, fault.Task));
        Assert.Contains("caches its results and is to write files", fault.Message, StringComparison.Ordinal);
        flow = FlowBuilder.Create<int>("f");
        flow.Task("t", flow.Input, x => x).UpToDate().Cache();
        Assert.Single(flow.Build().Definition.Tasks);
    }

    [Fact]
    public async Task An_output_that_cannot_be_read_any_more_is_made_anew()
    {
        var flow = FlowBuilder.Create<int>("f");
        var built = flow.Build(flow.Task("t", flow.Input, x => new Result(x)).UpToDate());
        await _shop.RunAsync(built, 1);
        var file = Directory.GetFiles(_shop.DataPath, "*.run.json", SearchOption.AllDirectories).Single();
        var state = (await File.ReadAllTextAsync(file)).Split('\n', 2)[1]
            .Replace(":1}", ":\\u0022one\\u0022}", StringComparison.Ordinal);
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)));
        await File.WriteAllTextAsync(file, $"{digest}\n{state}");
        var report = await _shop.RunAsync(built, 1);

        Assert.Contains("one", state, StringComparison.Ordinal);
        Assert.Equal((JobPhase.Succeeded, false), (report.Phase, report["t"].IsUpToDate));
        Assert.Equal("{\"Number\":1}", report["t"].Output!.ToString());
    }

    public void Dispose() => _shop.Dispose();

    private Flow<int, int> Writes(string directory, params string[] files)
    {
        var flow = FlowBuilder.Create<int>("writes");
        return flow.Build(flow.Task("t", flow.Input, (int x, TaskContext context) =>
        {
            _shop.Runs("t");
            foreach (var file in files) File.WriteAllText(Path.Combine(context.RunDirectory, file), "x");
            return x;
        }).UpToDate(new UpToDateOptions { RunDirectory = Path.Combine(_shop.Files, directory), Outputs = files }));
    }

    private sealed record Result(int Number);
}
