using ActorFlow.Api.Tests.Engine;

namespace ActorFlow.Api.Tests.Programs;

/// <summary>Programs that tasks run.</summary>
public sealed class ExecTests : IDisposable
{
    private readonly DataDirectory _directory = new();

    [Fact]
    public async Task Arguments_reach_a_program_as_they_are_and_no_shell_reads_them()
    {
        var result = await Scripts.ResultOf(context => context.ExecAsync(
            ProcessSpec.Program("printf", "%s|", "a b", "$HOME", "; exit 3", "")));
        Assert.Equal((0, "a b|$HOME|; exit 3||"), (result.ExitCode, result.Output));
    }

    [Fact]
    public async Task A_program_has_its_directory_its_variables_and_its_input()
    {
        File.WriteAllText(Path.Combine(_directory.Path, "here"), "");
        var result = await Scripts.ResultOf(context => context.ExecAsync(
            ProcessSpec.Shell("ls; echo \"$NAME ${HOME-none}\"; cat") with
            {
                WorkingDirectory = _directory.Path,
                Environment = new Dictionary<string, string?> { ["NAME"] = "$(x)", ["HOME"] = null },
                Input = "line 1\nline 2",
            }));
        Assert.Equal("here\n$(x) none\nline 1\nline 2", result.Output);
    }

    [Fact]
    public async Task Without_any_of_them_it_runs_in_its_scratch_directory_with_an_empty_input()
    {
        var (output, scratch) = await Scripts.ResultOf(async context =>
            ((await context.ExecAsync(ProcessSpec.Shell("pwd; cat"))).Output, context.ScratchDirectory));
        Assert.Equal(scratch + "\n", output);
    }

    [Fact]
    public async Task Its_output_and_its_errors_are_one_log_in_the_order_of_printing()
    {
        var (result, log) = await Scripts.ResultOf(async context =>
        {
            var run = await context.ExecAsync(ProcessSpec.Shell("echo 1; echo 2 >&2; echo 3; exit 7") with
            {
                LogFile = "logs/a.log",
            });
            return (run, await File.ReadAllTextAsync(Path.Combine(context.ScratchDirectory, "logs", "a.log")));
        });
        Assert.Equal((7, "1\n2\n3\n", "1\n2\n3\n"), (result.ExitCode, result.Output, log));
        Assert.EndsWith("/logs/a.log", result.LogFile, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_program_has_a_log_of_its_own_called_after_it()
    {
        var names = await Scripts.ResultOf(async context =>
        {
            var program = ProcessSpec.Program("echo", "x");
            await context.ExecAsync(program);
            await context.ExecAsync(program);
            return Directory.GetFiles(context.ScratchDirectory).Select(file => Path.GetFileName(file)).Order().ToList();
        });
        Assert.Equal(["echo.1.log", "echo.2.log"], names);
    }

    [Fact]
    public async Task What_is_captured_has_a_limit_and_says_so()
    {
        var result = await Scripts.ResultOf(context => context.ExecAsync(
            ProcessSpec.Program("printf", "12345678") with { OutputLimit = 5 }));
        Assert.Equal(("12345", 8, true), (result.Output, result.OutputBytes, result.IsOutputCut));
    }

    [Fact]
    public async Task A_program_that_prints_more_than_its_log_takes_is_ended()
    {
        var result = await Scripts.ResultOf(context => context.ExecAsync(
            ProcessSpec.Shell("while :; do echo yes; done") with { LogLimit = 10_000 }));
        Assert.Equal(ProcessEnding.PrintedTooMuch, result.Ending);
        Assert.False(result.Succeeded);
        Assert.Equal("output", Assert.Throws<ProcessExitException>(result.EnsureSuccess).ToFailure().Type);
    }

    [Fact]
    public async Task An_exit_code_is_data_unless_an_exception_is_asked_for()
    {
        var report = await Scripts.ReportOf(async context =>
        {
            var run = await context.ExecAsync(ProcessSpec.Shell("echo no >&2; exit 75"));
            run.EnsureSuccess();
            return run.ExitCode;
        });
        var error = report["t"].Error!;
        Assert.Equal(("exit 75", "the command ended with exit code 75: no"), (error.Type, error.Message));
        var marker = Assert.Single(report["t"].Markers).Marker;
        Assert.Equal("error: Command failed: sh: the command ended with exit code 75: no", marker.ToString());
    }

    [Fact]
    public async Task A_program_that_is_killed_names_the_signal()
    {
        var result = await Scripts.ResultOf(context => context.ExecAsync(ProcessSpec.Shell("kill -9 $$")));
        Assert.Equal((137, 9), (result.ExitCode, result.Signal));
        Assert.Equal("signal 9", Assert.Throws<ProcessExitException>(result.EnsureSuccess).ToFailure().Type);
    }

    [Theory]
    [InlineData("no-such-program", "There is no program 'no-such-program' along PATH, which is '")]
    [InlineData("./no-such-program", "There is no program './no-such-program', seen from '")]
    public async Task A_program_that_is_not_there_is_an_error_that_says_where_it_was_looked_for(
        string name, string message)
    {
        var report = await Scripts.ReportOf(context => context.ExecAsync(ProcessSpec.Program(name)));
        Assert.StartsWith(message, report["t"].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_its_time_a_program_is_ended_with_its_children()
    {
        var marks = Path.Combine(_directory.Path, "marks");
        await File.WriteAllTextAsync(marks, "");
        var result = await Scripts.ResultOf(context => context.ExecAsync(Deaf(marks) with
        {
            Timeout = TimeSpan.FromSeconds(1),
            Grace = TimeSpan.FromMilliseconds(50),
        }));
        Assert.Equal(ProcessEnding.TimedOut, result.Ending);
        var failure = Assert.Throws<ProcessExitException>(result.EnsureSuccess).ToFailure();
        Assert.Equal(Failure.TimeoutType, failure.Type);
        Assert.All(await Scripts.ProcessesOf(marks, 0), process => Assert.False(Scripts.Runs(process)));
    }

    [Fact]
    public async Task A_cancelled_job_ends_the_programs_of_its_tasks_with_their_children()
    {
        var marks = Path.Combine(_directory.Path, "marks");
        await using var engine = ActorFlowEngine.CreateInMemory();
        var job = await engine.SubmitAsync(Scripts.Flow(context => context.ExecAsync(
            Deaf(marks) with { Grace = TimeSpan.Zero })));
        var processes = await Scripts.ProcessesOf(marks, 2);
        await job.CancelAsync();
        Assert.Equal(JobPhase.Cancelled, await job.WaitAsync());
        Assert.All(processes, process => Assert.False(Scripts.Runs(process)));
    }

    [Fact]
    public async Task A_program_that_is_asked_to_end_may_do_so_in_its_own_way()
    {
        var said = Path.Combine(_directory.Path, "said");
        var started = Path.Combine(_directory.Path, "started");
        await using var engine = ActorFlowEngine.CreateInMemory();
        var job = await engine.SubmitAsync(Scripts.Flow(context => context.ExecAsync(ProcessSpec.Shell(
            $"trap 'echo bye > {said}; exit 0' TERM; echo $$ > {started}; while :; do sleep 0.01; done") with
        {
            Grace = TimeSpan.FromMinutes(1),
        })));
        await Scripts.ProcessesOf(started, 1);
        await job.CancelAsync();
        await job.WaitAsync();
        Assert.Equal("bye\n", await File.ReadAllTextAsync(said));
    }

    [Fact]
    public async Task No_program_outlives_its_engine()
    {
        var marks = Path.Combine(_directory.Path, "marks");
        var engine = ActorFlowEngine.Create(new ActorFlowOptions { InMemory = true, StopGrace = TimeSpan.Zero });
        await engine.SubmitAsync(Scripts.Flow(context => context.ExecAsync(
            Deaf(marks) with { Grace = TimeSpan.FromHours(1) })));
        var processes = await Scripts.ProcessesOf(marks, 2);
        await engine.DisposeAsync();
        await Scripts.UntilAsync(() => !Array.Exists(processes, Scripts.Runs));
    }

    [Fact]
    public async Task A_limit_that_makes_no_sense_is_an_error()
    {
        var report = await Scripts.ReportOf(context => context.ExecAsync(
            ProcessSpec.Program("true") with { Timeout = TimeSpan.Zero }));
        Assert.Equal(
            "The command 'true' cannot be run: its Timeout is 00:00:00; it must be longer than zero.",
            report["t"].Error!.Message);
    }

    public void Dispose() => _directory.Dispose();

    // Neither it nor its child ends when it is asked to.
    private static ProcessSpec Deaf(string marks) => ProcessSpec.Shell($"""
        trap "" TERM
        sh -c 'echo $$ >> {marks}; while :; do sleep 1000; done' &
        echo $$ >> {marks}
        while :; do sleep 1000; done
        """);
}
