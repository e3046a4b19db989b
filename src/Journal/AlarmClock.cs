using System.Diagnostics;

namespace ActorFlow.Journal;

/// <summary>
/// The system's clock, with timers that go off on a thread of their own: what supervisors wait for, and when a journal
/// is synced, user code that blocks the threads of the thread pool is not to hold up.
/// </summary>
/// <remarks>What goes off must be short: it holds up the others.</remarks>
internal sealed class AlarmClock : TimeProvider, IDisposable
{
    private const long Never = long.MaxValue;

    /// <summary>Threads know no longer waits than about 24 days; who looks once a day does no harm.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly object _gate = new();
    private readonly PriorityQueue<Alarm, long> _queue = new();
    private bool _hasStarted;
    private bool _isStopped;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback, state);
        alarm.Change(dueTime, period);
        return alarm;
    }

    /// <summary>A clock whose timers user code cannot hold up: this one for the system's, others as they are.</summary>
    public static TimeProvider For(TimeProvider time) => time == System ? new AlarmClock() : time;

    /// <summary>Nothing goes off any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Set(Alarm alarm, long dueAt)
    {
        lock (_gate)
        {
            alarm.DueAt = dueAt;
            // One that comes up too early is put back then: it may be set again and again, and is in the queue once.
            if (dueAt >= alarm.QueuedFor) return;
            Enqueue(alarm);
            Monitor.Pulse(_gate);
            if (_hasStarted) return;
            _hasStarted = true;
        }

        new Thread(Run) { IsBackground = true, Name = "actorflow alarms" }.Start();
    }

    private void Enqueue(Alarm alarm)
    {
        alarm.QueuedFor = alarm.DueAt;
        if (alarm.DueAt != Never) _queue.Enqueue(alarm, alarm.DueAt);
    }

    private void Run()
    {
        while (TakeDue() is { } alarm) alarm.GoOff();
    }

    private Alarm? TakeDue()
    {
        lock (_gate)
        {
            while (!_isStopped)
            {
                var now = Stopwatch.GetTimestamp();
                if (!_queue.TryPeek(out var alarm, out var queuedFor)) Monitor.Wait(_gate);
                else if (queuedFor > now) Monitor.Wait(_gate, Wait(now, queuedFor));
                else if (TryTake(alarm, queuedFor, now)) return alarm;
            }

            return null;
        }
    }

    private bool TryTake(Alarm alarm, long queuedFor, long now)
    {
        _queue.Dequeue();
        // It was set for an earlier time later.
        if (queuedFor != alarm.QueuedFor) return false;
        var isDue = alarm.DueAt <= now;
        if (isDue) alarm.DueAt = Never;
        Enqueue(alarm);
        return isDue;
    }

    private static TimeSpan Wait(long now, long until)
    {
        var wait = Stopwatch.GetElapsedTime(now, until);
        // Whole milliseconds, and rather one too many than looking in vain.
        return wait < LongestWait ? TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)) : LongestWait;
    }

    private sealed class Alarm(AlarmClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        /// <summary>When it is to go off.</summary>
        public long DueAt { get; set; } = Never;

        /// <summary>When it comes up; never later than it is due.</summary>
        public long QueuedFor { get; set; } = Never;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            SetIn(dueTime);
            return true;
        }

        public void GoOff()
        {
            if (_period > TimeSpan.Zero) SetIn(_period);
            callback(state);
        }

        private void SetIn(TimeSpan time) => clock.Set(
            this,
            time == Timeout.InfiniteTimeSpan
                ? Never
                : Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency));

        public void Dispose() => SetIn(Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
