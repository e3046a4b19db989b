namespace ActorFlow.Actors.Tests;

/// <summary>Programs that are ended.</summary>
public sealed class ProcessGroupsTests
{
    [Fact]
    public async Task A_program_may_have_any_time_to_end()
    {
        var directory = Directory.CreateTempSubdirectory("actorflow-");
        try
        {
            using var processes = new ProcessGroups();
            var start = new ProcessStart(
                "sleep", ["1000"], directory.FullName, new Dictionary<string, string?>(StringComparer.Ordinal),
                Path.Combine(directory.FullName, "log"))
            {
                Timeout = TimeSpan.FromTicks(1),
                Grace = TimeSpan.MaxValue,
            };
            var end = await processes.RunAsync(start, () => true, CancellationToken.None);
            Assert.Equal(ProcessEnding.TimedOut, end.Ending);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_program_with_an_argument_that_the_system_does_not_take_cannot_be_started()
    {
        var directory = Directory.CreateTempSubdirectory("actorflow-");
        try
        {
            using var processes = new ProcessGroups();
            var start = new ProcessStart(
                "sh", ["-c", new string(' ', 200_000)], directory.FullName,
                new Dictionary<string, string?>(StringComparer.Ordinal), Path.Combine(directory.FullName, "log"));
            var error = await Assert.ThrowsAsync<ProcessStartException>(
                () => processes.RunAsync(start, () => true, CancellationToken.None));
            Assert.Equal(
                "An argument of 'sh' has 200000 characters; the system takes about 128 thousand for one argument. "
                + "Hand over a file's path instead.", error.Message);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
