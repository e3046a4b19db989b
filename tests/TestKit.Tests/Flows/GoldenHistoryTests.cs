using ActorFlow.Journal;

namespace ActorFlow.TestKit.Tests.Flows;

/// <summary>A recorded history tells whether a changed flow would take over the jobs that run now.</summary>
public sealed class GoldenHistoryTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("actorflow-golden-").FullName;

    [Fact]
    public async Task A_changed_policy_is_taken_over_and_a_changed_task_is_named()
    {
        var flow = new TestFlow().Task("a", _ => 1).Task("b", _ => 2, null, "a").Build();
        await using (var test = new FlowTest(flow).CrashAfter(Expect.Succeeded("a")))
            await GoldenHistory.RecordAsync(await test.RunAsync(), _directory);

        // It is to be committed: who wrote it is no part of it.
        Assert.DoesNotContain("lock", Directory.EnumerateFiles(_directory).Select(Path.GetFileName));
        GoldenHistory.RequireResumable(flow, _directory);
        var patient = new TaskPolicy { Retry = new RetryPolicy { MaxAttempts = 5 } };
        GoldenHistory.RequireResumable(
            new TestFlow().Task("a", _ => 1, patient).Task("b", _ => 2, null, "a").Build(), _directory);

        var other = new TestFlow().Task("a", _ => 1).Task("c", _ => 2, null, "a").Build();
        var error = Assert.Throws<FlowChangedException>(() => GoldenHistory.RequireResumable(other, _directory));
        Assert.Equal("task 'c' added; task 'b' removed", error.Difference);
    }

    [Fact]
    public async Task A_history_is_not_recorded_over_another_one()
    {
        await using var test = new FlowTest(new TestFlow().Task("a", _ => 1).Build());
        var run = await test.RunAsync();
        await GoldenHistory.RecordAsync(run, _directory);
        await Assert.ThrowsAsync<JournalException>(() => GoldenHistory.RecordAsync(run, _directory));
    }

    [Fact]
    public void Where_no_history_is_that_is_said() => Assert.Throws<JournalException>(() =>
        GoldenHistory.RequireResumable(new TestFlow().Task("a", _ => 1).Build(), Path.Combine(_directory, "none")));

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
