namespace ActorFlow.Engine.Tests.Reports;

/// <summary>Runs a job on the bare machine under a clock of its own, and keeps its events.</summary>
internal sealed class RecordedJob
{
    public static readonly DateTimeOffset Start = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, Queue<object>> _answers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<(int Task, int Attempt)> _running = new();
    private readonly JobMachine _machine;

    public RecordedJob(Flow flow, Payload? input = null)
    {
        _machine = new JobMachine(flow);
        var job = new SubmittedJob(
            new JobId("job-1"), flow.Name, flow.Fingerprint, flow.TaskNames, input ?? Payload.None)
        {
            CorrelationId = "order-7",
        };
        Ask(new JobCommand.SubmitJob(Now, job));
    }

    public DateTimeOffset Now { get; set; } = Start;

    public List<JobEvent> Events { get; } = [];

    public JobState State => _machine.State;

    public JobReport Report => JobReport.Of(State);

    /// <summary>How long every attempt takes.</summary>
    public TimeSpan Pace { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Names what the attempts of a task bring, in turn: payloads and failures.</summary>
    public RecordedJob Answer(string task, params object[] answers)
    {
        _answers[task] = new Queue<object>(answers);
        return this;
    }

    public void Ask(JobCommand command)
    {
        var step = new JobStep();
        Assert.Null(_machine.Decide(command, step));
        Events.AddRange(step.Events);
        foreach (var effect in step.Effects)
            if (effect is JobEffect.StartAttempt start) _running.Enqueue((start.Task, start.Attempt));
    }

    /// <summary>Starts all that is ready.</summary>
    public RecordedJob StartReady()
    {
        for (var pool = 0; pool < State.Flow.Pools.Names.Count; pool++)
            Ask(new JobCommand.StartTasks(Now, pool, int.MaxValue));
        return this;
    }

    /// <summary>Lets the attempt that started first end.</summary>
    public RecordedJob EndOne()
    {
        var (task, attempt) = _running.Dequeue();
        Now += Pace;
        var answer = _answers.TryGetValue(State.Flow.Tasks[task].Name, out var answers) && answers.Count > 0
            ? answers.Dequeue()
            : Payload.FromJson($"{task}");
        Ask(answer switch
        {
            Failure { Type: Failure.LostType } => new JobCommand.LoseAttempt(Now, task, attempt),
            Failure failure => new JobCommand.FailAttempt(Now, task, attempt, failure),
            _ => new JobCommand.CompleteAttempt(Now, task, attempt, (Payload)answer),
        });
        return this;
    }

    /// <summary>Runs until nothing more can happen; what backs off is waited for.</summary>
    public RecordedJob Run()
    {
        while (!State.Phase.HasEnded())
        {
            StartReady();
            if (_running.Count > 0) EndOne();
            else if (NextDue() is { } due) Ask(new JobCommand.WakeUp(Now = due));
            else break;
        }

        return this;
    }

    private DateTimeOffset? NextDue() =>
        Enumerable.Range(0, State.Flow.Tasks.Count).Select(State.DueAtOf).Where(due => due is not null).Min();
}

/// <summary>Short ways to write a flow down.</summary>
internal static class Flows
{
    /// <summary>A flow of lines such as <c>task: upstream, upstream?, upstream!</c> (optional; order only).</summary>
    public static FlowDraft Draft(params string[] lines)
    {
        var draft = new FlowDraft("flow");
        foreach (var line in lines)
        {
            var parts = line.Split(':', StringSplitOptions.TrimEntries);
            var task = new TaskDraft(parts[0]) { Kind = "k" };
            draft.Tasks.Add(task);
            if (parts.Length == 1) continue;
            foreach (var need in parts[1].Split(',', StringSplitOptions.TrimEntries))
            {
                var name = need.TrimEnd('?', '!');
                var parameter = need.EndsWith('!') ? "" : $"p{task.Inputs.Count}";
                task.Inputs.Add(InputDraft.FromTask(parameter, name) with { Required = !need.EndsWith('?') });
            }
        }

        return draft;
    }

    public static FlowDraft With(this FlowDraft draft, string task, TaskPolicy policy)
    {
        draft.Tasks.Single(t => t.Name == task).Policy = policy;
        return draft;
    }

    public static Failure Failure(string message = "it broke", string type = "System.InvalidOperationException") =>
        new(type, message) { StackTrace = "   at Some.Place()" };
}
