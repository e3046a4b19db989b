namespace ActorFlow.TestKit;

/// <summary>Draws what happens next from one number and from what the model holds.</summary>
/// <param name="number">Its digits are the _choices.</param>
/// <param name="second">When it happens.</param>
/// <param name="isDurable">Whether the journal can be opened again.</param>
internal sealed class StepDrawing(int number, int second, bool isDurable)
{
    /// <summary>How many numbers there are.</summary>
    public const int Numbers = 1 << 30;

    /// <summary>The jobs that histories are about.</summary>
    public static readonly JobId[] Ids = [new("a"), new("b"), new("A"), new("漢-𝄞")];

    private const int BitsOfDigit = 5;

    private static readonly JobEvent[] Kinds = [.. Examples.OfEveryKind(Ids[0]).Skip(1)];

    private readonly Choices _choices = new(Digits(number));

    /// <summary>The step; past the last digit all choices are 0, the simplest.</summary>
    public JournalStep Next(JournalModel model)
    {
        var job = _choices.Of<JobId>(Ids);
        return _choices.Below(20) switch
        {
            < 8 => Append(job, model.VersionOf(job)),
            < 10 => End(job, model.VersionOf(job)),
            < 12 => Append(job, Math.Max(0, model.VersionOf(job) + _choices.Of(-1, 1, 2, -2))),
            12 => Awkward(job, model.VersionOf(job)),
            13 => new JournalStep.Read(job, 1 + _choices.Below((int)model.VersionOf(job) + 2)),
            14 => new JournalStep.List(),
            15 => new JournalStep.Find(job),
            < 18 => new JournalStep.Forget(job),
            _ => isDurable ? new JournalStep.Reopen() : new JournalStep.List(),
        };
    }

    private JournalStep.Append Append(JobId job, long expected)
    {
        var (events, again) = (new List<JobEvent>(), _choices.OneIn(2));
        if (expected == 0) events.Add(Examples.Submitted(job, second));
        for (var more = _choices.Below(4) + (expected == 0 ? 0 : 1); more > 0; more--) events.Add(Any());
        return new JournalStep.Append(job, expected, events, again);
    }

    private JournalStep.Append End(JobId job, long expected)
    {
        JobEvent[] beginning = expected == 0 ? [Examples.Submitted(job, second)] : [];
        return new JournalStep.Append(job, expected, [.. beginning, Examples.Ended(second)], _choices.OneIn(2));
    }

    // What no journal takes.
    private JournalStep.Append Awkward(JobId job, long version)
    {
        var submitted = Examples.Submitted(job, second);
        JobEvent[] events = _choices.Below(3) switch
        {
            0 => [],
            1 => version == 0 ? [Any()] : [submitted],
            _ => version == 0 ? [submitted, Any(), submitted] : [Any(), submitted],
        };
        return new JournalStep.Append(job, version, events, _choices.OneIn(2));
    }

    private JobEvent Any() => _choices.Of<JobEvent>(Kinds) with { At = Examples.At(second) };

    private static int[] Digits(int number)
    {
        var digits = new List<int>();
        for (; number > 0; number >>= BitsOfDigit) digits.Add(number & ((1 << BitsOfDigit) - 1));
        return [.. digits];
    }
}
