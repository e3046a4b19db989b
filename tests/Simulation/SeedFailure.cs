namespace ActorFlow.Simulation;

/// <summary>A seed that breaks a promise, and the shortest run that was found to break one too.</summary>
internal sealed record SeedFailure(int Seed, Exception Failure, string Story, int Choices, string ShortStory)
{
    private const int LinesShown = 120;

    /// <summary>How many runs are spent on shortening one.</summary>
    private const int Attempts = 3000;

    /// <summary>Lives a seed.</summary>
    /// <returns>Null if it keeps every promise.</returns>
    public static SeedFailure? Of(int seed)
    {
        var choices = new Choices(seed);
        var (story, failure) = SimulatedRun.Live(choices);
        if (failure is null) return null;
        var shortest = Shrinker.Shrink(choices.Taken, Fails, Attempts);
        var (shortStory, shortFailure) = SimulatedRun.Live(new Choices(shortest));
        return new SeedFailure(seed, shortFailure ?? failure, story, shortest.Count, shortStory);
    }

    /// <summary>What is to be printed of it.</summary>
    public override string ToString()
    {
        var lines = ShortStory.Split('\n');
        var shown = lines.Length <= LinesShown ? lines : lines[^LinesShown..];
        return $"Seed {Seed}: {Failure.Message}\n"
            + $"The shortest run that was found takes {Choices} choices. It {(shown == lines ? "is" : "ends so")}:\n"
            + string.Join('\n', shown)
            + $"\nTo play the whole seed again: dotnet run --project tests/Simulation -- --seed {Seed}\n{Failure}";
    }

    private static IReadOnlyList<int>? Fails(IReadOnlyList<int> numbers)
    {
        var choices = new Choices(numbers);
        return SimulatedRun.Live(choices).Failure is null ? null : choices.Taken;
    }
}
