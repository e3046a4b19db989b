namespace ActorFlow.Engine.Tests.Machine;

/// <summary>What attempts point at is kept, and nothing follows from it.</summary>
public sealed class MarkerTests
{
    private static readonly Marker Odd = new(Severity.Error, "odd") { File = "a.c", Line = 1 };

    [Fact]
    public void A_marker_moves_no_task_and_asks_for_nothing()
    {
        var job = Given.Flow("a -> b").Submit().StartAll().Mark("a", markers: Odd);
        Assert.Empty(job.LastStep.Effects);
        Assert.Equal(TaskPhase.Running, job.State.PhaseOf(0));
        Assert.Equal(new AttemptMarker(1, Odd), Assert.Single(job.State.MarkersOf(0)));
        job.Succeed("a").StartAll().Succeed("b");
        Assert.Equal(JobPhase.Succeeded, job.State.Phase);
    }

    [Fact]
    public void Markers_of_an_attempt_that_is_not_there_any_more_are_ignored()
    {
        var job = Given.Flow("a").Task("a", p => p with { Retry = new() { MaxAttempts = 2 } }).Submit().StartAll();
        job.Fail("a").StartAll().Mark("a", attempt: 1, Odd);
        Assert.Empty(job.LastStep.Events);
        job.Succeed("a").Mark("a", markers: Odd);
        Assert.Empty(job.LastStep.Events);
    }

    [Fact]
    public void Markers_stay_when_the_task_runs_again()
    {
        var job = Given.Flow("a").Submit().StartAll().Mark("a", markers: Odd).Fail("a").RetryFailed().StartAll();
        job.Mark("a", markers: Odd).Succeed("a");
        Assert.Equal([1, 2], job.State.MarkersOf(0).Select(noted => noted.Attempt));
    }

    [Fact]
    public void A_task_keeps_so_many_markers_over_all_its_attempts_and_says_that_there_were_more()
    {
        var job = Given.Flow("a").Submit().StartAll();
        var many = Enumerable.Repeat(Odd, Limits.MarkersOfTask - 1).ToList();
        job.Mark("a", markers: many).Mark("a", markers: [Odd, Odd]).Mark("a", markers: Odd);
        Assert.Empty(job.LastStep.Events);
        Assert.Equal(Limits.MarkersOfTask, job.State.MarkersOf(0).Count);
        Assert.Equal(
            "The task has 10000 markers; no further ones are kept.", job.State.MarkersOf(0)[^1].Marker.Message);
        // Where there is room for one, nobody knows whether it is the last.
        job = Given.Flow("a").Submit().StartAll().Mark("a", markers: many).Mark("a", markers: Odd);
        Assert.Equal(
            "The task has 10000 markers; no further ones are kept.", job.State.MarkersOf(0)[^1].Marker.Message);
    }

    [Fact]
    public void What_an_attempt_leaves_is_kept_beside_the_task_while_the_attempt_is_there()
    {
        var job = Given.Flow("a").Started();
        var (kept, late) = (new KeptFiles(1, "/kept/a", [new("b.txt", 3)], 0), new KeptFiles(2, "/kept/a", [], 0));
        job.Send(new JobCommand.NoteKept(job.Now, 0, kept)).Send(new JobCommand.NoteKept(job.Now, 0, late));
        Assert.Same(kept, Assert.Single(job.State.KeptOf(0)));
    }

    [Theory]
    [InlineData(null, 3, 4, "warning: w")]
    [InlineData("a.c", null, 4, "a.c: warning: w")]
    [InlineData("a.c", 3, null, "a.c:3: warning: w")]
    [InlineData("a.c", 3, 4, "a.c:3:4: warning: w")]
    [InlineData("a.c", 0, -1, "a.c: warning: w")]
    public void A_marker_reads_as_compilers_write_it(string? file, int? line, int? column, string text) => Assert.Equal(
        text, new Marker(Severity.Warning, "w")
        {
            File = file,
            Line = line,
            Column = column,
        }.ToString());

    [Fact]
    public void Needs_are_the_same_however_they_were_said()
    {
        var needs = ResourceNeeds.Of("b", 2).With("a", 1);
        Assert.Equal(needs, ResourceNeeds.Of("a", 7).With("b", 2).With("a", 1));
        Assert.Equal(needs.GetHashCode(), ResourceNeeds.Of("a", 1).With("b", 2).GetHashCode());
        Assert.Equal("1 of a, 2 of b", needs.ToString());
        Assert.Equal((2, 0), (needs.UnitsOf("b"), needs.UnitsOf("c")));
        Assert.NotEqual(needs, ResourceNeeds.Of("a", 1));
        Assert.Equal(["a", "b"], needs.Select(need => need.Resource));
        Assert.Equal("nothing", ResourceNeeds.None.ToString());
        Assert.Throws<ArgumentNullException>(() => ResourceNeeds.Of(null!));
    }
}
