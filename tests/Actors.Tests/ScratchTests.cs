using ActorFlow.Engine;

namespace ActorFlow.Actors.Tests;

/// <summary>What an attempt leaves in its scratch directory does not undo what it has done.</summary>
public sealed class ScratchTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_attempt_that_succeeded_stays_so_though_its_scratch_directory_cannot_be_cleared(bool isKept)
    {
        await using var system = new TestSystem(scratch: new StubbornScratch());
        var policy = new TaskPolicy { Retry = new RetryPolicy { MaxAttempts = 3 } };
        var flow = new TestFlow("f").Task("a", call =>
        {
            if (isKept) call.Context.KeepScratchDirectory();
            return call.Context.ScratchDirectory;
        }, policy).Build();
        var report = await TestSystem.EndOf(await system.SubmitAsync(flow));
        Assert.Equal((JobPhase.Succeeded, 1), (report.Phase, report["a"].Attempts));
        Assert.Equal(
            "Warning The scratch directory of task a of job job could not be removed or listed (attempt 1)",
            Assert.Single(system.Logs.Lines));
    }

    /// <summary>Directories in which programs have left what nobody else may touch.</summary>
    private sealed class StubbornScratch : IScratchSpace
    {
        public string Create(JobId job, string task, int attempt) => "scratch";

        public Task<string> WriteAsync(
            string directory, string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
            Task.FromException<string>(new UnauthorizedAccessException());

        public (IReadOnlyList<KeptFile> Files, int More) List(string directory, int most) =>
            throw new UnauthorizedAccessException();

        public void Delete(string directory) => throw new UnauthorizedAccessException();
    }
}
