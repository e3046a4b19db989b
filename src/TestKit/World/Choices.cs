namespace ActorFlow.TestKit;

/// <summary>
/// Every decision that chance takes in a run, as a list of numbers: it can be played again, and shortened. The smaller
/// a number, the less happens; past the end of a list every decision is 0.
/// </summary>
internal sealed class Choices
{
    private readonly List<int> _taken = [];
    private readonly IReadOnlyList<int>? _given;
    private readonly Random? _random;

    /// <summary>Plays given numbers.</summary>
    public Choices(IReadOnlyList<int> numbers)
    {
        _given = numbers;
        AsRandom = new Drawn(this);
    }

    /// <summary>Draws numbers from a seed.</summary>
    public Choices(int seed)
    {
        _random = new Random(seed);
        AsRandom = new Drawn(this);
    }

    /// <summary>The numbers so far.</summary>
    public IReadOnlyList<int> Taken => _taken;

    /// <summary>Whether given numbers are all played.</summary>
    public bool IsUsedUp => _given is not null && _taken.Count >= _given.Count;

    /// <summary>The same choices for who wants a random number.</summary>
    public Random AsRandom { get; }

    /// <summary>A number from 0 to one less than <paramref name="count"/>.</summary>
    public int Below(int count)
    {
        var number = _random?.Next(count) ?? (IsUsedUp ? 0 : _given![_taken.Count] % count);
        _taken.Add(number);
        return number;
    }

    /// <summary>True once in <paramref name="often"/> times.</summary>
    public bool OneIn(int often) => Below(often) == often - 1;

    public T Of<T>(params ReadOnlySpan<T> options) => options[Below(options.Length)];

    public T? OneOf<T>(IReadOnlyList<T> options) => options.Count == 0 ? default : options[Below(options.Count)];

    private sealed class Drawn(Choices choices) : Random
    {
        public override int Next(int maxValue) => choices.Below(maxValue);
    }
}
