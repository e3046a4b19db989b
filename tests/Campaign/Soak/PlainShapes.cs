namespace ActorFlow.Campaign;

/// <summary>Kinds of jobs that go to their end by themselves.</summary>
internal static class PlainShapes
{
    private static readonly Backoff Short = new() { Initial = TimeSpan.FromMilliseconds(5) };

    public static IEnumerable<SoakShape> All() =>
    [
        Chain(), Wide(), Diamonds(), Blocking(), Retries(), Fails(), TimesOut(), JobTimesOut(), Large(),
    ];

    private static SoakShape Chain()
    {
        const int Length = 12;
        var chain = FlowBuilder.Chain<int>("chain").Then("step-1", x => x + 1);
        for (var step = 2; step <= Length; step++) chain = chain.Then($"step-{step}", x => x + 1);
        return Giving("chain", 20, chain.Build(), number => number + Length);
    }

    private static SoakShape Wide()
    {
        const int Width = 40;
        var flow = FlowBuilder.Create<int>("wide");
        var parts = Enumerable.Range(0, Width)
            .Select(i => flow.Task($"part-{i}", flow.Input, number => number + i)).ToArray();
        var sum = flow.Task("sum", Source.Collect(parts), all => all.Sum());
        return Giving("wide", 10, flow.Build(sum), number => Width * number + Width * (Width - 1) / 2);
    }

    private static SoakShape Diamonds()
    {
        const int Levels = 3;
        var flow = FlowBuilder.Create<int>("diamonds");
        var tip = flow.Task("tip-0", flow.Input, x => x);
        for (var level = 1; level <= Levels; level++)
        {
            var left = flow.Task($"left-{level}", tip, x => x + 1);
            var right = flow.Task($"right-{level}", tip, async (int x, TaskContext context) =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(2), context.Time, context.CancellationToken);
                return x + 2;
            });
            tip = flow.Task($"tip-{level}", left, right, (a, b) => a + b);
        }

        return Giving("diamonds", 20, flow.Build(tip), number => 8 * number + 3 * (1 + 2 + 4));
    }

    private static SoakShape Blocking()
    {
        var flow = FlowBuilder.Create<int>("blocking");
        var block = flow.Task("block", flow.Input, (int x, TaskContext context) =>
        {
            context.CancellationToken.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(5));
            File.WriteAllText(Path.Combine(context.ScratchDirectory, "note"), "written");
            context.Report(0.5, "half");
            return x;
        });
        return Giving("blocking", 10, flow.Build(block), number => number);
    }

    private static SoakShape Retries()
    {
        const int Failures = 2;
        var flow = FlowBuilder.Create<int>("retries");
        var shaky = flow.Task("shaky", flow.Input, (int x, TaskContext context) => context.Attempt <= Failures
            ? throw new IOException($"attempt {context.Attempt} fails") : x).Retry(Failures + 1, Short);
        var built = flow.Build(flow.Task("after", shaky, x => x + 1));
        return new SoakShape("retries", 15, async job =>
        {
            var handle = await job.SubmitAsync(built);
            await job.GivesAsync(handle, job.Number + 1);
            var attempts = (await handle.GetReportAsync())["shaky"].Attempts;
            job.Require(attempts == Failures + 1, $"its task had {attempts} attempts");
        });
    }

    private static SoakShape Fails()
    {
        var flow = FlowBuilder.Create<int>("fails");
        var first = flow.Task("first", flow.Input, x => x);
        var wrong = flow.Task("wrong", first, int (int _) => throw new InvalidOperationException("never right"));
        var ignored = flow.Task("ignored", first, int (int _) => throw new InvalidOperationException("no matter"))
            .IgnoreFailures(7);
        var skipped = flow.Task("skipped", wrong, x => x);
        flow.Task("clean-up", skipped.OrDefault(), ignored.OrDefault(), (_, x) => x).When(TriggerRule.AllDone);
        return Ending("fails", 10, flow.Build(), JobPhase.Failed,
            ("wrong", TaskPhase.Failed), ("ignored", TaskPhase.Succeeded), ("skipped", TaskPhase.Skipped),
            ("clean-up", TaskPhase.Succeeded));
    }

    private static SoakShape TimesOut()
    {
        var flow = FlowBuilder.Create<int>("times-out");
        flow.Task("late", flow.Input, (int _, TaskContext context) =>
            Task.Delay(Timeout.InfiniteTimeSpan, context.Time, context.CancellationToken))
            .Timeout(TimeSpan.FromMilliseconds(20)).Retry(2, Short);
        return Ending("times-out", 5, flow.Build(), JobPhase.Failed, ("late", TaskPhase.Failed));
    }

    private static SoakShape JobTimesOut()
    {
        var flow = FlowBuilder.Create<int>("job-times-out").Timeout(TimeSpan.FromMilliseconds(50));
        var slow = flow.Task("slow", flow.Input, (int _, TaskContext context) =>
            Task.Delay(Timeout.InfiniteTimeSpan, context.Time, context.CancellationToken));
        flow.Task("after", slow, _ => { });
        return Ending("job-times-out", 3, flow.Build(), JobPhase.TimedOut, ("after", TaskPhase.Cancelled));
    }

    private static SoakShape Large()
    {
        const int Length = 200_000;
        var flow = FlowBuilder.Create<int>("large");
        var text = flow.Task("text", flow.Input, number => new string((char)('a' + number % 26), Length));
        var both = flow.Task("both", text, x => x + x);
        return Giving("large", 3, flow.Build(flow.Task("length", both, x => x.Length)), _ => 2 * Length);
    }

    private static SoakShape Giving<T>(string name, int weight, Flow<int, T> flow, Func<int, T> result) =>
        new(name, weight, async job => await job.GivesAsync(await job.SubmitAsync(flow), result(job.Number)));

    private static SoakShape Ending(
        string name, int weight, Flow<int, Nothing> flow, JobPhase outcome,
        params (string Task, TaskPhase Phase)[] tasks) =>
        new(name, weight, async job =>
        {
            var report = await job.EndsAsync(await job.SubmitAsync(flow), outcome);
            foreach (var (task, phase) in tasks)
                job.Require(report[task].Phase == phase, $"{task} is {report[task].Phase}, and was to be {phase}");
        });
}
