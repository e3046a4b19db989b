namespace ActorFlow.Engine.Tests.Machine;

/// <summary>The table of moves against an explicit list, and the error for a move that is not in it.</summary>
public sealed class TransitionTests
{
    private static readonly string[] Legal =
    [
        "Waiting -> Ready", "Waiting -> Skipped", "Waiting -> Cancelled", "Waiting -> Expanded",
        "Ready -> Running", "Ready -> Failed", "Ready -> Cancelled",
        "Running -> Stopping", "Running -> BackingOff", "Running -> Succeeded", "Running -> Skipped",
        "Running -> Expanded",
        "Stopping -> Stopping", "Stopping -> BackingOff",
        "BackingOff -> Ready", "BackingOff -> BackingOff", "BackingOff -> Held", "BackingOff -> Succeeded",
        "BackingOff -> Failed", "BackingOff -> Skipped", "BackingOff -> Cancelled", "BackingOff -> Expanded",
        "Held -> BackingOff", "Held -> Succeeded", "Held -> Failed", "Held -> Skipped", "Held -> Cancelled",
        "Failed -> Waiting", "Skipped -> Waiting", "Cancelled -> Waiting",
        "Expanded -> Ready", "Expanded -> Running", "Expanded -> Stopping", "Expanded -> BackingOff",
        "Expanded -> Succeeded", "Expanded -> Skipped", "Expanded -> Expanded",
    ];

    [Fact]
    public void Exactly_the_listed_moves_are_legal()
    {
        var phases = Enum.GetValues<TaskPhase>();
        var allowed = phases.SelectMany(
            from => phases.Where(to => TaskTransitions.Allows(from, to)).Select(to => $"{from} -> {to}"));
        Assert.Equal(Legal, allowed);
    }

    [Fact]
    public void A_success_is_final()
    {
        Assert.DoesNotContain(Enum.GetValues<TaskPhase>(), to => TaskTransitions.Allows(TaskPhase.Succeeded, to));
    }

    [Fact]
    public void An_event_that_cannot_have_happened_names_the_task_its_phase_and_the_event()
    {
        var job = Given.Flow("a -> b").Submit();
        var error = Assert.Throws<ImpossibleTransitionException>(
            () => job.Machine.Replay(new JobEvent.TaskStarted(job.Now, 1, 1)));
        Assert.Equal(("b", TaskPhase.Waiting), (error.Task, error.Phase));
        Assert.StartsWith(
            "Task 'b' is Waiting and cannot take TaskStarted [this is a bug in ActorFlow, or the journal was changed "
            + "by hand]. Its story:\n  TaskStarted { At = ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_event_is_no_event()
    {
        var job = Given.Flow("a").Submit();
        Assert.Throws<ArgumentNullException>(() => job.Machine.Replay(null!));
        Assert.Throws<ArgumentNullException>(() => job.State.Apply(null!));
    }

    [Fact]
    public void Events_that_no_job_of_the_flow_can_have_had_are_refused_in_words()
    {
        var job = Given.Flow("a").Submit();
        Refused(new JobEvent.RetryDue(job.Now, 1), "it is about task number 1, and the job of flow '");
        Refused(new JobEvent.TaskSkipped(job.Now, 0, Reason.UpstreamNotSucceeded, 7), "it is about task number 7");
        Refused(job.Events[0], "a job is submitted first, and once");
        var empty = new JobMachine(job.Flow);
        var error = Assert.Throws<ActorFlowException>(() => empty.Replay(new JobEvent.JobPaused(job.Now)));
        Assert.Contains("a job is submitted first, and once", error.Message, StringComparison.Ordinal);
        // The flow of a job is replaced if it has had another one, and only then.
        var submitted = (JobEvent.JobSubmitted)job.Events[0];
        error = Assert.Throws<ActorFlowException>(
            () => empty.Replay(new JobEvent.FlowReplaced(job.Now, submitted.Job)));
        Assert.Contains("a job is submitted first, and once", error.Message, StringComparison.Ordinal);
        var under = new JobMachine(job.Flow, JobPast.Of(job.Events));
        error = Assert.Throws<ActorFlowException>(() => under.Replay(submitted));
        Assert.Contains("a job is submitted first, and once", error.Message, StringComparison.Ordinal);

        void Refused(JobEvent fact, string problem) => Assert.Contains(
            problem, Assert.Throws<ActorFlowException>(() => job.Machine.Replay(fact)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_error_of_an_impossible_event_can_carry_the_tasks_story()
    {
        var job = Given.Flow("a").Started().Succeed("a");
        var started = job.Events.OfType<JobEvent.TaskStarted>().Single();
        var error = new ImpossibleTransitionException("a", TaskPhase.Succeeded, started, [.. job.Events.Skip(1)]);
        Assert.Equal(["TaskStarted", "TaskSucceeded", "JobEnded"], error.Story.Select(e => e.GetType().Name));
        Assert.Contains("\n  TaskSucceeded {", error.Message, StringComparison.Ordinal);
    }
}
