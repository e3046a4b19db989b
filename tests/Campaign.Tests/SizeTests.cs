namespace ActorFlow.Campaign;

/// <summary>What is many: jobs that are open at once, and outputs that one task takes.</summary>
public sealed class SizeTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("actorflow-sizes-").FullName;

    [Fact]
    public async Task Ten_thousand_open_jobs_survive_a_kill_and_all_go_on_to_their_end()
    {
        var lines = await new OpenJobs(_root, 10_000).RunAsync();

        Assert.Contains("10000 jobs resumed", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_takes_the_outputs_of_a_hundred_thousand_others_and_still_has_its_own_after_a_restart() =>
        Assert.Contains("fan-in of 100000 (durable)", await FanIn.RunAsync(100_000, _root), StringComparison.Ordinal);

    [Fact]
    public async Task Outputs_at_the_limit_that_come_at_once_are_all_there_after_a_restart() =>
        Assert.Contains("1 jobs of 3 tasks", await LargeOutputs.RunAsync(1, 3, _root), StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
