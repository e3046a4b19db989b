using ActorFlow.Api.Tests.Engine;
using ActorFlow.Api.Tests.Programs;

namespace ActorFlow.Api.Tests.Peers;

/// <summary>What the flow runner dv-flow-mgr does with programs, markers and limits, by its own tests.</summary>
public sealed class DvFlowProgramTests : IDisposable
{
    private readonly DataDirectory _directory = new();

    [Fact]
    public async Task D2_a_failed_task_is_named_by_what_is_skipped_and_keeps_its_markers()
    {
        var flow = FlowBuilder.Create("d2");
        var fails = flow.Task("fails", async context =>
            (await context.ExecAsync(ProcessSpec.Shell("exit 1"))).EnsureSuccess().ExitCode);
        flow.Task("dependent", fails, x => x);
        var report = await ReportOf(flow.Build());

        Assert.Equal(JobPhase.Failed, report.Phase);
        Assert.Equal("exit 1", report["fails"].Error!.Type);
        Assert.Equal((TaskPhase.Skipped, "fails"), (report["dependent"].Phase, report["dependent"].SkippedBecause));
        Assert.Equal(
            "error: Command failed: sh: the command ended with exit code 1 and printed nothing",
            Assert.Single(report["fails"].Markers).Marker.ToString());
    }

    [Fact]
    public async Task D3_commands_side_by_side_give_a_status_each_in_their_order()
    {
        var statuses = await Scripts.ResultOf(async context => string.Join(',', (await context.ExecParallelAsync(
            [ProcessSpec.Shell("exit 0"), ProcessSpec.Shell("exit 1"), ProcessSpec.Program("true")]))
            .Select(result => result.ExitCode)));
        Assert.Equal("0,1,0", statuses);
    }

    [Fact]
    public async Task D3_no_commands_give_no_statuses() =>
        Assert.Empty(await Scripts.ResultOf(context => context.ExecParallelAsync([])));

    [Fact]
    public async Task D3_a_command_that_cannot_be_started_has_minus_one_and_a_marker()
    {
        var report = await Scripts.ReportOf(async context => string.Join(',', (await context.ExecParallelAsync(
            [ProcessSpec.Program("true"), ProcessSpec.Program("no-such-program")])).Select(result => result.ExitCode)));
        Assert.Equal("0,-1", report["t"].Output!.Value);
        Assert.StartsWith(
            "error: Command failed: no-such-program: There is no program",
            Assert.Single(report["t"].Markers).Marker.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task D4_six_processes_under_a_limit_of_three_are_never_more_than_three_at_once()
    {
        var log = Path.Combine(_directory.Path, "log");
        // Each goes on when three have begun: so three do run at once, and a fourth that may is seen.
        var script = $"echo + >> {log}; until [ $(grep -c + {log}) -ge 3 ]; do sleep 0.01; done; echo - >> {log}";
        var flow = FlowBuilder.Create("d4");
        for (var i = 0; i < 6; i++)
            flow.Task($"t{i}", async context =>
                (await context.ExecAsync(ProcessSpec.Shell(script))).EnsureSuccess().ExitCode);
        var report = await ReportOf(flow.Build(), options => options.Resources["nproc"] = 3);

        Assert.Equal(6, report.Counts.Succeeded);
        var (now, most) = (0, 0);
        foreach (var line in await File.ReadAllLinesAsync(log)) most = Math.Max(most, now += line == "+" ? 1 : -1);
        Assert.Equal((0, 3), (now, most));
    }

    [Fact]
    public async Task D15_a_script_gets_parameters_inputs_and_variables_and_gives_files_and_markers()
    {
        var flow = FlowBuilder.Create<string>("d15");
        var upstream = flow.Task("upstream", flow.Input, text => text.ToUpperInvariant());
        var script = flow.Task("script", upstream, async (text, context) =>
        {
            await context.WriteFileAsync("params.json", "{ \"width\": 8 }");
            var run = await context.ExecAsync(ProcessSpec.Shell("""
                cat > out.txt << END
                $TEXT
                $(cat params.json)
                END
                echo "top.v:3:1: warning: width is $WIDTH"
                """) with
            {
                Environment = new Dictionary<string, string?> { ["TEXT"] = text, ["WIDTH"] = "8" },
                LogFilter = MarkerPattern.Gcc.Match,
            });
            run.EnsureSuccess();
            context.KeepScratchDirectory();
            return await File.ReadAllTextAsync(Path.Combine(context.ScratchDirectory, "out.txt"));
        });
        var result = flow.Build(script);
        await using var engine = _directory.Open();
        var job = await engine.SubmitAsync(result, "hello");

        Assert.Equal("HELLO\n{ \"width\": 8 }\n", await job.GetResultAsync());
        var report = (await job.GetReportAsync())["script"];
        Assert.Equal("top.v:3:1: warning: width is 8", Assert.Single(report.Markers).Marker.ToString());
        Assert.Equal(
            ["out.txt", "params.json", "sh.1.log"], Assert.Single(report.Kept).Files.Select(file => file.Path));
    }

    public void Dispose() => _directory.Dispose();

    private static async Task<JobReport> ReportOf(
        Flow<Nothing, Nothing> flow, Action<ActorFlowOptions>? configure = null)
    {
        var options = new ActorFlowOptions { InMemory = true };
        configure?.Invoke(options);
        await using var engine = ActorFlowEngine.Create(options);
        var job = await engine.SubmitAsync(flow);
        await job.WaitAsync();
        return await job.GetReportAsync();
    }
}
