using System.Diagnostics;
using System.Security.Cryptography;

namespace ActorFlow.Fuzz.Tests;

/// <summary>
/// One guided run of a target: begins with what is in the repository and with what earlier runs found, keeps what it
/// finds in <c>artifacts/fuzz/found</c>, and proposes the best of it for the repository.
/// </summary>
public static class GuidedRun
{
    // Far above what any input takes, on a machine that is busy as well.
    private static readonly TimeSpan TooLong = TimeSpan.FromMinutes(1);

    /// <summary>Runs until the time is over or so many inputs are read, and tells what came of it.</summary>
    /// <param name="name">The name of the target.</param>
    /// <param name="seed">What chance begins with.</param>
    /// <param name="minutes">How long.</param>
    /// <param name="executions">How many inputs at most.</param>
    /// <param name="isGuided">Whether what is found is changed further; blind if not, to compare.</param>
    /// <returns>How many faults were found.</returns>
    public static int Run(string name, int seed, double minutes, int executions, bool isGuided)
    {
        var target = Targets.Create(name);
        using var rest = target as IDisposable;
        using var running = new RunningInput(name);
        using var hang = new Timer(_ => End(running.Path));
        var fuzzer = new GuidedFuzzer(target, seed)
        {
            IsGuided = isGuided,
            Reading = input =>
            {
                hang.Change(TooLong, Timeout.InfiniteTimeSpan);
                running.Note(input);
            },
        };
        var found = Path.Combine("found", name);
        foreach (var input in Corpus.All(name)) fuzzer.Add(input);
        var atFirst = fuzzer.Blocks;
        if (isGuided) foreach (var input in Corpus.Saved(found)) fuzzer.Add(input);

        var (blocksBefore, since) = (fuzzer.Blocks, Stopwatch.GetTimestamp());
        while (fuzzer.Executions < executions && Stopwatch.GetElapsedTime(since).TotalMinutes < minutes)
            if (fuzzer.Next() is { } input && isGuided) Corpus.Save(Path.Combine(found, NameOf(input)), input);
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;

        foreach (var fault in fuzzer.Faults) Console.WriteLine($"{fault}\n\n----\n");
        Console.WriteLine(
            $"{name}: {fuzzer.Executions} executions, {fuzzer.Executions / seconds:F0} a second; "
            + $"{blocksBefore} blocks reached at the start ({atFirst} by the repository), {fuzzer.Blocks} at the end; "
            + $"{fuzzer.Inputs.Count} inputs; {fuzzer.Faults.Count} faults; "
            + $"the slowest took {fuzzer.Slowest.Took.TotalMilliseconds:F0} ms: "
            + Corpus.Save($"{name}-slowest", fuzzer.Slowest.Input));
        if (isGuided) Propose(name, fuzzer);
        return fuzzer.Faults.Count;
    }

    private static void Propose(string name, GuidedFuzzer fuzzer)
    {
        var folder = Path.Combine("proposed", name);
        Corpus.Forget(folder);
        var best = Distiller.Best(Corpus.All(name), fuzzer.Inputs, input => fuzzer.Marks(input).Select(Coverage.BlockOf));
        foreach (var (input, news) in best)
            Corpus.Save(Path.Combine(folder, $"{news:D4}-{NameOf(input)}"), input);
        Console.WriteLine($"{best.Count} of them reach {best.Sum(each => each.News)} blocks that the repository does not.");
    }

    private static string NameOf(byte[] input) => Convert.ToHexStringLower(SHA256.HashData(input).AsSpan(0, 6));

    // What never returns can only be told from outside; the file stays as it is.
    private static void End(string path)
    {
        Console.WriteLine($"An input is not read within {TooLong.TotalSeconds} s: {path}");
        Environment.Exit(1);
    }
}
