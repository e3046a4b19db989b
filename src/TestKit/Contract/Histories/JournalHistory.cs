namespace ActorFlow.TestKit;

/// <summary>
/// A generated history: after every step the journal must hold what the model holds, and answer as it does.
/// </summary>
internal static class JournalHistory
{
    private const int Steps = 40;
    private const int ShrinkAttempts = 300;

    /// <summary>Plays the history of a seed; one that fails is shortened.</summary>
    /// <exception cref="RuleBrokenException">The journal and the model disagree.</exception>
    public static async Task CheckAsync(Func<JournalUnderTest> create, int seed, CancellationToken cancellation)
    {
        var first = await PlayAsync(create, new Choices(seed), cancellation);
        if (first.Broken is null) return;
        var shortest = first.Broken.IsSilence ? first : Shorten(create, first, cancellation);
        var broken = shortest.Broken!;
        throw new RuleBrokenException(broken.Expected, broken.Actual, broken.InnerException)
        {
            Story = $"  Seed {seed}; the shortest history found, of {shortest.Steps.Count} steps:"
                + string.Concat(shortest.Steps.Select((step, i) => $"\n  {i + 1,3}. {step}")),
        };
    }

    private static Played Shorten(Func<JournalUnderTest> create, Played longest, CancellationToken cancellation)
    {
        var shortest = longest;
        Shrinker.Shrink(longest.Choices, numbers =>
        {
            // The shrinker asks and waits; we are on the thread pool, where nobody waits for this thread.
            var played = PlayAsync(create, new Choices(numbers), cancellation).GetAwaiter().GetResult();
            if (played.Broken is null) return null;
            if (played.Steps.Count <= shortest.Steps.Count) shortest = played;
            return played.Choices;
        }, ShrinkAttempts);
        return shortest;
    }

    private static async Task<Played> PlayAsync(
        Func<JournalUnderTest> create, Choices choices, CancellationToken cancellation)
    {
        var steps = new List<JournalStep>();
        var broken = await Trial.FindBreachAsync(create, trial => PlayAsync(trial, choices, steps), cancellation);
        return new Played(choices.Taken, steps, broken);
    }

    private static async Task PlayAsync(Trial trial, Choices choices, List<JournalStep> steps)
    {
        var model = JournalModel.Empty;
        // One number for each step, so that steps can be taken away one by one; 0 is the end.
        while (steps.Count < Steps && choices.Below(StepDrawing.Numbers) is > 0 and var number)
        {
            trial.Cancellation.ThrowIfCancellationRequested();
            var step = new StepDrawing(number, second: steps.Count, trial.Subject.IsDurable).Next(model);
            steps.Add(step);
            (model, var expected) = step.Do(model);
            var at = $"step {steps.Count} ({step})";
            Demand.Lines($"the answer of {at}", expected.Split('\n'), (await step.DoAsync(trial)).Split('\n'));
            Demand.Lines($"what there is after {at}", StateOf(model), await StateAsync(trial));
        }
    }

    private static IEnumerable<string> StateOf(JournalModel model) =>
    [
        .. model.Jobs.Select(job => JournalText.Of(job.Line)),
        .. StepDrawing.Ids.SelectMany(id => model.Find(id)?.Events.Select(JournalText.Of) ?? []),
    ];

    private static async Task<IEnumerable<string>> StateAsync(Trial trial)
    {
        var state = (await trial.ListAsync()).Select(JournalText.Of).ToList();
        foreach (var id in StepDrawing.Ids) state.AddRange((await trial.ReadAsync(id)).Select(JournalText.Of));
        return state;
    }

    /// <summary>A history that was played: which, up to which step, and how it ended.</summary>
    private sealed record Played(
        IReadOnlyList<int> Choices, IReadOnlyList<JournalStep> Steps, RuleBrokenException? Broken);
}
