namespace ActorFlow.Engine.Tests.Reports;

/// <summary>Jobs with random graphs, policies and fates, each told by a seed.</summary>
internal static class ReportHistories
{
    private static readonly string[] Texts =
        ["plain", "quote \" and \\", "two\nlines\t\u0007", "größer ✓ 🎉", "<b>&'`", ""];

    public static RecordedJob Run(int seed)
    {
        var random = new Random(seed);
        var pace = TimeSpan.FromTicks(random.Next(0, 9_999_999));
        var job = new RecordedJob(Draft(random).Build(), Output(random)) { Pace = pace };
        foreach (var name in job.State.Flow.TaskNames)
            job.Answer(name, Enumerable.Range(0, 4).Select(_ => Answer(random)).ToArray());
        for (var steps = random.Next(0, 60); steps > 0 && !job.State.Phase.HasEnded(); steps--)
        {
            job.StartReady();
            if (job.State.RunningTasks > 0) job.EndOne();
            else job.Ask(new JobCommand.WakeUp(job.Now += TimeSpan.FromSeconds(1)));
            if (random.Next(40) == 0 && job.State.Phase == JobPhase.Running) job.Ask(new JobCommand.PauseJob(job.Now));
            else if (job.State.Phase == JobPhase.Paused) job.Ask(new JobCommand.ContinueJob(job.Now));
            if (random.Next(40) == 0 && !job.State.Phase.HasEnded())
                job.Ask(new JobCommand.CancelJob(job.Now, Texts[random.Next(Texts.Length)]));
        }

        return job;
    }

    public static void AssertEqual(JobReport expected, JobReport actual)
    {
        Assert.Equal(
            (expected.Job, expected.Flow, expected.Phase, expected.StartedAt, expected.EndedAt, expected.Counts),
            (actual.Job, actual.Flow, actual.Phase, actual.StartedAt, actual.EndedAt, actual.Counts));
        Assert.Equal(
            (expected.StopReason, expected.StopDetail, expected.AbandonedAttempts, expected.CorrelationId),
            (actual.StopReason, actual.StopDetail, actual.AbandonedAttempts, actual.CorrelationId));
        Assert.Equal(expected.CriticalPath, actual.CriticalPath);
        Assert.Equal(expected.Tasks.Count, actual.Tasks.Count);
        foreach (var (one, other) in expected.Tasks.Zip(actual.Tasks)) AssertEqual(one, other);
    }

    private static void AssertEqual(TaskReport expected, TaskReport actual)
    {
        Assert.Equal(Text(expected.Output), Text(actual.Output));
        Assert.Equal(expected.Error?.DownstreamImpact, actual.Error?.DownstreamImpact);
        Assert.Equal(expected.Error?.Input, actual.Error?.Input);
        Assert.Equal(expected.Error?.Traces, actual.Error?.Traces);
        Assert.Equal(expected.Saved, actual.Saved);
        Assert.Equal(expected.Markers, actual.Markers);
        Assert.Equal(expected.Kept.Select(kept => kept.Directory), actual.Kept.Select(kept => kept.Directory));
        Assert.Equal(expected.Kept.SelectMany(kept => kept.Files), actual.Kept.SelectMany(kept => kept.Files));
        Assert.Equal(WithoutLists(expected), WithoutLists(actual));
    }

    private static TaskReport WithoutLists(TaskReport task)
    {
        var error = task.Error is null ? null : new TaskError(task.Error.Type, task.Error.Message)
        {
            StackTrace = task.Error.StackTrace,
            DownstreamImpact = Array.Empty<string>(),
            Input = Array.Empty<InputValue>(),
            Traces = Array.Empty<TracedValue>(),
        };
        return task with
        {
            Output = null,
            Error = error,
            Saved = Array.Empty<string>(),
            Markers = Array.Empty<AttemptMarker>(),
            Kept = Array.Empty<KeptFiles>(),
        };
    }

    private static string? Text(Payload? payload) =>
        payload is null ? null : System.Text.Encoding.UTF8.GetString(PayloadJson.Of(payload).Span);

    private static FlowDraft Draft(Random random)
    {
        var draft = new FlowDraft("random") { Policy = new FlowPolicy { FailFast = random.Next(5) == 0 } };
        var tasks = random.Next(1, 15);
        for (var i = 0; i < tasks; i++)
        {
            var task = new TaskDraft($"t{i}") { Policy = Policy(random, i) };
            for (var up = 0; up < i; up++)
                if (random.Next(3) == 0)
                    task.Inputs.Add(InputDraft.FromTask($"p{up}", up) with { Required = random.Next(4) > 0 });
            if (task.Inputs.Count == 0) task.Policy = task.Policy with { Trigger = TriggerRule.AllSucceeded };
            task.Inputs.Add(InputDraft.FromJob("input"));
            draft.Tasks.Add(task);
        }

        return draft;
    }

    private static TaskPolicy Policy(Random random, int number) => new()
    {
        Trigger = number == 0 ? TriggerRule.AllSucceeded : (TriggerRule)random.Next(3),
        Retry = new RetryPolicy
        {
            MaxAttempts = random.Next(1, 4),
            Backoff = Backoff.None with { Initial = TimeSpan.FromMilliseconds(random.Next(2) * 700) },
            OnExhausted = random.Next(5) switch
            {
                0 => Directive.Skip,
                1 => Directive.Ignore,
                2 => Directive.Hold,
                _ => Directive.Fail,
            },
        },
    };

    private static object Answer(Random random) => random.Next(10) switch
    {
        < 6 => Output(random),
        6 => new Failure(Failure.LostType, "gone"),
        _ => new Failure(Texts[random.Next(Texts.Length)], Texts[random.Next(Texts.Length)])
        {
            StackTrace = random.Next(2) == 0 ? null : Texts[random.Next(Texts.Length)],
            Traces = random.Next(2) == 0 ? [] : [new TracedValue(Texts[random.Next(Texts.Length)], "[1]")],
        },
    };

    private static Payload Output(Random random) => random.Next(6) switch
    {
        0 => Payload.None,
        1 => Payload.Live(null),
        2 => Payload.Live(Texts[random.Next(Texts.Length)]),
        3 => Payload.Live(new { Name = Texts[random.Next(Texts.Length)], Values = new[] { random.NextDouble(), 1 } }),
        4 => Payload.FromJson("{ \"spaced\" : [ 1.50, null ] }"),
        _ => Payload.FromJson($"{random.Next()}"),
    };
}
