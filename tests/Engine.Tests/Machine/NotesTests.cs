namespace ActorFlow.Engine.Tests.Machine;

/// <summary>What attempts say beside their outputs.</summary>
public sealed class NotesTests
{
    private static readonly AttemptNotes Hit = new()
    {
        Reused = new Reuse(ReuseSource.Cache, "ab12"),
        IsUnchanged = true,
    };

    [Fact]
    public void Notes_are_recorded_before_the_success_that_they_belong_to()
    {
        var job = Given.Flow("a -> b").Started();
        job.Send(Completed(job, "a", attempt: 1));

        Assert.Equal("AttemptNoted, TaskSucceeded", job.JustHappened);
        Assert.Same(Hit, job.State.NotesOf(job.Number("a")));
        Assert.Null(job.State.NotesOf(job.Number("b")));
        Assert.Equal("a Succeeded, b Ready", job.Tasks);
    }

    [Fact]
    public void A_success_without_notes_has_none()
    {
        var job = Given.Flow("a -> b").Started().Succeed("a");

        Assert.Equal("TaskSucceeded", job.JustHappened);
        Assert.Null(job.State.NotesOf(job.Number("a")));
    }

    [Fact]
    public void Notes_of_an_attempt_that_was_superseded_are_ignored()
    {
        var job = Given.Retrying(new RetryPolicy { MaxAttempts = 2 }).Started().Fail("a").StartAll();
        job.Send(Completed(job, "a", attempt: 1));

        Assert.Equal("", job.JustHappened);
        Assert.Equal("a Running", job.Tasks);
    }

    [Fact]
    public void Notes_of_an_attempt_that_was_asked_to_stop_are_ignored()
    {
        var job = Given.Flow("a").Started().Cancel();
        job.Send(Completed(job, "a", attempt: 1));

        Assert.Equal("AttemptFailed, TaskCancelled, JobEnded", job.JustHappened);
        Assert.Null(job.State.NotesOf(0));
    }

    [Fact]
    public void Tasks_that_were_added_have_notes_too()
    {
        var job = Given.Flow("a; b").Adds("b", "x").Started();
        job.Send(Completed(job, "a", attempt: 1));
        job.Expand("b", "p").StartAll();
        job.Send(Completed(job, "b.p", attempt: 1));

        Assert.Same(Hit, job.State.NotesOf(job.Number("b.p")));
    }

    [Fact]
    public void Notes_of_a_task_that_does_not_run_are_refused_in_a_fold()
    {
        var job = Given.Flow("a").Submit();

        Assert.Throws<ImpossibleTransitionException>(
            () => job.Machine.Replay(new JobEvent.AttemptNoted(job.Now, 0, 1, Hit)));
    }

    [Fact]
    public void Later_notes_add_to_earlier_ones()
    {
        var both = new AttemptNotes { Saved = ["a"], Stamp = "1" }
            .With(new AttemptNotes { Saved = ["b"], IsUnchanged = true });

        Assert.Equal(["a", "b"], both.Saved);
        Assert.Equal("1", both.Stamp);
        Assert.True(both.IsUnchanged);
    }

    private static JobCommand.CompleteAttempt Completed(JobUnderTest job, string task, int attempt) =>
        new(job.Now, job.Number(task), attempt, Payload.FromJson("1")) { Notes = Hit };
}
