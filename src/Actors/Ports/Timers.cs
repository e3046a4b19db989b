namespace ActorFlow.Actors;

/// <summary>How long the timers of .NET can wait.</summary>
public static class Timers
{
    /// <summary>The longest time that can be waited for: 49 days. Timers count milliseconds in 32 bits.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(49);

    /// <summary>A time, or the longest one that can be waited for if it is longer.</summary>
    public static TimeSpan Bounded(TimeSpan time) => time < Longest ? time : Longest;
}
