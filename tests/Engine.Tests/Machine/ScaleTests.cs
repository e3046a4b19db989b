namespace ActorFlow.Engine.Tests.Machine;

/// <summary>Large jobs: nothing here may recurse, or look at all tasks for each task.</summary>
public sealed class ScaleTests
{
    private static FlowDraft Draft(int tasks, Action<TaskDraft, int> wire)
    {
        var draft = new FlowDraft("large");
        for (var i = 0; i < tasks; i++)
        {
            var task = new TaskDraft($"t{i}");
            wire(task, i);
            draft.Tasks.Add(task);
        }

        return draft;
    }

    private static void Needs(TaskDraft task, params ReadOnlySpan<int> ups)
    {
        foreach (var up in ups)
            if (up >= 0) task.Inputs.Add(InputDraft.FromTask("", up));
    }

    private static JobMachine Submit(Flow flow, JobStep step)
    {
        var machine = new JobMachine(flow);
        machine.Decide(new JobCommand.SubmitJob(JobUnderTest.Epoch,
            new SubmittedJob(new JobId("large"), flow.Name, "", flow.TaskNames, Payload.None)), step);
        return machine;
    }

    private static void StartAll(JobMachine machine, JobStep step) =>
        machine.Decide(new JobCommand.StartTasks(JobUnderTest.Epoch, 0, int.MaxValue), step);

    private static void RunToTheEnd(JobMachine machine, JobStep step)
    {
        while (!machine.State.Phase.HasEnded())
        {
            step.Clear();
            StartAll(machine, step);
            foreach (var attempt in step.Effects.OfType<JobEffect.StartAttempt>().ToList())
                machine.Decide(new JobCommand.CompleteAttempt(
                    JobUnderTest.Epoch, attempt.Task, attempt.Attempt, Payload.None), step);
        }
    }

    private static void FailFirst(JobMachine machine, JobStep step)
    {
        StartAll(machine, step);
        machine.Decide(new JobCommand.FailAttempt(JobUnderTest.Epoch, 0, 1, new Failure("E", "It broke.")), step);
    }

    [Fact]
    public void A_flow_of_a_hundred_thousand_layered_tasks_runs_to_its_end()
    {
        var flow = Draft(100_000, (task, i) => Needs(task, i - 1000, i % 1000 == 0 ? -1 : i - 1001)).Build();
        var (lived, step) = (Submit(flow, new JobStep()), new JobStep());
        RunToTheEnd(lived, step);
        Assert.Equal(new TaskCounts(100_000, 0, 0, 0), lived.State.Counts);
    }

    [Fact]
    public void A_chain_of_a_hundred_thousand_tasks_is_skipped_without_a_deep_stack()
    {
        var step = new JobStep();
        var machine = Submit(Draft(100_000, (task, i) => Needs(task, i - 1)).Build(), step);
        FailFirst(machine, step);
        Assert.Equal(new TaskCounts(0, 1, 99_999, 0), machine.State.Counts);
        Assert.Equal(0, machine.State.CauseOf(99_999));
    }

    [Fact]
    public void A_fan_out_of_a_million_tasks_is_skipped_when_its_root_fails()
    {
        var step = new JobStep();
        var machine = Submit(Draft(1_000_001, (task, i) => Needs(task, i == 0 ? -1 : 0)).Build(), step);
        FailFirst(machine, step);
        Assert.Equal(new TaskCounts(0, 1, 1_000_000, 0), machine.State.Counts);
        Assert.Equal(JobPhase.Failed, machine.State.Phase);
    }

    [Fact]
    public void Clean_up_tasks_behind_a_wide_skip_become_ready_without_a_search()
    {
        var allDone = new TaskPolicy { Trigger = TriggerRule.AllDone };
        var step = new JobStep();
        var machine = Submit(Draft(200_001, (task, i) =>
        {
            Needs(task, i == 0 ? -1 : i <= 100_000 ? 0 : i - 100_000);
            if (i > 100_000) task.Policy = allDone;
        }).Build(), step);
        FailFirst(machine, step);
        Assert.Equal(100_000, machine.State.CountOf(TaskPhase.Skipped));
        Assert.Equal(100_000, machine.State.StartableIn(0));
    }

    [Fact]
    public void A_wide_job_can_be_cancelled_and_retried()
    {
        var step = new JobStep();
        var machine = Submit(Draft(100_000, (task, i) => Needs(task, i == 0 ? -1 : 0)).Build(), step);
        machine.Decide(new JobCommand.CancelJob(JobUnderTest.Epoch, null), step);
        Assert.Equal(100_000, machine.State.Counts.Cancelled);
        machine.Decide(new JobCommand.RetryFailed(JobUnderTest.Epoch), step);
        RunToTheEnd(machine, step);
        Assert.Equal(JobPhase.Succeeded, machine.State.Phase);
    }
}
