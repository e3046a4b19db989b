namespace ActorFlow.TestKit;

/// <summary>What no single rule thinks of: histories drawn from seeds, compared with a model.</summary>
internal static class RulesOfHistories
{
    public const string Name = "After every step of a generated history the journal holds what the model holds";

    public static readonly JournalRule[] All = [new(Name, AgreesWithTheModel)];

    private static async Task AgreesWithTheModel(Trial trial)
    {
        for (var seed = 1; seed <= trial.Subject.Histories; seed++)
            await JournalHistory.CheckAsync(trial.Create, seed, trial.Cancellation);
    }
}
