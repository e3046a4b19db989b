namespace ActorFlow.Api.Tests.Engine;

/// <summary>Where tasks of engines in memory have their files, and for how long.</summary>
public sealed class TemporaryDirectoryTests
{
    private static readonly JobOptions Job = new() { Id = new JobId("job") };

    [Fact]
    public async Task What_an_engine_in_memory_did_is_not_up_to_date_for_another()
    {
        var runs = 0;
        for (var i = 0; i < 2; i++)
        {
            var flow = FlowBuilder.Create("own");
            var task = flow.Task("task", () => ++runs).UpToDate();
            await using var engine = ActorFlowEngine.CreateInMemory();
            await engine.RunAsync(flow.Build(task), Nothing.Value);
        }

        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task Engines_in_memory_have_directories_of_their_own_which_go_with_them()
    {
        string[] first;
        await using (var engine = ActorFlowEngine.CreateInMemory())
        {
            first = await DirectoriesAsync(engine);
            await using (var other = ActorFlowEngine.CreateInMemory())
                Assert.Empty((await DirectoriesAsync(other)).Intersect(first));
            Assert.All(first, directory => Assert.True(Directory.Exists(directory)));
        }

        Assert.All(first, directory => Assert.False(Directory.Exists(directory)));
        var root = Directory.GetParent(first[0])!.Parent!;
        Assert.StartsWith("actorflow-", root.Name, StringComparison.Ordinal);
        Assert.False(root.Exists);
    }

    /// <summary>The scratch directory and the run directory of a task, which are kept.</summary>
    private static Task<string[]> DirectoriesAsync(ActorFlowEngine engine)
    {
        var flow = FlowBuilder.Create("directories");
        var task = flow.Task("task", (TaskContext context) =>
        {
            context.KeepScratchDirectory();
            return (string[])[context.ScratchDirectory, context.RunDirectory];
        }).UpToDate();
        return engine.RunAsync(flow.Build(task), Nothing.Value, Job);
    }
}
