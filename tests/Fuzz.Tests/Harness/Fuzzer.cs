namespace ActorFlow.Fuzz.Tests;

/// <summary>
/// Feeds a target, and requires of each input: it is read or refused with an error of ours, within bounds.
/// </summary>
internal sealed class Fuzzer(FuzzTarget target)
{
    private const string BugMark = "[this is a bug in ActorFlow]";

    private readonly Dictionary<string, string> _faults = new(StringComparer.Ordinal);

    /// <summary>Is told each input before it is read.</summary>
    public Action<byte[]> Reading { get; init; } = static _ => { };

    /// <summary>What was found: each tells of one kind of fault, and of the input that found it.</summary>
    public IReadOnlyCollection<string> Faults => _faults.Values;

    /// <summary>Feeds the inputs of some seeds, and goes on behind a fault: others of its kind are not told.</summary>
    /// <exception cref="FuzzFaultException">Inputs found faults: they are described and kept.</exception>
    public void Run(int firstSeed, int count)
    {
        var corpus = Corpus.Of(target);
        var mutator = new Mutator(corpus, target.Tokens);
        for (var seed = firstSeed; seed < firstSeed + count; seed++)
        {
            var made = mutator.Make(seed);
            var input = seed < corpus.Count ? made : target.Mend(made, new Random(seed));
            var again = $"{FuzzRuns.Variable}={target.Name}:{seed} dotnet test tests/Fuzz.Tests -c Release";
            Try(input, $"seed-{seed}", again);
        }

        if (Faults.Count > 0) throw new FuzzFaultException(Faults);
    }

    /// <summary>Feeds one input; if it finds a fault of a new kind, it is made small, kept and described.</summary>
    /// <param name="input">The input.</param>
    /// <param name="run">What made it.</param>
    /// <param name="again">How to make it again.</param>
    /// <returns>Whether it found a fault.</returns>
    public bool Try(byte[] input, string run, string again)
    {
        if (FaultOf(input) is not { } fault) return false;
        var kind = KindOf(fault);
        if (!_faults.TryAdd(kind, "")) return true;
        var small = Shrinker.Shrink(input, other => FaultOf(other) is { } found && KindOf(found) == kind);
        _faults[kind] = FuzzFaultException.Describe(target, run, again, small, fault);
        return true;
    }

    /// <summary>Feeds one input; what takes too much memory twice, for the first time may cost more.</summary>
    /// <returns>What is wrong; null if nothing is.</returns>
    public string? FaultOf(byte[] input)
    {
        var bound = target.AllocationBound(input.Length);
        var fault = FaultOf(input, out var allocated);
        if (fault is not null || allocated <= bound) return fault;
        fault = FaultOf(input, out allocated);
        return fault is not null || allocated <= bound
            ? fault
            : $"There is a bound, and it is not kept: {input.Length} bytes of input took {allocated} bytes of memory, "
                + $"and {bound} is the bound.";
    }

    private string? FaultOf(byte[] input, out long allocated)
    {
        Reading(input);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Read(input);
            return null;
        }
        catch (ActorFlowException e)
        {
            if (string.IsNullOrWhiteSpace(e.Message)) return $"An error says nothing: {e}";
            return e.Message.Contains(BugMark, StringComparison.Ordinal) ? e.ToString() : null;
        }
        catch (Exception e)
        {
            return e.ToString();
        }
        finally
        {
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    // The type of the exception, and where in the source it came from.
    private static string KindOf(string fault) => fault.Split(':')[0]
        + fault.Split('\n').FirstOrDefault(line => line.Contains("/src/", StringComparison.Ordinal));
}
