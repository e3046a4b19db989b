using System.Diagnostics;
using System.Security.Cryptography;

namespace ActorFlow.Fuzz.Tests;

/// <summary>
/// One guided run of a target: begins with what is in the repository and with what earlier runs found, keeps what it
/// finds in <c>artifacts/fuzz/found</c>, and proposes the best of it for the repository.
/// </summary>
public static class GuidedRun
{
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
        using var hang = new HangWatch(running);
        var fuzzer = new GuidedFuzzer(target, seed, hang.Begin) { IsGuided = isGuided };
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
        var best = Distiller.Best(Corpus.All(name), fuzzer.Inputs, Blocks);
        foreach (var (input, news) in best)
            Corpus.Save(Path.Combine(folder, $"{news:D4}-{NameOf(input)}"), input);
        Console.WriteLine(
            $"{best.Count} of them reach {best.Sum(each => each.News)} blocks that the repository does not.");

        IEnumerable<int> Blocks(byte[] input) => fuzzer.Marks(input).Select(Coverage.BlockOf);
    }

    private static string NameOf(byte[] input) => Convert.ToHexStringLower(SHA256.HashData(input).AsSpan(0, 6));
}
