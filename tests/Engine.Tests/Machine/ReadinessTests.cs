namespace ActorFlow.Engine.Tests.Machine;

/// <summary>When tasks become ready, start and end, while nothing goes wrong.</summary>
public sealed class ReadinessTests
{
    [Fact]
    public void Submit_makes_exactly_the_roots_ready()
    {
        var job = Given.Flow("a -> c; b -> c; c -> d").Submit();
        Assert.Equal("a Ready, c Waiting, b Ready, d Waiting", job.Tasks);
        Assert.Equal(Reason.NoSlot, job.Reason("a"));
        Assert.Equal(Reason.NeedsUnmet, job.Reason("c"));
        Assert.Equal(2, job.State.StartableIn(0));
    }

    [Fact]
    public void A_task_is_ready_when_the_last_of_its_needs_is_met()
    {
        var job = Given.Flow("a -> c; b -> c").Started().Succeed("a");
        Assert.Equal(TaskPhase.Waiting, job.Phase("c"));
        Assert.Equal(TaskPhase.Ready, job.Succeed("b").Phase("c"));
    }

    [Fact]
    public void Starts_and_successes_that_come_without_a_command_are_decided_as_with_one()
    {
        var commanded = Given.Flow("a -> b").Started().Advance(1).Succeed("a").StartAll();
        var job = Given.Flow("a -> b").Submit();
        var (step, events) = (new JobStep(), new List<JobEvent>(job.Events));
        job.Machine.Start(job.Now, 0, 9, step);
        events.AddRange(step.Events);
        step.Clear();
        Assert.Empty(step.Events);
        Assert.Empty(step.Effects);
        job.Machine.Complete(job.Now.AddSeconds(1), 0, 1, Payload.FromJson("1"), step);
        job.Machine.Start(job.Now, 0, 9, step);
        events.AddRange(step.Events);
        Assert.Equal(commanded.EventsText, string.Join('\n', events));
        Assert.Equal(new JobEffect.StartAttempt(1, 1), step.Effects.Single());
        job.Machine.Complete(job.Now, 1, 1, Payload.FromJson("2"), step);
        Assert.Equal(JobPhase.Succeeded, job.State.Phase);
    }

    [Fact]
    public void A_start_that_comes_without_a_command_sets_the_alarm_of_its_attempt()
    {
        var job = Given.Limited(new TaskTimeouts { Attempt = TimeSpan.FromSeconds(5) }).Submit();
        var step = new JobStep();
        job.Machine.Start(job.Now, 0, 9, step);
        Assert.Equal(
            [new JobEffect.StartAttempt(0, 1), new JobEffect.SetAlarm(JobUnderTest.Epoch.AddSeconds(5))],
            step.Effects);
    }

    [Fact]
    public void The_job_succeeds_when_its_last_task_does()
    {
        var job = Given.Flow("a -> b").Started().Succeed("a", "41").StartAll().Advance(3).Succeed("b", "42");
        Assert.Equal(JobPhase.Succeeded, job.State.Phase);
        Assert.Equal("TaskSucceeded, JobEnded", job.JustHappened);
        Assert.Equal(new JobEffect.DropAlarm(), job.LastStep.Effects.Single());
        Assert.Equal(new TaskCounts(2, 0, 0, 0), job.State.Counts);
        Assert.Equal("42", job.Output("b"));
        Assert.Equal(JobUnderTest.Epoch.AddSeconds(3), job.State.EndedAt);
    }
}
