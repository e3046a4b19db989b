namespace ActorFlow.Fuzz.Tests;

/// <summary>
/// Feeds a target as <see cref="Fuzzer"/> does, and keeps the inputs that reach new code: they are changed further.
/// The same seed and the same corpus give the same run, as far as the target always does the same.
/// </summary>
/// <remarks>The target has to be instrumented: see <see cref="InstrumentedContext"/>.</remarks>
internal sealed class GuidedFuzzer
{
    private const int TriesToShrink = 16;

    private readonly FuzzTarget _target;
    private readonly Fuzzer _fuzzer;
    private readonly int _seed;
    private readonly Random _random;
    private readonly List<byte[]> _corpus = [];
    private readonly List<long> _spent = [];
    private readonly HashSet<int> _marks = [];
    private readonly Mutator _mutator;
    private int _given;

    /// <summary>A run of its own.</summary>
    /// <param name="target">What reads.</param>
    /// <param name="seed">What chance begins with.</param>
    /// <param name="reading">Is told each input before it is read.</param>
    public GuidedFuzzer(FuzzTarget target, int seed, Action<byte[]> reading)
    {
        (_target, _seed, _random) = (target, seed, new Random(seed));
        _fuzzer = new Fuzzer(target) { Reading = reading };
        _mutator = new Mutator(_corpus, target.Tokens);
    }

    /// <summary>Whether inputs that reach new code are changed further; if not, it is as blind as the other.</summary>
    public bool IsGuided { get; init; } = true;

    /// <summary>How many inputs were read, with those that only tried to make one smaller.</summary>
    public int Executions { get; private set; }

    /// <summary>How many blocks were reached.</summary>
    public int Blocks => _marks.Select(Coverage.BlockOf).Distinct().Count();

    /// <summary>The inputs that are changed.</summary>
    public IReadOnlyList<byte[]> Inputs => _corpus;

    /// <summary>The input that took most time of the processor: a hang in the making, perhaps.</summary>
    public (byte[] Input, TimeSpan Took) Slowest { get; private set; } = ([], TimeSpan.Zero);

    /// <summary>The faults that were found, each with its input.</summary>
    public IReadOnlyCollection<string> Faults => _fuzzer.Faults;

    /// <summary>Reads an input, and will change it.</summary>
    public void Add(byte[] input)
    {
        _marks.UnionWith(Marks(input));
        Keep(input);
        _given++;
    }

    /// <summary>Makes an input of another one, and reads it.</summary>
    /// <returns>An input that reaches what none did before; null if it reaches nothing new.</returns>
    public byte[]? Next()
    {
        var input = _target.Mend(_mutator.Change(Pick(), _random), _random);
        var before = Environment.CpuUsage.TotalTime;
        var found = News(input);
        if (Environment.CpuUsage.TotalTime - before is var took && took > Slowest.Took) Slowest = (input, took);
        // What is so only once is no news: code that runs first, or that raced.
        if (found.Count > 0) found.IntersectWith(News(input));
        if (found.Count == 0) return null;
        var small = Shrinker.Shrink(input, other => found.IsSubsetOf(Marks(other)), TriesToShrink);
        _marks.UnionWith(found);
        if (IsGuided) Keep(small);
        return small;
    }

    /// <summary>What an input reaches; nothing if it finds a fault.</summary>
    public List<int> Marks(byte[] input)
    {
        Executions++;
        Coverage.Clear();
        var isFault = _fuzzer.Try(input, $"guided-{_seed}-{Executions}", "feed it as a regression");
        return isFault ? [] : Coverage.Reached();
    }

    private HashSet<int> News(byte[] input) => [.. Marks(input).Where(mark => !_marks.Contains(mark))];

    private void Keep(byte[] input)
    {
        _corpus.Add(input);
        _spent.Add(0);
    }

    // What was given every other time: it is mostly right, and what was found is mostly wrong. Of the rest, of three by
    // chance the one on which fewest bytes were spent: what is new or small gets its turn.
    private byte[] Pick()
    {
        if (_random.Next(2) == 0) return _corpus[_random.Next(_given)];
        var pick = Enumerable.Range(0, 3).Select(_ => _random.Next(_corpus.Count)).MinBy(at => _spent[at]);
        _spent[pick] += _corpus[pick].Length;
        return _corpus[pick];
    }
}
