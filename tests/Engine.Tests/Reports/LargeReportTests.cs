namespace ActorFlow.Engine.Tests.Reports;

/// <summary>Reports of large jobs: everything is there, and nothing costs more than in proportion.</summary>
public sealed class LargeReportTests
{
    private const int Width = 100;
    private const int Layers = 1_000;

    [Fact]
    public void A_job_of_a_hundred_thousand_tasks_with_failures_is_reported_whole()
    {
        var machine = Run(Grid(), failing: task => task / Width == Layers / 2);
        var report = JobReport.Of(machine.State);

        Assert.Equal(new TaskCounts(50_000, 100, 49_900, 0), report.Counts);
        Assert.Equal(Layers / 2 + 1, report.CriticalPath.Count);
        Assert.Equal(49_900, report.Failed.Sum(t => t.Error!.DownstreamImpact.Count));
        var read = JobReport.FromJson(report.ToJson(indented: false));
        Assert.Equal(report.Tasks.Select(t => t.Phase), read.Tasks.Select(t => t.Phase));
        Assert.Equal(report.CriticalPath, read.CriticalPath);
        Assert.Contains("… and 99900 more tasks.", report.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_failures_above_thousands_of_tasks_each_names_them_all()
    {
        var below = Enumerable.Range(0, 30_000).Select(number => $"t{number}: a, b");
        var report = new RecordedJob(Flows.Draft(["a", "b", .. below]).Build())
            .Answer("a", Flows.Failure()).Answer("b", Flows.Failure()).Run().Report;

        Assert.Equal([30_000, 30_000], report.Failed.Select(task => task.Error!.DownstreamImpact.Count));
    }

    /// <summary>Layers of tasks, each below its three nearest of the layer above.</summary>
    private static Flow Grid()
    {
        var draft = new FlowDraft("grid");
        for (var task = 0; task < Width * Layers; task++)
        {
            var column = task % Width;
            var item = new TaskDraft($"t{task}");
            for (var up = column - 1; task >= Width && up <= column + 1; up++)
                if (up is >= 0 and < Width) item.Inputs.Add(InputDraft.FromTask("", task - column - Width + up));
            draft.Tasks.Add(item);
        }

        return draft.Build();
    }

    private static JobMachine Run(Flow flow, Func<int, bool> failing)
    {
        var machine = new JobMachine(flow);
        var now = RecordedJob.Start;
        var job = new SubmittedJob(new JobId("large"), flow.Name, "", flow.TaskNames, Payload.None);
        var step = new JobStep();
        machine.Decide(new JobCommand.SubmitJob(now, job), step);
        while (!machine.State.Phase.HasEnded())
        {
            step.Clear();
            machine.Decide(new JobCommand.StartTasks(now, 0, int.MaxValue), step);
            var attempts = step.Effects.OfType<JobEffect.StartAttempt>().ToList();
            now += TimeSpan.FromMilliseconds(1);
            foreach (var (task, attempt) in attempts)
                machine.Decide(failing(task)
                    ? new JobCommand.FailAttempt(now, task, attempt, Flows.Failure())
                    : new JobCommand.CompleteAttempt(now, task, attempt, Payload.None), step);
        }

        return machine;
    }
}
