using ActorFlow.Engine;

namespace ActorFlow.Actors;

/// <summary>What the running attempts of one job wait for of what they have added; they ask by a key.</summary>
internal sealed class AwaitedParts
{
    private readonly Dictionary<(int Task, int Attempt), Dictionary<string, List<Promise<ExpansionOutcome>>>> _awaited =
        [];

    public bool IsEmpty => _awaited.Count == 0;

    public void Add(int task, int attempt, string key, Promise<ExpansionOutcome> answer)
    {
        if (!_awaited.TryGetValue((task, attempt), out var byKey))
            _awaited[(task, attempt)] = byKey = new(StringComparer.Ordinal);
        // It may ask for the same twice before it is told.
        if (!byKey.TryGetValue(key, out var answers)) byKey[key] = answers = [];
        answers.Add(answer);
    }

    /// <summary>They have ended: whoever waits for them is told how.</summary>
    public void Answer(JobState state, JobEffect.AnswerAttempt effect)
    {
        var scope = state.Graph.Scopes[effect.Scope];
        if (!_awaited.TryGetValue((effect.Task, effect.Attempt), out var byKey)) return;
        if (!byKey.Remove(scope.Expansion.Key!, out var answers)) return;
        if (byKey.Count == 0) _awaited.Remove((effect.Task, effect.Attempt));
        var outcome = new ExpansionOutcome(state, scope, 0);
        foreach (var answer in answers) answer.Keep(outcome);
    }

    /// <summary>What code hears that waits for parts in an attempt that nobody waits for.</summary>
    public static OperationCanceledException IsOver() => new("The attempt that waited for parts of its job is over.");

    /// <summary>Nobody will tell an attempt any more: its code is not to wait for ever.</summary>
    public void Refuse(int task, int attempt)
    {
        if (!_awaited.Remove((task, attempt), out var byKey)) return;
        foreach (var answers in byKey.Values)
            foreach (var answer in answers) answer.Break(IsOver());
    }

    /// <summary>The job goes on in another process, or is read again: no attempt here is told any more.</summary>
    public void RefuseAll()
    {
        foreach (var (task, attempt) in _awaited.Keys.ToList()) Refuse(task, attempt);
    }
}
