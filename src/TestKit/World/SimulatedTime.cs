namespace ActorFlow.TestKit;

/// <summary>A clock that stands still until the world turns it, and the timers that hang on it.</summary>
internal sealed class SimulatedTime : TimeProvider
{
    private readonly PriorityQueue<SimulatedTimer, (long DueAt, long Order)> _timers = new();
    private long _now = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;
    private long _order;
    private long _ahead;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(_now + _ahead, TimeSpan.Zero);

    public override long GetTimestamp() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Time passes, and nothing else happens.</summary>
    public void Pass(TimeSpan span) => _now += span.Ticks;

    /// <summary>Somebody sets the clock: what it shows jumps, and timers run on as they did.</summary>
    public void Jump(TimeSpan span) => _ahead += span.Ticks;

    /// <summary>
    /// Waits as <see cref="Task.Delay(TimeSpan, TimeProvider, CancellationToken)"/> does, and goes on in the step that
    /// ends it: that one leaves the thread when it is cancelled.
    /// </summary>
    public async Task SleepAsync(TimeSpan span, CancellationToken cancellationToken)
    {
        var over = new TaskCompletionSource();
        using var timer = CreateTimer(_ => over.TrySetResult(), null, span, Timeout.InfiniteTimeSpan);
        using var registration = cancellationToken.UnsafeRegister(_ => over.TrySetCanceled(cancellationToken), null);
        await over.Task.ConfigureAwait(false);
    }

    /// <summary>Turns the clock to the next timer and lets it go off.</summary>
    /// <returns>False if there is none.</returns>
    public bool FireNext()
    {
        while (_timers.TryDequeue(out var timer, out var due))
        {
            if (timer.Order != due.Order) continue;
            _now = Math.Max(_now, due.DueAt);
            timer.Fire();
            return true;
        }

        return false;
    }

    /// <summary>The process died: nothing of it goes off any more.</summary>
    public void DropTimers() => _timers.Clear();

    private sealed class SimulatedTimer(SimulatedTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public long Order { get; private set; } = -1;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            Order = dueTime == Timeout.InfiniteTimeSpan ? -1 : time._order++;
            if (Order >= 0) time._timers.Enqueue(this, (time._now + dueTime.Ticks, Order));
            return true;
        }

        public void Fire()
        {
            Order = -1;
            if (_period > TimeSpan.Zero) Change(_period, _period);
            callback(state);
        }

        public void Dispose() => Order = -1;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
