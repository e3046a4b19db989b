using System.Collections.Concurrent;
using ActorFlow.Api.Tests.Engine;

namespace ActorFlow.Api.Tests.Programs;

/// <summary>What attempts point at, from the task to the report.</summary>
public sealed class MarkerTests : IDisposable
{
    private readonly DataDirectory _directory = new();

    [Fact]
    public async Task Markers_are_in_the_report_and_an_error_alone_fails_nothing()
    {
        var report = await Scripts.ReportOf(context =>
        {
            context.Info("built in 3 s");
            context.Warning("unused", "src/a.c", 3, 7);
            context.Error("odd", "src/b.c", 9);
            return Task.FromResult(1);
        });
        Assert.Equal(JobPhase.Succeeded, report.Phase);
        Assert.Equal(
            ["1 info: built in 3 s", "1 src/a.c:3:7: warning: unused", "1 src/b.c:9: error: odd"],
            report["t"].Markers.Select(noted => $"{noted.Attempt} {noted.Marker}"));
        Assert.Equal(report["t"].Markers, JobReport.FromJson(report.ToJson())["t"].Markers);
        Assert.Contains(
            "Markers: 1 error, 1 warning, 1 info\n  src/b.c:9: error: odd  [t, attempt 1]\n", report.ToText(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markers_of_an_attempt_that_failed_stay_with_its_number()
    {
        var report = await Scripts.ReportOf(
            context =>
            {
                context.Warning($"try {context.Attempt}");
                return context.Attempt == 1 ? throw new IOException("no") : Task.FromResult(1);
            },
            task: t => t.Retry(2));
        Assert.Equal(
            [(1, "try 1"), (2, "try 2")], report["t"].Markers.Select(noted => (noted.Attempt, noted.Marker.Message)));
    }

    [Fact]
    public async Task Too_many_markers_are_counted_and_long_ones_cut()
    {
        var report = await Scripts.ReportOf(context =>
        {
            context.Info(new string('x', Limits.MarkerLength + 1), new string('y', Limits.MarkerLength + 1));
            for (var i = 0; i < Limits.MarkersOfAttempt + 4; i++) context.Info("again");
            return Task.FromResult(1);
        });
        var markers = report["t"].Markers;
        Assert.Equal(Limits.MarkersOfAttempt + 1, markers.Count);
        Assert.Equal(new string('x', Limits.MarkerLength) + "…", markers[0].Marker.Message);
        Assert.Equal(new string('y', Limits.MarkerLength) + "…", markers[0].Marker.File);
        Assert.Equal("warning: 5 more markers were not kept: an attempt may have 1000.", markers[^1].Marker.ToString());
    }

    [Fact]
    public async Task A_marker_of_no_known_severity_is_refused_and_one_of_a_filter_counts_as_an_error()
    {
        var report = await Scripts.ReportOf(async context =>
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => context.Mark((Severity)9, "x"));
            await context.ExecAsync(
                ProcessSpec.Program("echo", "y") with { LogFilter = line => new Marker((Severity)9, line) });
            return 1;
        });
        Assert.Equal("error: y", Assert.Single(report["t"].Markers).Marker.ToString());
    }

    [Fact]
    public async Task A_marker_is_durable_while_the_attempt_runs()
    {
        var noted = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        await using var engine = _directory.Open();
        var job = await engine.SubmitAsync(Scripts.Flow(async context =>
        {
            context.Warning("early");
            noted.SetResult();
            await goOn.Task;
            return 1;
        }));
        await noted.Task;
        // The attempt cannot end before this has read on to its marker.
        await foreach (var fact in job.ReadEventsAsync())
            if (fact is JobEvent.TaskMarked { Markers: [{ Message: "early" }] }) break;
        goOn.SetResult();
        Assert.Equal(JobPhase.Succeeded, await job.WaitAsync());
    }

    [Fact]
    public async Task Markers_and_kept_files_come_back_from_the_journal()
    {
        var id = new JobId("j");
        var flow = Scripts.Flow(async context =>
        {
            context.Error("odd", "b.c", 9);
            await context.WriteFileAsync("out/a.txt", "hello");
            context.KeepScratchDirectory();
            return 1;
        });
        await using (var engine = _directory.Open())
            await (await engine.SubmitAsync(flow, new JobOptions { Id = id })).WaitAsync();

        await using var again = _directory.Open();
        var report = await (await again.OpenAsync(id, flow.Executable)).GetReportAsync();
        Assert.Equal("b.c:9: error: odd", Assert.Single(report["t"].Markers).Marker.ToString());
        var kept = Assert.Single(report["t"].Kept);
        Assert.Equal(new KeptFile("out/a.txt", 5), Assert.Single(kept.Files));
        Assert.Equal("hello", await File.ReadAllTextAsync(Path.Combine(kept.Directory, "out/a.txt")));
        var read = Assert.Single(JobReport.FromJson(report.ToJson())["t"].Kept);
        Assert.Equal((kept.Attempt, kept.Directory, kept.More), (read.Attempt, read.Directory, read.More));
        Assert.Equal(kept.Files, read.Files);
        Assert.Contains(
            $"Kept by t, attempt 1: 1 file in {kept.Directory}\n", report.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_observer_hears_of_each_marker()
    {
        var heard = new Listener();
        var flow = Scripts.Flow(context =>
        {
            context.Info("one");
            context.Info("two");
            return Task.FromResult(1);
        });
        var options = new ActorFlowOptions { InMemory = true, Observers = { heard } };
        await using (var engine = ActorFlowEngine.Create(options))
            await (await engine.SubmitAsync(flow)).WaitAsync();
        Assert.Equal(["t 1 info: one", "t 1 info: two"], heard.Lines);
    }

    [Fact]
    public async Task Lines_of_a_program_become_markers_by_a_pattern_or_by_code()
    {
        var report = await Scripts.ReportOf(async context =>
        {
            await context.ExecAsync(ProcessSpec.Shell(
                "echo 'a.c:1:2: warning: w' >&2; echo plain; printf 'b.c:3: error: e'") with
            {
                LogFilter = MarkerPattern.Gcc.Match,
            });
            await context.ExecAsync(ProcessSpec.Shell("echo HINT: this; echo that") with
            {
                LogFilter = line => line.StartsWith("HINT", StringComparison.Ordinal)
                    ? new Marker(Severity.Info, line)
                    : null,
            });
            return 1;
        });
        Assert.Equal(
            ["a.c:1:2: warning: w", "b.c:3: error: e", "info: HINT: this"],
            report["t"].Markers.Select(noted => noted.Marker.ToString()));
    }

    [Theory]
    [InlineData("a.txt", "a.txt")]
    [InlineData("x/../y/a.txt", "y/a.txt")]
    public async Task A_file_is_written_into_the_scratch_directory(string path, string where)
    {
        var (written, scratch, text) = await Scripts.ResultOf(async context =>
        {
            var file = await context.WriteFileAsync(path, "text");
            return (file, context.ScratchDirectory, await File.ReadAllTextAsync(file));
        });
        Assert.Equal((Path.Combine(scratch, where), "text"), (written, text));
        Assert.False(Directory.Exists(scratch));
    }

    [Theory]
    [InlineData("../a.txt", "'../a.txt' leads out of the scratch directory")]
    [InlineData("/etc/a.txt", "'/etc/a.txt' leads out of the scratch directory")]
    [InlineData("link/a.txt", "'link/a.txt' leads over a link to '..'")]
    [InlineData("", "'' is no path of a file.")]
    [InlineData("a/", "'a/' is no path of a file.")]
    public async Task A_path_cannot_leave_the_scratch_directory(string path, string message)
    {
        var report = await Scripts.ReportOf(context =>
        {
            File.CreateSymbolicLink(Path.Combine(context.ScratchDirectory, "link"), "..");
            return context.WriteFileAsync(path, "text");
        });
        Assert.StartsWith(message, report["t"].Error!.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private sealed class Listener : JobObserver
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public override ValueTask OnMarkerAsync(
            JobHandle job, FlowTask task, int attempt, Marker marker, CancellationToken cancellationToken)
        {
            Lines.Enqueue($"{task.Name} {attempt} {marker}");
            return default;
        }
    }
}
