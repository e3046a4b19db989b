namespace ActorFlow.Engine.Tests.Properties;

/// <summary>Every small graph with every trigger rule and every outcome, against the reference model.</summary>
public sealed class ExhaustiveTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(3, 3)]
    [InlineData(4, 2)]
    public void Every_small_job_ends_as_the_model_says(int tasks, int kindsOfEdge)
    {
        foreach (var flow in Flows(tasks, kindsOfEdge))
            for (var failing = 0; failing < 1 << tasks; failing++)
                Check(flow, failing);
    }

    /// <summary>
    /// Each pair of tasks without an edge, with a required one and (of three kinds) an optional one; each rule.
    /// </summary>
    private static IEnumerable<Flow> Flows(int tasks, int kindsOfEdge)
    {
        var pairs = tasks * (tasks - 1) / 2;
        for (var edges = 0; edges < Power(kindsOfEdge, pairs); edges++)
            for (var rules = 0; rules < Power(3, tasks); rules++)
                if (Build(tasks, edges, kindsOfEdge, rules) is { } flow)
                    yield return flow;
    }

    private static Flow? Build(int tasks, int edges, int kindsOfEdge, int rules)
    {
        var draft = new FlowDraft("small");
        for (var task = 0; task < tasks; task++, rules /= 3)
        {
            var made = new TaskDraft($"t{task}") { Policy = new TaskPolicy { Trigger = (TriggerRule)(rules % 3) } };
            for (var up = 0; up < task; up++, edges /= kindsOfEdge)
                if (edges % kindsOfEdge > 0)
                    made.Inputs.Add(InputDraft.FromTask("", up) with { Required = edges % kindsOfEdge == 1 });
            if (made.Inputs.Count == 0 && made.Policy.Trigger == TriggerRule.AnyFailed) return null;
            draft.Tasks.Add(made);
        }

        return draft.Build();
    }

    private static void Check(Flow flow, int failing)
    {
        TaskPhase OutcomeOf(int task) => (failing >> task & 1) == 1 ? TaskPhase.Failed : TaskPhase.Succeeded;
        var model = new ReferenceModel(flow);
        var ran = new SortedSet<int>();
        while (Enumerable.Range(0, flow.Tasks.Count).FirstOrDefault(model.MayRun, -1) is >= 0 and var next)
        {
            model.Ended(next, OutcomeOf(next));
            ran.Add(next);
        }

        var state = Run(flow, OutcomeOf);
        var anyFailed = ran.Any(t => OutcomeOf(t) == TaskPhase.Failed);
        Assert.Equal(anyFailed ? JobPhase.Failed : JobPhase.Succeeded, state.Phase);
        for (var task = 0; task < flow.Tasks.Count; task++)
            Assert.Equal(ran.Contains(task) ? OutcomeOf(task) : TaskPhase.Skipped, state.PhaseOf(task));
        foreach (var task in model.Skipped) Assert.Contains(state.CauseOf(task), model.Blamable(task));
    }

    /// <summary>The bare machine, without laws: there are many thousand of these.</summary>
    private static JobState Run(Flow flow, Func<int, TaskPhase> outcomeOf)
    {
        var machine = new JobMachine(flow);
        var step = new JobStep();
        var at = JobUnderTest.Epoch;
        machine.Decide(new JobCommand.SubmitJob(
            at, new SubmittedJob(new JobId("j"), "small", "", flow.TaskNames, Payload.None)), step);
        while (!machine.State.Phase.HasEnded())
        {
            step.Clear();
            machine.Decide(new JobCommand.StartTasks(at, 0, int.MaxValue), step);
            var started = step.Effects.OfType<JobEffect.StartAttempt>().ToList();
            Assert.NotEmpty(started);
            foreach (var attempt in started)
                machine.Decide(outcomeOf(attempt.Task) == TaskPhase.Failed
                    ? new JobCommand.FailAttempt(at, attempt.Task, attempt.Attempt, new Failure("E", "It broke."))
                    : new JobCommand.CompleteAttempt(at, attempt.Task, attempt.Attempt, Payload.None), step);
        }

        return machine.State;
    }

    private static int Power(int number, int exponent) =>
        Enumerable.Repeat(number, exponent).Aggregate(1, (product, factor) => product * factor);
}
