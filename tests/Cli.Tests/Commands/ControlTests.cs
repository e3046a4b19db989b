namespace ActorFlow.Cli.Tests.Commands;

/// <summary>The commands that change what becomes of a job: resume, cancel, retry, and running it again.</summary>
public sealed class ControlTests : IDisposable
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    private readonly CommandLine _command = new();

    private string Flow => $$"""
        flow: control
        tasks:
          first: { run: echo first >> {{Marks}} }
          second: { needs: [first], run: "echo second >> {{Marks}}; test -e {{Switch}}" }
          third: { needs: [second], run: echo third >> {{Marks}} }
        """;

    private string Marks => _command.PathOf("marks");

    private string Switch => _command.PathOf("switch");

    [Fact]
    public async Task A_job_that_was_killed_is_not_retried_and_nothing_of_it_runs()
    {
        var marks = _command.PathOf("marks");
        var file = _command.File("k.yaml", $"flow: k\ntasks: {{ a: {{ run: 'echo x >> {marks}; sleep 1000' }} }}\n");
        using var life = ToolProcess.Start(_command.Directory, "run", file, "--job", "k1", "--quiet");
        await Waiting.UntilAsync(() => File.Exists(marks) || life.HasEnded);
        life.Kill();
        await life.EndAsync();

        var retried = await ToolProcess.RunAsync(_command.Directory, "retry", "k1");
        Assert.Equal(2, retried.ExitCode);
        Assert.Contains(
            "nothing to retry. To go on with it: actorflow resume k1", retried.Errors, StringComparison.Ordinal);
        Assert.Equal("x\n", await File.ReadAllTextAsync(marks));
        await ToolProcess.RunAsync(_command.Directory, "cancel", "k1");
    }

    [Fact]
    public async Task Retry_runs_again_what_failed_and_was_skipped_and_nothing_else()
    {
        Assert.Equal(1, (await RunAsync()).ExitCode);
        await File.WriteAllTextAsync(Switch, "");
        var retried = await _command.InDataAsync("retry", "c1");
        Assert.Equal((0, ""), (retried.ExitCode, retried.Errors));
        Assert.Equal(["first", "second", "second", "third"], await File.ReadAllLinesAsync(Marks));
        Assert.Contains("3 tasks: 3 succeeded", retried.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_in_which_nothing_failed_has_nothing_to_retry()
    {
        await File.WriteAllTextAsync(Switch, "");
        Assert.Equal(0, (await RunAsync()).ExitCode);
        var retried = await _command.InDataAsync("retry", "c1");
        Assert.Equal(2, retried.ExitCode);
        Assert.StartsWith("actorflow: Job 'c1': ", retried.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Running_the_same_again_gives_the_job_that_is_there()
    {
        Assert.Equal(1, (await RunAsync()).ExitCode);
        var again = await RunAsync();
        Assert.Equal(1, again.ExitCode);
        Assert.Equal(["first", "second"], await File.ReadAllLinesAsync(Marks));
    }

    [Fact]
    public async Task An_ended_job_cannot_be_cancelled()
    {
        await RunAsync();
        var cancelled = await _command.InDataAsync("cancel", "c1");
        Assert.Equal(2, cancelled.ExitCode);
        Assert.Equal("actorflow: Job 'c1': It has ended and cannot be cancelled any more.\n", cancelled.Errors);
    }

    [Fact]
    public async Task Without_unfinished_jobs_there_is_nothing_to_resume()
    {
        await RunAsync();
        var resumed = await _command.InDataAsync("resume");
        Assert.Equal((0, "There are no unfinished jobs.\n"), (resumed.ExitCode, resumed.Output));
    }

    [Fact]
    public async Task Who_resumes_a_job_that_has_ended_is_told_that_there_is_nothing_to_resume()
    {
        await RunAsync();
        var resumed = await _command.InDataAsync("resume", "c1");
        Assert.Equal(
            (1, "actorflow: Job 'c1' has ended: there is nothing to resume. To run again what did not succeed: "
                + $"actorflow retry c1 --data '{_command.Data}'\n"),
            (resumed.ExitCode, resumed.Errors));
        await File.WriteAllTextAsync(Switch, "");
        Assert.Equal(0, (await _command.InDataAsync("retry", "c1")).ExitCode);
        resumed = await _command.InDataAsync("resume", "c1");
        Assert.Equal(
            (0, "actorflow: Job 'c1' has ended: there is nothing to resume.\n"), (resumed.ExitCode, resumed.Errors));
    }

    [Fact]
    public async Task Fail_fast_ends_the_job_at_the_first_failure()
    {
        const string TwoBranches = """
            flow: branches
            tasks:
              fails: { run: exit 1 }
              slow: { run: sleep 600 }
            """;
        var (exitCode, report) = await _command.ReportOfAsync(TwoBranches, "--fail-fast", "--parallel", "2");
        Assert.Equal(1, exitCode);
        Assert.Equal("cancelled", CommandLine.TaskOf(report, "slow").GetProperty("status").GetString());
    }

    [Fact]
    public async Task One_limit_holds_for_the_tasks_of_all_pools()
    {
        var file = _command.File("pools.yaml", """
            flow: pools
            tasks:
              a: { run: 'true' }
              b: { run: 'true', pool: async }
            """);
        Assert.Equal(0, (await _command.InDataAsync("run", file, "--job", "j", "--parallel", "1")).ExitCode);
        var events = (await _command.InDataAsync("journal", "dump", "--json")).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.Contains("\"task.", Ordinal));
        Assert.Equal(
            [true, false, true, false], events.Select(line => line.Contains("\"task.started/", Ordinal)));
    }

    [Fact]
    public async Task A_task_that_waits_for_an_operator_is_named_and_retry_tries_it_again()
    {
        var flow = _command.File("hold.yaml", $$"""
            flow: hold
            tasks:
              h: { run: "test -e {{Switch}}", retry: { attempts: 2, initial: 1ms, exhausted: hold } }
            """);
        var ran = await _command.InDataAsync("run", flow, "--job", "h1");
        Assert.Equal(1, ran.ExitCode);
        Assert.Contains(
            "job h1 has not ended: task h is held. To try again: actorflow retry h1", ran.Errors,
            StringComparison.Ordinal);
        Assert.Matches(
            @"\nh1 +held +\S+ +0 of 1 done +hold\n$", (await _command.InDataAsync("list")).Output);
        await File.WriteAllTextAsync(Switch, "");
        var retried = await _command.InDataAsync("retry", "h1");
        Assert.Equal((0, ""), (retried.ExitCode, retried.Errors));
    }

    [Fact]
    public async Task Quiet_says_only_that_a_job_failed_and_why()
    {
        var failed = await RunAsync("--quiet");
        Assert.Equal((1, ""), (failed.ExitCode, failed.Output));
        Assert.Matches(
            @"^actorflow: job c1 failed: task second failed: the command ended with exit code 1 .*\n$", failed.Errors);
        await File.WriteAllTextAsync(Switch, "");
        var retried = await _command.InDataAsync("retry", "c1", "-q");
        Assert.Equal((0, "", ""), (retried.ExitCode, retried.Output, retried.Errors));
    }

    [Fact]
    public async Task A_log_file_has_job_task_and_attempt_on_its_lines()
    {
        var log = _command.PathOf("run.log");
        await RunAsync("--log", log);
        var lines = await File.ReadAllLinesAsync(log);
        Assert.Contains(lines, line => line.Contains("[c1 second 1]", StringComparison.Ordinal)
            && line.Contains("Attempt failed", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith("[c1] Job started", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("[c1 third] Task ended", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_told_when_a_task_is_tried_again()
    {
        var file = _command.File(
            "f.yaml", "flow: f\ntasks: { a: { run: exit 3, retry: { attempts: 2, initial: 1ms } } }");
        var ran = await _command.InDataAsync("run", file);
        Assert.Matches(
            @"\ntask a: to be tried again at \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \(attempt threw\)\n", ran.Output);
    }

    [Fact]
    public async Task What_is_printed_without_a_terminal_has_no_control_codes()
    {
        var ran = await RunAsync("--verbose");
        Assert.DoesNotContain(ran.Output + ran.Errors, c => char.IsControl(c) && c != '\n');
    }

    private Task<CommandResult> RunAsync(params string[] more) =>
        _command.InDataAsync(["run", _command.File("c.yaml", Flow), "--job", "c1", .. more]);

    public void Dispose() => _command.Dispose();
}
