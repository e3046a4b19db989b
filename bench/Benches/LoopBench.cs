using System.Diagnostics;
using System.Globalization;
using ActorFlow.Bench.Measuring;

namespace ActorFlow.Bench.Benches;

/// <summary>How the time of a loop grows with its rounds: the exponent is 1 where they grow in step.</summary>
internal static class LoopBench
{
    public static void Run(BenchOutput output, BenchSize size)
    {
        foreach (var kind in (string[])["plain", "cached"])
        {
            if (!size.Measures(kind)) continue;
            var points = new List<(double Rounds, double Seconds)>();
            foreach (var rounds in (int[])[2_000, 4_000, 8_000, 16_000])
            {
                if (rounds > Math.Max(2_000, size.Tasks)) break;
                for (var run = 0; run < size.Warmups; run++) TimeOf(rounds, kind);
                var seconds = Pairs.Median(Enumerable.Range(0, size.Pairs).Select(_ => TimeOf(rounds, kind)));
                points.Add((rounds, seconds));
                output.Line(
                    "loop", $"{kind}-{rounds.ToString(CultureInfo.InvariantCulture)}", ("rounds", rounds),
                    ("microsecondsPerRound", seconds * 1e6 / rounds));
            }

            if (points.Count > 1) output.Line("loop", $"{kind}-growth", ("exponent", Growth.Exponent(points)));
        }
    }

    // An engine each: the next run is not to find the results of this one in its cache.
    private static double TimeOf(int rounds, string kind)
    {
        GC.Collect();
        var flow = FlowOf(rounds, isCached: kind == "cached");
        var engine = ActorFlowEngine.CreateInMemory();
        var started = Stopwatch.GetTimestamp();
        var last = engine.SubmitAsync(flow, 0).Result.GetResultAsync().Result;
        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        engine.DisposeAsync().AsTask().Wait();
        return last == rounds ? took : throw new InvalidOperationException($"The loop ended with {last}.");
    }

    private static Flow<int, int> FlowOf(int rounds, bool isCached)
    {
        var body = FlowBuilder.Create<int>("body");
        var next = body.Task("next", body.Input, (int value) => value + 1);
        if (isCached) next.Cache();
        var flow = FlowBuilder.Create<int>("loop");
        return flow.Build(flow.While("loop", flow.Input, value => value < rounds, body.Build(next), rounds));
    }
}
