namespace ActorFlow.Journal.Tests;

/// <summary>Alarms go off, at their last time only, where no user code can hold them up.</summary>
public sealed class AlarmClockTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Late = TimeSpan.FromHours(1);

    private readonly TaskCompletionSource<bool> _wentOffOnThreadPool = new(
        TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task An_alarm_goes_off_on_a_thread_of_its_own()
    {
        using var clock = new AlarmClock();
        using var alarm = clock.CreateTimer(GoOff, null, Soon, Timeout.InfiniteTimeSpan);
        Assert.False(await _wentOffOnThreadPool.Task);
    }

    [Fact]
    public async Task An_alarm_that_is_set_for_an_earlier_time_goes_off_then_and_once()
    {
        using var clock = new AlarmClock();
        using var last = new SemaphoreSlim(0);
        using var alarm = clock.CreateTimer(GoOff, null, Late, Timeout.InfiniteTimeSpan);
        alarm.Change(Late / 2, Timeout.InfiniteTimeSpan);
        alarm.Change(Soon, Timeout.InfiniteTimeSpan);
        await _wentOffOnThreadPool.Task;
        using var behind = clock.CreateTimer(_ => last.Release(), null, Soon, Timeout.InfiniteTimeSpan);
        await last.WaitAsync();
    }

    [Fact]
    public async Task An_alarm_that_is_set_for_a_later_time_or_disposed_does_not_go_off_before()
    {
        using var clock = new AlarmClock();
        using var asleep = new ManualResetEventSlim();
        var wentOff = 0;
        // While the clock's only thread is held, both come up and are changed.
        using var first = clock.CreateTimer(_ => asleep.Wait(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        using var later = clock.CreateTimer(_ => wentOff++, null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        var none = clock.CreateTimer(_ => wentOff++, null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        later.Change(Late, Timeout.InfiniteTimeSpan);
        await none.DisposeAsync();
        asleep.Set();
        using var behind = clock.CreateTimer(GoOff, null, Soon, Timeout.InfiniteTimeSpan);
        await _wentOffOnThreadPool.Task;
        Assert.Equal(0, wentOff);
    }

    [Fact]
    public async Task An_alarm_with_a_period_goes_off_again_and_again()
    {
        using var clock = new AlarmClock();
        using var times = new SemaphoreSlim(0);
        using var alarm = clock.CreateTimer(_ => times.Release(), null, Soon, Soon);
        for (var time = 0; time < 3; time++) await times.WaitAsync();
    }

    private void GoOff(object? state) => _wentOffOnThreadPool.SetResult(Thread.CurrentThread.IsThreadPoolThread);
}
