namespace ActorFlow.TestKit;

/// <summary>A clock that stands still until the world turns it, and the timers that hang on it.</summary>
internal sealed class SimulatedTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<SimulatedTimer, (long DueAt, long Order)> _timers = new();
    private long _now;
    private long _order;
    private long _ahead;

    public SimulatedTime(DateTimeOffset? startsAt = null) =>
        _now = (startsAt ?? new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)).UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _now) + _ahead, TimeSpan.Zero);

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Time passes, and nothing else happens.</summary>
    public void Pass(TimeSpan span)
    {
        lock (_gate) _now += span.Ticks;
    }

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
    /// <param name="latest">Timers that are due later stay; none is too late if null.</param>
    /// <returns>False if there is none.</returns>
    public bool FireNext(DateTimeOffset? latest = null)
    {
        SimulatedTimer? timer = null;
        lock (_gate)
        {
            while (timer is null && _timers.TryPeek(out var next, out var due))
            {
                if (next.Order == due.Order && due.DueAt > (latest?.UtcTicks ?? long.MaxValue)) return false;
                _timers.Dequeue();
                if (next.Order != due.Order) continue;
                timer = next;
                _now = Math.Max(_now, due.DueAt);
            }
        }

        timer?.Fire();
        return timer is not null;
    }

    /// <summary>The process died: nothing of it goes off any more.</summary>
    public void DropTimers()
    {
        lock (_gate) _timers.Clear();
    }

    private sealed class SimulatedTimer(SimulatedTime time, TimerCallback callback, object? state) : ITimer
    {
        private readonly AttemptScope? _owner = AttemptScope.Current;
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public long Order { get; private set; } = -1;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                _period = period;
                SetOrder(dueTime == Timeout.InfiniteTimeSpan ? -1 : time._order++);
                if (Order >= 0) time._timers.Enqueue(this, (DueAt(dueTime), Order));
                return true;
            }
        }

        public void Fire()
        {
            lock (time._gate)
            {
                SetOrder(-1);
                if (_period > TimeSpan.Zero) Change(_period, _period);
            }

            callback(state);
        }

        public void Dispose()
        {
            lock (time._gate) SetOrder(-1);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        // The end of time is far enough for whoever waits as long as he can.
        private long DueAt(TimeSpan dueTime) =>
            dueTime.Ticks > DateTimeOffset.MaxValue.UtcTicks - time._now
                ? DateTimeOffset.MaxValue.UtcTicks
                : time._now + dueTime.Ticks;

        private void SetOrder(long order)
        {
            if (Order < 0 && order >= 0) _owner?.WaitsForTimer(1);
            if (Order >= 0 && order < 0) _owner?.WaitsForTimer(-1);
            Order = order;
        }
    }
}
