using System.Globalization;
using ActorFlow.Actors;

namespace ActorFlow.Api.Tests.Programs;

/// <summary>Flows of one task that runs programs, and the real processes of these tests.</summary>
internal static class Scripts
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>A flow of one task, called <c>t</c>.</summary>
    public static Flow<Nothing, T> Flow<T>(
        Func<TaskContext, Task<T>> run, Action<TaskHandle<T>>? configure = null)
    {
        var flow = FlowBuilder.Create("scripts");
        var task = flow.Task("t", run);
        configure?.Invoke(task);
        return flow.Build(task);
    }

    /// <summary>Runs it, and gives its report.</summary>
    public static async Task<JobReport> ReportOf<T>(
        Func<TaskContext, Task<T>> run, Action<ActorFlowOptions>? configure = null,
        Action<TaskHandle<T>>? task = null)
    {
        var options = new ActorFlowOptions { InMemory = true };
        configure?.Invoke(options);
        await using var engine = ActorFlowEngine.Create(options);
        var job = await engine.SubmitAsync(Flow(run, task));
        await job.WaitAsync();
        return await job.GetReportAsync();
    }

    /// <summary>Runs it, and gives what it returned.</summary>
    public static async Task<T> ResultOf<T>(
        Func<TaskContext, Task<T>> run, Action<ActorFlowOptions>? configure = null,
        Action<TaskHandle<T>>? task = null)
    {
        var report = await ReportOf(run, configure, task);
        Assert.True(report.Phase == JobPhase.Succeeded, report.ToText());
        return new LivePayloadCodec().Decode<T>(report["t"].Output!)!;
    }

    /// <summary>Waits for what a process does; how long that takes is not asserted.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition()) await timer.WaitForNextTickAsync(patience.Token);
    }

    /// <summary>The numbers of the processes that a file names, once it names so many.</summary>
    public static async Task<int[]> ProcessesOf(string file, int count)
    {
        await UntilAsync(() => File.Exists(file) && File.ReadAllLines(file).Count(line => line.Length > 0) >= count);
        return [.. File.ReadAllLines(file).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
    }

    /// <summary>Whether a process runs; one that nobody has waited for yet is a zombie, and runs no more.</summary>
    public static bool Runs(int process)
    {
        try
        {
            return !File.ReadAllText($"/proc/{process}/stat").Split(") ")[1].StartsWith('Z');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
