namespace ActorFlow.Fuzz.Tests;

/// <summary>
/// Everything that reads what others wrote reads it, or says what is wrong with it: it does not crash, does not hang,
/// and takes no more memory than a multiple of what it was given.
/// </summary>
public sealed class FuzzTests
{
    public static TheoryData<string> Names => [.. Targets.Names];

    public static TheoryData<string, string> Regressions
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (target, file) in Corpus.Regressions(Targets.Names)) data.Add(target, file);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_is_given_is_read_or_refused_with_an_error_of_ours(string name)
    {
        var target = Targets.Create(name);
        using var rest = target as IDisposable;
        var (first, count) = FuzzRuns.Of(target);
        using var running = new RunningInput(name);
        new Fuzzer(target) { Reading = running.Note }.Run(first, count);
    }

    [Theory]
    [MemberData(nameof(Regressions))]
    public void What_once_found_a_fault_finds_none(string name, string file)
    {
        var target = Targets.Create(name);
        using var rest = target as IDisposable;
        Assert.Null(new Fuzzer(target).FaultOf(Corpus.Regression(name, file)));
    }
}
