using System.Diagnostics;
using System.Globalization;

namespace ActorFlow.Campaign;

/// <summary>A job with one task that takes the outputs of all others.</summary>
internal static class FanIn
{
    /// <summary>Runs one.</summary>
    /// <param name="tasks">How many outputs the last task takes.</param>
    /// <param name="directory">An empty directory; null for a journal in memory.</param>
    /// <returns>What it took.</returns>
    /// <exception cref="CampaignException">Its result is wrong, or not there any more after a restart.</exception>
    public static async Task<string> RunAsync(int tasks, string? directory)
    {
        var since = Stopwatch.GetTimestamp();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var flow = Flow(tasks);
        var built = Stopwatch.GetElapsedTime(since);
        var flowBytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / tasks;
        var id = new JobId("fan-in");
        since = Stopwatch.GetTimestamp();
        await using (var engine = Open(directory))
            Check(tasks, await engine.RunAsync(flow, Nothing.Value, new JobOptions { Id = id }));
        var ran = Stopwatch.GetElapsedTime(since);
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"fan-in of {tasks} ({(directory is null ? "in memory" : "durable")}): flow built in "
            + $"{built.TotalSeconds:F1} s ({flowBytes} bytes a task), "
            + $"run in {ran.TotalSeconds:F1} s, at most {Peak() >> 20} MiB working set");
        if (directory is null) return line;
        since = Stopwatch.GetTimestamp();
        await using var next = Open(directory);
        var job = await next.OpenAsync(id, flow.Executable);
        var output = (await job.GetReportAsync())["sum"].Output!.ToString();
        Check(tasks, long.Parse(output, CultureInfo.InvariantCulture));
        return line + string.Create(
            CultureInfo.InvariantCulture,
            $", read back in {Stopwatch.GetElapsedTime(since).TotalSeconds:F1} s, "
            + $"{SizeOf(directory) >> 20} MiB on disk");
    }

    private static Flow<Nothing, long> Flow(int tasks)
    {
        var flow = FlowBuilder.Create("fan-in");
        var parts = Enumerable.Range(0, tasks).Select(number => flow.Task($"t{number}", () => (long)number));
        return flow.Build(flow.Task("sum", Source.Collect(parts), all => all.Sum()));
    }

    private static ActorFlowEngine Open(string? directory) => directory is null
        ? ActorFlowEngine.CreateInMemory()
        : ActorFlowEngine.Create(new ActorFlowOptions { DataDirectory = directory });

    private static void Check(long tasks, long sum)
    {
        if (sum != tasks * (tasks - 1) / 2) throw new CampaignException($"The sum over {tasks} tasks is {sum}.");
    }

    private static long Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private static long SizeOf(string directory) => new DirectoryInfo(directory)
        .EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}
