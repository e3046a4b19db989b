using System.Diagnostics;
using ActorFlow.Actors;

namespace ActorFlow.Bench.Runs;

/// <summary>Does nothing.</summary>
internal sealed class NoOp : TaskBody
{
    public static NoOp Instance { get; } = new();

    public override ValueTask<Payload> RunAsync(TaskCall call) => new(Payload.None);
}

/// <summary>Keeps a processor busy for a while.</summary>
internal sealed class Spin(long ticks) : TaskBody
{
    public override ValueTask<Payload> RunAsync(TaskCall call)
    {
        Wait(ticks);
        return new ValueTask<Payload>(Payload.None);
    }

    public static void Wait(long ticks)
    {
        var until = Stopwatch.GetTimestamp() + ticks;
        while (Stopwatch.GetTimestamp() < until) { }
    }
}

/// <summary>Notes when it runs: in a chain, the time from one to the next is a hop.</summary>
internal sealed class Clocked(int tasks) : TaskBody
{
    private readonly long[] _times = new long[tasks];
    private int _count;

    public override ValueTask<Payload> RunAsync(TaskCall call)
    {
        _times[Interlocked.Increment(ref _count) - 1] = Stopwatch.GetTimestamp();
        return new ValueTask<Payload>(Payload.None);
    }

    /// <summary>The length of the hop that so many of all hops are not longer than, in microseconds.</summary>
    public double Percentile(double fraction)
    {
        var hops = Enumerable.Range(1, _times.Length - 1).Select(i => _times[i] - _times[i - 1]).Order().ToArray();
        return Stopwatch.GetElapsedTime(0, hops[(int)(fraction * (hops.Length - 1))]).TotalMicroseconds;
    }
}

/// <summary>Does not end by itself, and says when it has begun.</summary>
internal sealed class Endless : TaskBody
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Begun => _begun.Task;

    public override async ValueTask<Payload> RunAsync(TaskCall call)
    {
        _begun.TrySetResult();
        await Task.Delay(Timeout.Infinite, call.CancellationToken).ConfigureAwait(false);
        return Payload.None;
    }
}
