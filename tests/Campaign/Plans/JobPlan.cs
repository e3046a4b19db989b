namespace ActorFlow.Campaign;

/// <summary>One job: a small graph drawn from a seed, and how it has to end.</summary>
internal sealed class JobPlan
{
    // Kills may lose the attempts of one task as often as they like: that is not what is tried here.
    private const int MaxLost = 100_000;

    public static TimeSpan RetryDelay { get; } = TimeSpan.FromMilliseconds(5);

    private JobPlan(string id, IReadOnlyList<TaskPlan> tasks)
    {
        Id = id;
        Tasks = tasks;
        Flow = FlowOf(id, tasks);
        Outcomes = OutcomesOf(Flow, tasks);
    }

    /// <summary>The job's id, and the flow's name.</summary>
    public string Id { get; }

    public IReadOnlyList<TaskPlan> Tasks { get; }

    public Flow Flow { get; }

    /// <summary>How each task ends, by its number: asked of a model that knows nothing of the machine.</summary>
    public IReadOnlyList<TaskPhase> Outcomes { get; }

    public JobPhase Outcome => Outcomes.Contains(TaskPhase.Failed) ? JobPhase.Failed : JobPhase.Succeeded;

    /// <summary>The jobs of a round.</summary>
    public static IReadOnlyList<JobPlan> Draw(int seed, int jobs)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, jobs).Select(number => new JobPlan($"job{number}", TasksFrom(random)))];
    }

    private static List<TaskPlan> TasksFrom(Random random)
    {
        var tasks = new List<TaskPlan>();
        var count = random.Next(4, 11);
        for (var number = 0; number < count; number++)
        {
            var needs = Enumerable.Range(0, number).Where(_ => random.Next(3) == 0).ToList();
            var (failsUpTo, maxAttempts) = random.Next(10) switch
            {
                0 => (int.MaxValue, random.Next(1, 3)),
                1 or 2 => (random.Next(1, 3), 3),
                _ => (0, 1),
            };
            tasks.Add(new TaskPlan($"t{number}", needs)
            {
                FailsUpTo = failsUpTo,
                MaxAttempts = maxAttempts,
                Milliseconds = random.Next(3) == 0 ? random.Next(1, 30) : 0,
            });
        }

        tasks.Add(new TaskPlan("clean-up", [.. Enumerable.Range(0, count)]) { IsCleanUp = true });
        return tasks;
    }

    private static Flow FlowOf(string name, IReadOnlyList<TaskPlan> tasks)
    {
        var draft = new FlowDraft(name);
        foreach (var task in tasks)
        {
            var made = new TaskDraft(task.Name)
            {
                Policy = new TaskPolicy
                {
                    Trigger = task.IsCleanUp ? TriggerRule.AllDone : TriggerRule.AllSucceeded,
                    Pool = task.Milliseconds > 0 ? TaskPolicy.AsyncPool : TaskPolicy.ComputePool,
                    Retry = new RetryPolicy
                    {
                        MaxAttempts = task.MaxAttempts,
                        MaxLost = MaxLost,
                        Backoff = new Backoff { Initial = RetryDelay },
                    },
                },
            };
            foreach (var need in task.Needs) made.Inputs.Add(InputDraft.FromTask("", need));
            draft.Tasks.Add(made);
        }

        return draft.Build();
    }

    private static TaskPhase[] OutcomesOf(Flow flow, IReadOnlyList<TaskPlan> tasks)
    {
        var model = new Engine.Tests.ReferenceModel(Engine.Tests.ModelTask.Of(flow));
        var outcomes = Enumerable.Repeat(TaskPhase.Skipped, tasks.Count).ToArray();
        while (Enumerable.Range(0, tasks.Count).FirstOrDefault(model.MayRun, -1) is >= 0 and var next)
        {
            outcomes[next] = tasks[next].Succeeds ? TaskPhase.Succeeded : TaskPhase.Failed;
            model.Ended(next, outcomes[next]);
        }

        return outcomes;
    }

    /// <summary>The job as a flow file, whose tasks write to a ledger.</summary>
    public string ToYaml(string ledger)
    {
        var text = new System.Text.StringBuilder($"flow: {Id}\ntasks:\n");
        foreach (var task in Tasks)
        {
            var line = "$ACTORFLOW_JOB $ACTORFLOW_TASK $ACTORFLOW_ATTEMPT";
            var run = $"echo \"begin {line}\" >> \"{ledger}\""
                + (task.Milliseconds > 0 ? $"; sleep 0.{task.Milliseconds:D3}" : "")
                + (task.FailsUpTo > 0 ? $"; [ $ACTORFLOW_ATTEMPT -gt {task.FailsUpTo} ] || exit 1" : "")
                + $"; echo \"end {line}\" >> \"{ledger}\"";
            var needs = string.Join(", ", task.Needs.Select(need => Tasks[need].Name));
            text.Append($"  {task.Name}:\n    run: '{run}'\n    needs: [{needs}]\n")
                .Append(task.IsCleanUp ? "    when: all-done\n" : "")
                .Append($"    retry: {{ attempts: {task.MaxAttempts}, initial: {RetryDelay.Milliseconds}ms, ")
                .Append($"lost: {MaxLost} }}\n");
        }

        return text.ToString();
    }
}
