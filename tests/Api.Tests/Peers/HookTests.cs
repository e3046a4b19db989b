using ActorFlow.Api.Tests.Engine;
using ActorFlow.Api.Tests.Observing;

namespace ActorFlow.Api.Tests.Peers;

/// <summary>What daglite and taskmaestro promise of their hooks, in cases of their own.</summary>
public sealed class HookTests
{
    [Fact]
    public async Task Daglite_G9_a_success_is_told_between_the_start_and_the_end_of_the_session()
    {
        var lines = await HearAsync(new Flaky(0).Flow());
        Assert.Equal(
            [
                "engine starts", "job starts", "first starts 1", "first ends Succeeded", "middle starts 1",
                "middle ends Succeeded", "last starts 1", "last ends Succeeded", "job ends Succeeded", "engine stops",
            ],
            lines);
    }

    [Fact]
    public async Task Daglite_G9_a_retry_that_succeeds_is_told_around_its_attempts()
    {
        var lines = await HearAsync(new Flaky(2).Flow(middle => middle.Retry(3)));
        Assert.Equal(
            [
                "middle starts 1", "middle fails 1", "middle is retried",
                "middle begins retry 2 after failure 1", "middle starts 2", "middle fails 2",
                "middle ends retry 2 False", "middle is retried",
                "middle begins retry 3 after failure 2", "middle starts 3", "middle ends Succeeded",
                "middle ends retry 3 True",
            ],
            lines.Where(line => line.StartsWith("middle", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Daglite_G9_a_failure_is_told_with_its_error_and_after_the_last_retry()
    {
        var lines = await HearAsync(new Flaky(9).Flow(middle => middle.Retry(2)));
        Assert.Equal(
            ["middle fails 2", "middle ends retry 2 False", "middle ends Failed"],
            lines.Where(line => line.StartsWith("middle", StringComparison.Ordinal)).TakeLast(3));
    }

    [Fact]
    public async Task Taskmaestro_T11_a_failing_task_is_told_as_start_start_fail_fail()
    {
        var flow = FlowBuilder.Create<int>("failing");
        flow.Task("fails", flow.Input, int (_) => throw new InvalidOperationException("no"));
        var lines = await HearAsync(flow.Build().Executable);
        Assert.Equal(
            ["job starts", "fails starts 1", "fails fails 1", "fails ends Failed", "job ends Failed"],
            lines.Skip(1).SkipLast(1));
    }

    [Fact]
    public async Task Taskmaestro_T11_a_task_that_cannot_be_made_fails_as_one_that_throws()
    {
        var flow = FlowBuilder.Create<int>("unmakeable");
        flow.Task("unmade", flow.Input, SyncTask<int, int> (_) => throw new NotSupportedException("no such thing"));
        Assert.Equal(["unmade fails 1", "unmade ends Failed", "job ends Failed"],
            (await HearAsync(flow.Build().Executable)).SkipLast(1).TakeLast(3));
    }

    [Fact]
    public async Task Taskmaestro_T11_a_job_that_has_ended_is_not_run_again()
    {
        var flaky = new Flaky(0);
        var heard = new Recorder();
        var memory = new ActorFlowOptions { InMemory = true, Observers = { heard } };
        await using (var engine = ActorFlowEngine.Create(memory))
        {
            var options = new JobOptions { Id = new JobId("once") };
            await (await engine.SubmitAsync(flaky.Flow(), 1, options)).WaitAsync();
            var same = await engine.SubmitAsync(flaky.Flow(), 1, options);
            Assert.Equal(JobPhase.Succeeded, await same.WaitAsync());
            await Assert.ThrowsAsync<JobRejectedException>(() => same.RetryFailedAsync());
        }

        Assert.Equal(1, flaky.Runs);
        Assert.Single(heard.Lines, "job ends Succeeded");
    }

    [Theory]
    [InlineData("../escaped", "..%2Fescaped.json")]
    [InlineData("a/b", "a%2Fb.json")]
    [InlineData("a\\b", "a%5Cb.json")]
    [InlineData("a_b", "a_b.json")]
    [InlineData("a%2Fb", "a%252Fb.json")]
    [InlineData("..", "%2E%2E.json")]
    public async Task Taskmaestro_T18_a_result_is_written_under_its_escaped_name(string task, string file)
    {
        using var data = new DataDirectory();
        var directory = Path.Combine(data.Path, "results");
        var flow = FlowBuilder.Create<int>("results");
        flow.Task(task, flow.Input, x => x);
        await HearAsync(flow.Build().Executable, new ResultWritingObserver(directory), job: "../job");

        var written = Assert.Single(Directory.EnumerateFiles(data.Path, "*", SearchOption.AllDirectories));
        Assert.Equal(Path.Combine(directory, "..%2Fjob", file), written);
        Assert.Equal("1", await File.ReadAllTextAsync(written));
    }

    [Fact]
    public async Task Taskmaestro_T18_names_that_look_alike_are_different_files()
    {
        using var data = new DataDirectory();
        var flow = FlowBuilder.Create<int>("results");
        string[] names = ["../escaped", "a/b", "a\\b", "a_b", "a%2Fb", "a%5Cb"];
        foreach (var name in names) flow.Task(name, flow.Input, _ => name);
        var writing = new ResultWritingObserver(data.Path);
        await HearAsync(flow.Build().Executable, writing);

        var files = Directory.GetFiles(data.Path, "*", SearchOption.AllDirectories);
        Assert.Equal(names.Length, files.Length);
        foreach (var name in names)
            Assert.Equal(
                System.Text.Json.JsonSerializer.Serialize(name),
                await File.ReadAllTextAsync(writing.PathOf(new JobId("job"), name)));
    }

    private static Task<IReadOnlyList<string>> HearAsync(Flow<int, int> flow) => HearAsync(flow.Executable);

    private static async Task<IReadOnlyList<string>> HearAsync(
        Actors.ExecutableFlow flow, JobObserver? another = null, string job = "job")
    {
        var heard = new Recorder();
        var options = new ActorFlowOptions { InMemory = true, Observers = { heard } };
        if (another is not null) options.Observers.Add(another);
        await using (var engine = ActorFlowEngine.Create(options))
            await (await engine.SubmitAsync(flow, Payload.Live(1), new JobOptions { Id = new JobId(job) })).WaitAsync();
        return heard.Lines;
    }
}
