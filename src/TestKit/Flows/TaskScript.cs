using ActorFlow.Actors;

namespace ActorFlow.TestKit;

/// <summary>What a test lets the attempts of one task do in place of, or before, the task's own code.</summary>
internal sealed class TaskScript
{
    private readonly List<Act> _acts = [];
    private int _begun;

    /// <summary>What the task does when no other act is left; null for its own code.</summary>
    public Func<TaskCall, Payload>? Stub { get; set; }

    /// <summary>Lets the next attempts fail.</summary>
    public void Fail(Func<Exception> failure, int attempts) => _acts.Add(new Act(attempts, failure, false));

    /// <summary>Lets the next attempts hang until they are cancelled, or for good.</summary>
    public void Hang(bool heedsCancellation, int attempts) => _acts.Add(new Act(attempts, null, heedsCancellation));

    /// <summary>Runs an attempt, whose task's own code is <paramref name="own"/>.</summary>
    public ValueTask<Payload> RunAsync(TaskCall call, Func<TaskCall, ValueTask<Payload>> own)
    {
        var number = ++_begun;
        foreach (var act in _acts)
        {
            if (number > act.Attempts)
            {
                number -= act.Attempts;
                continue;
            }

            if (act.Failure is not null) throw act.Failure();
            return HangAsync(act.HeedsCancellation ? call.CancellationToken : CancellationToken.None);
        }

        return Stub is { } stub ? new(stub(call)) : own(call);
    }

    /// <summary>Whether the attempt that begins next runs the task's own code.</summary>
    public bool IsOwnCodeNext => Stub is null && _begun >= _acts.Sum(act => (long)act.Attempts);

    private static async ValueTask<Payload> HangAsync(CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource<Payload>();
        await using var registration = cancellationToken.UnsafeRegister(
            _ => never.TrySetCanceled(cancellationToken), null);
        return await never.Task.ConfigureAwait(false);
    }

    private sealed record Act(int Attempts, Func<Exception>? Failure, bool HeedsCancellation);
}
