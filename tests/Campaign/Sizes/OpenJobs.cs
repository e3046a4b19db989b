using System.Diagnostics;
using System.Globalization;

namespace ActorFlow.Campaign;

/// <summary>Thousands of jobs that are open at once, each waiting in a task: killed, resumed, and let go on.</summary>
/// <param name="directory">An empty directory.</param>
/// <param name="jobs">How many.</param>
internal sealed class OpenJobs(string directory, int jobs)
{
    private const string Opened = "open";

    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _allWait = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting;

    /// <summary>Submits them, says what they take, and waits to be killed.</summary>
    public async Task HostAsync()
    {
        await using var engine = Open();
        var flow = Flow();
        // The first of a kind brings code and buffers with it, which are not those of a job.
        await engine.SubmitAsync(flow, 0, new JobOptions { Id = IdOf(0) });
        var before = Measurement.Take(default, 0, 0, directory);
        var since = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(1, jobs - 1)
            .Select(number => engine.SubmitAsync(flow, number, new JobOptions { Id = IdOf(number) })));
        await _allWait.Task;
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        var after = Measurement.Take(default, 0, jobs, directory);
        var bytes = (after.HeapBytes - before.HeapBytes) / (jobs - 1);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{Opened} {jobs} jobs in {seconds:F1} s, {bytes} bytes of heap a job, {after.WorkingSet >> 20} MiB "
            + $"working set, {after.Threads} threads"));
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
    }

    /// <summary>Lets another process open them, kills it, and goes on with them here to the end of all.</summary>
    /// <returns>A line about each part.</returns>
    /// <exception cref="CampaignException">A job was lost, or did not end as it must.</exception>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        var opened = await OpenAndKillAsync();
        var since = Stopwatch.GetTimestamp();
        await using var engine = Open();
        engine.Register(Flow());
        var resumed = (await engine.ResumeAsync()).Resumed;
        await _allWait.Task;
        var waited = Stopwatch.GetElapsedTime(since);
        if (resumed.Count != jobs) throw new CampaignException($"{resumed.Count} of {jobs} jobs go on.");
        _gate.SetResult();
        foreach (var job in resumed) await CheckAsync(job);
        return
        [
            opened,
            string.Create(
                CultureInfo.InvariantCulture,
                $"killed; {resumed.Count} jobs resumed and waiting again in {waited.TotalSeconds:F1} s, all ended in "
                + $"{(Stopwatch.GetElapsedTime(since) - waited).TotalSeconds:F1} s"),
        ];
    }

    private async Task<string> OpenAndKillAsync()
    {
        var start = Programs.Start("ActorFlow.Campaign", SizesCommand.OpenJobsHost, "--directory", directory, "--jobs");
        start.ArgumentList.Add(jobs.ToString(CultureInfo.InvariantCulture));
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        try
        {
            return await process.StandardOutput.ReadLineAsync() is { } line
                && line.StartsWith(Opened, StringComparison.Ordinal)
                ? line
                : throw new CampaignException("The process ended before its jobs were open.");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task CheckAsync(JobHandle job)
    {
        var outcome = await job.WaitAsync();
        var report = await job.GetReportAsync();
        var number = int.Parse(job.Id.Value, CultureInfo.InvariantCulture);
        if (outcome != JobPhase.Succeeded || report["after"].Output!.ToString() != $"{number + 1}")
            throw new CampaignException($"Job {job.Id} is {outcome}, with {report["after"].Output}.");
        if (report["gate"].Attempts != 2)
            throw new CampaignException($"Job {job.Id} had {report["gate"].Attempts} attempts at its gate.");
    }

    private ActorFlowEngine Open() =>
        ActorFlowEngine.Create(new ActorFlowOptions { DataDirectory = directory, AsyncPoolSize = jobs });

    private Flow<int, int> Flow()
    {
        var flow = FlowBuilder.Create<int>("open");
        var gate = flow.Task("gate", flow.Input, async (int number, CancellationToken stop) =>
        {
            if (Interlocked.Increment(ref _waiting) == jobs) _allWait.SetResult();
            await _gate.Task.WaitAsync(stop);
            return number;
        });
        return flow.Build(flow.Task("after", gate, number => number + 1));
    }

    private static JobId IdOf(int number) => new(number.ToString(CultureInfo.InvariantCulture));
}
