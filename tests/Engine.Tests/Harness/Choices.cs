namespace ActorFlow.Engine.Tests;

/// <summary>
/// Reads decisions from numbers that FsCheck draws and shrinks; past their end every decision is the first.
/// </summary>
internal sealed class Choices(int[] numbers)
{
    private int _next;

    public bool IsUsedUp => _next >= numbers.Length;

    /// <summary>A number from 0 to one less than <paramref name="count"/>.</summary>
    public int Below(int count) => _next < numbers.Length ? numbers[_next++] % count : 0;

    /// <summary>True once in <paramref name="often"/> times.</summary>
    public bool OneIn(int often) => Below(often) == often - 1;

    public T Of<T>(params ReadOnlySpan<T> options) => options[Below(options.Length)];

    public T? OneOf<T>(IReadOnlyList<T> options) => options.Count == 0 ? default : options[Below(options.Count)];
}
