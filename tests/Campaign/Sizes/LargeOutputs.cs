using System.Diagnostics;
using System.Globalization;
using ActorFlow.Actors;
using ActorFlow.Journal;

namespace ActorFlow.Campaign;

/// <summary>Jobs whose tasks all end at once, each with an output at the limit.</summary>
internal static class LargeOutputs
{
    /// <summary>Runs them, and reads them back.</summary>
    /// <param name="jobs">How many jobs.</param>
    /// <param name="tasks">How many tasks each of them has.</param>
    /// <param name="directory">An empty directory.</param>
    /// <returns>What it took.</returns>
    /// <exception cref="CampaignException">Something did not end as it must, or reads back otherwise.</exception>
    public static async Task<string> RunAsync(int jobs, int tasks, string directory)
    {
        var since = Stopwatch.GetTimestamp();
        var ids = Enumerable.Range(0, jobs).Select(number => new JobId($"large-{number}")).ToList();
        var flow = new Gathered(jobs, tasks).Flow;
        await using (var engine = Open(jobs * tasks, directory))
        {
            var handles = await Task.WhenAll(ids.Select(id =>
                engine.SubmitAsync(flow, Payload.None, new JobOptions { Id = id })));
            foreach (var handle in handles) await CheckAsync(handle);
        }

        var ran = Stopwatch.GetElapsedTime(since);
        var found = JournalInspection.Verify(Path.Combine(directory, "journal"));
        if (!found.IsSound) throw new CampaignException($"The journal is damaged: {string.Join("; ", found.Damage)}");
        since = Stopwatch.GetTimestamp();
        await using var next = Open(jobs * tasks, directory);
        foreach (var id in ids) await CheckAsync(await next.OpenAsync(id, flow));
        using var process = Process.GetCurrentProcess();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{jobs} jobs of {tasks} tasks, all outputs of {Limits.PayloadBytes} bytes at once: run in "
            + $"{ran.TotalSeconds:F1} s, read back in {Stopwatch.GetElapsedTime(since).TotalSeconds:F1} s, at most "
            + $"{process.PeakWorkingSet64 >> 20} MiB working set");
    }

    private static ActorFlowEngine Open(int slots, string directory) =>
        ActorFlowEngine.Create(new ActorFlowOptions { DataDirectory = directory, AsyncPoolSize = slots });

    private static async Task CheckAsync(JobHandle job)
    {
        var outcome = await job.WaitAsync();
        var report = await job.GetReportAsync();
        if (outcome != JobPhase.Succeeded) throw new CampaignException($"Job {job.Id} is {outcome}: {report.ToText()}");
        foreach (var task in report.Tasks)
            if (task.Output!.Json.Length != Limits.PayloadBytes || task.Attempts != 1)
                throw new CampaignException(
                    $"{task.Name} of {job.Id} has {task.Output!.Json.Length} bytes after {task.Attempts} attempts.");
    }

    /// <summary>A body that waits until all attempts of all jobs have begun; then all give the same bytes.</summary>
    private sealed class Gathered : TaskBody
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Payload _output;
        private int _missing;

        public Gathered(int jobs, int tasks)
        {
            _missing = jobs * tasks;
            var json = new byte[Limits.PayloadBytes];
            json.AsSpan().Fill((byte)'x');
            json[0] = json[^1] = (byte)'"';
            _output = Payload.FromJson(json);
            var draft = new FlowDraft("large");
            for (var task = 0; task < tasks; task++)
                draft.Tasks.Add(new TaskDraft($"t{task}") { Policy = new TaskPolicy { Pool = TaskPolicy.AsyncPool } });
            Flow = new ExecutableFlow(draft.Build(), [.. Enumerable.Repeat(this, tasks)]);
        }

        public ExecutableFlow Flow { get; }

        public override async ValueTask<Payload> RunAsync(TaskCall call)
        {
            if (Interlocked.Decrement(ref _missing) == 0) _all.SetResult();
            await _all.Task.ConfigureAwait(false);
            return _output;
        }
    }
}
