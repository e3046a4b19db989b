using ActorFlow.Actors;

namespace ActorFlow.TestKit;

/// <summary>What a test lets the attempts of one task do in place of, or before, the task's own code.</summary>
internal sealed class TaskScript
{
    private readonly List<Act> _acts = [];
    private Func<TaskCall, TaskBody, Payload>? _stub;
    private int _begun;

    /// <summary>What the task does when no other act is left, in place of its own code.</summary>
    public void Stub<T>(Func<TaskCall, T> run) => _stub = (call, own) =>
    {
        var output = run(call);
        OutputTypes.RequireValue(call.Task.Name, own, output);
        return call.Encode(output);
    };

    /// <summary>Lets the next attempts fail.</summary>
    public void Fail(Func<Exception> failure, int attempts) => _acts.Add(new Act(attempts, failure, false));

    /// <summary>Lets the next attempts hang until they are cancelled, or for good.</summary>
    public void Hang(bool heedsCancellation, int attempts) => _acts.Add(new Act(attempts, null, heedsCancellation));

    /// <summary>Runs an attempt.</summary>
    /// <param name="call">The attempt.</param>
    /// <param name="own">The task's own code.</param>
    /// <param name="runOwn">Runs it.</param>
    public ValueTask<Payload> RunAsync(TaskCall call, TaskBody own, Func<TaskCall, ValueTask<Payload>> runOwn)
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

        return _stub is { } stub ? new(stub(call, own)) : runOwn(call);
    }

    /// <summary>Whether the attempt that begins next runs the task's own code.</summary>
    public bool IsOwnCodeNext => _stub is null && _begun >= _acts.Sum(act => (long)act.Attempts);

    private static async ValueTask<Payload> HangAsync(CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource<Payload>();
        await using var registration = cancellationToken.UnsafeRegister(
            _ => never.TrySetCanceled(cancellationToken), null);
        return await never.Task.ConfigureAwait(false);
    }

    private sealed record Act(int Attempts, Func<Exception>? Failure, bool HeedsCancellation);
}
