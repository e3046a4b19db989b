using ActorFlow.Engine;

namespace ActorFlow.Actors;

/// <summary>What the running attempts of one job wait for of what they have added; they ask by a key.</summary>
internal sealed class AwaitedParts
{
    private readonly Dictionary<(int Task, int Attempt, string Key), List<Promise<ExpansionOutcome>>> _awaited = [];

    public void Add(int task, int attempt, string key, Promise<ExpansionOutcome> answer)
    {
        // It may ask for the same twice before it is told.
        if (!_awaited.TryGetValue((task, attempt, key), out var answers)) _awaited[(task, attempt, key)] = answers = [];
        answers.Add(answer);
    }

    /// <summary>They have ended: whoever waits for them is told how.</summary>
    public void Answer(JobState state, JobEffect.AnswerAttempt effect)
    {
        var scope = state.Graph.Scopes[effect.Scope];
        if (!_awaited.Remove((effect.Task, effect.Attempt, scope.Expansion.Key!), out var answers)) return;
        var outcome = new ExpansionOutcome(state, scope, 0);
        foreach (var answer in answers) answer.Keep(outcome);
    }

    /// <summary>What code hears that waits for parts in an attempt that nobody waits for.</summary>
    public static OperationCanceledException IsOver() => new("The attempt that waited for parts of its job is over.");

    /// <summary>Nobody will tell an attempt any more: its code is not to wait for ever.</summary>
    public void Refuse(int task, int attempt)
    {
        foreach (var place in _awaited.Keys.Where(place => place.Task == task && place.Attempt == attempt).ToList())
            Refuse(place);
    }

    /// <summary>The job goes on in another process, or is read again: no attempt here is told any more.</summary>
    public void RefuseAll()
    {
        foreach (var place in _awaited.Keys.ToList()) Refuse(place);
    }

    private void Refuse((int Task, int Attempt, string Key) place)
    {
        _awaited.Remove(place, out var answers);
        foreach (var answer in answers!) answer.Break(IsOver());
    }
}
