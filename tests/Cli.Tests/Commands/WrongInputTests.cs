namespace ActorFlow.Cli.Tests.Commands;

public sealed class WrongInputTests : IDisposable
{
    private readonly CommandLine _command = new();

    [Theory]
    [InlineData("lst", "actorflow: There is no command 'lst'. Did you mean 'list'?\nTry 'actorflow --help'.\n")]
    [InlineData("", "actorflow: Required command was not provided.\nTry 'actorflow --help'.\n")]
    [InlineData("run", "actorflow: Required argument missing for command: 'run'.\nTry 'actorflow run --help'.\n")]
    [InlineData("run x --parallel 0",
        "actorflow: --parallel is 0; it must be at least 1.\nTry 'actorflow run --help'.\n")]
    [InlineData("run x --time-scale -1",
        "actorflow: --time-scale is -1; it must be 0 or more.\nTry 'actorflow run --help'.\n")]
    [InlineData("run x --pool boards",
        "actorflow: --pool is 'boards'; a name and a number of at least 1 are wanted, such as boards=2.\n"
        + "Try 'actorflow run --help'.\n")]
    [InlineData("run x --pool async=2",
        "actorflow: --pool is 'async=2'; how many tasks run at once there is for --parallel.\n"
        + "Try 'actorflow run --help'.\n")]
    [InlineData("run x --parallel two",
        "actorflow: --parallel is 'two'; a whole number is wanted.\nTry 'actorflow run --help'.\n")]
    [InlineData("run x --time-scale fast",
        "actorflow: --time-scale is 'fast'; a number is wanted.\nTry 'actorflow run --help'.\n")]
    [InlineData("run x --time-scale 0,5",
        "actorflow: --time-scale is '0,5'; a number is wanted.\nTry 'actorflow run --help'.\n")]
    [InlineData("run --paralel 3 x.yaml",
        "actorflow: There is no option '--paralel'. Did you mean '--parallel'?\nTry 'actorflow run --help'.\n")]
    [InlineData("run x.yaml --repot=r.json",
        "actorflow: There is no option '--repot'. Did you mean '--report'?\nTry 'actorflow run --help'.\n")]
    [InlineData("show --jsn",
        "actorflow: There is no option '--jsn'. Did you mean '--json'?\nTry 'actorflow show --help'.\n")]
    [InlineData("--hlp", "actorflow: There is no option '--hlp'. Did you mean '--help'?\nTry 'actorflow --help'.\n")]
    [InlineData("list @x", "actorflow: Unrecognized command or argument '@x'.\nTry 'actorflow list --help'.\n")]
    public async Task Bad_usage_says_what_is_wrong_and_where_help_is(string arguments, string message)
    {
        var ran = await CommandLine.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((2, "", message), (ran.ExitCode, ran.Output, ran.Errors));
    }

    [Theory]
    [InlineData("--report", "FILE")]
    [InlineData("--log", "FILE")]
    [InlineData("--input", "FILE|-")]
    [InlineData("--data", "DIR")]
    [InlineData("--tasks", "ASSEMBLY")]
    public async Task An_option_that_names_a_file_is_not_empty(string option, string wanted)
    {
        var ran = await CommandLine.RunAsync("run", "x", option, "");
        Assert.Equal(
            (2, "", $"actorflow: {option} is empty; {wanted} is wanted.\nTry 'actorflow run --help'.\n"),
            (ran.ExitCode, ran.Output, ran.Errors));
    }

    [Fact]
    public async Task A_file_that_is_not_there_and_a_directory_are_named()
    {
        await Refuses(["run", "no.yaml"], "There is no file 'no.yaml'.");
        await Refuses(["validate", _command.Directory], $"'{_command.Directory}' is a directory; name a flow file.");
    }

    [Fact]
    public async Task Text_that_is_no_yaml_is_named_by_its_place()
    {
        var file = _command.File("f.yaml", "flow: f\ntasks: [a\n");
        var ran = await CommandLine.RunAsync("validate", file);
        Assert.Equal(2, ran.ExitCode);
        Assert.StartsWith($"actorflow: Flow 'f.yaml' is not valid: {file}:", ran.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_fault_of_a_flow_is_listed_with_its_place()
    {
        var file = _command.File("f.yaml", """
            flow: f
            tasks:
              fetch: { run: "echo 1" }
              twice: { needs: [fecth], run: "echo 2" }
              FETCH: { run: "echo 3" }
              neither: { needs: [fetch] }
              late: { run: "echo 4", timeout: soon }
              odd: { run: "echo 5", retries: 3 }
            """);
        var ran = await CommandLine.RunAsync("validate", file);
        Assert.Equal(2, ran.ExitCode);
        Assert.Equal(6, ran.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains($"{file}:4:20: ", ran.Errors, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'fetch'?", ran.Errors, StringComparison.Ordinal);
        Assert.Contains("'retries'", ran.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_would_take_for_ever_to_read_is_refused_at_once()
    {
        var deep = _command.File("deep.yaml", "flow: f\ntasks: " + new string('[', 100_000));
        var ran = await CommandLine.RunAsync("validate", deep);
        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("more than 64 deep in each other", ran.Errors, StringComparison.Ordinal);
        var bomb = _command.File("bomb.yaml", "a: &a [x]\nb: [*a, *a]\nflow: f\n");
        ran = await CommandLine.RunAsync("validate", bomb);
        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("Aliases (*a) are not allowed", ran.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pool: gpu", "'pool' is one of compute, async, and 'gpu' is none of them.")]
    [InlineData("env: { \"G=H\": y }", "'G=H' is no name of a variable")]
    public async Task What_run_would_refuse_is_refused_by_validate_too(string setting, string said)
    {
        var file = _command.File("f.yaml", $"flow: f\ntasks:\n  a:\n    run: echo\n    {setting}\n");
        var ran = await CommandLine.RunAsync("validate", file);
        Assert.Equal(2, ran.ExitCode);
        Assert.Contains(said, ran.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_the_system_would_cut_off_is_refused()
    {
        var file = _command.File("f.yaml", "flow: f\ntasks: { a: { run: \"a\\0b\" } }\n");
        var ran = await CommandLine.RunAsync("validate", file);
        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("NUL", ran.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cycle_is_named_by_its_path()
    {
        var file = _command.File("f.yaml", """
            flow: f
            tasks:
              a: { needs: [c], run: "true" }
              b: { needs: [a], run: "true" }
              c: { needs: [b], run: "true" }
            """);
        var ran = await CommandLine.RunAsync("run", file, "--in-memory");
        Assert.Equal((2, ""), (ran.ExitCode, ran.Output));
        Assert.Contains("a -> b -> c -> a", ran.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_net_task_that_nobody_registered_is_named()
    {
        var file = _command.File("f.yaml", "flow: f\ntasks: { a: { uses: Samples.Double } }\n");
        var ran = await CommandLine.RunAsync("validate", file);
        Assert.Equal(2, ran.ExitCode);
        Assert.Contains(
            "There is no .NET task 'Samples.Double': no tasks are registered. Name their assembly.", ran.Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_that_does_not_fit_is_listed_whole()
    {
        var file = _command.File(
            "f.yaml", "flow: f\ninput: { text: string, n: integer }\ntasks: { a: { run: 'true' } }\n");
        await Refuses(["run", file, "--set", "txt=1", "--set", "n=x"],
            """
            The input does not fit flow 'f', for 3 reasons:
              --set n: an integer is wanted, 'x' is none.
              The flow has no input 'txt'. Did you mean 'text'?
              Input 'text' (string) is missing: give it by --set text=… or --input.
            """);
        await Refuses(["run", file, "--set", "text"], "--set 'text' is not NAME=VALUE.");
        await Refuses(["run", file, "--set", "text=1", "--set", "n=1", "--set", "text=2"],
            "The input does not fit flow 'f': --set text is given twice; give it once.");
        await Refuses(["run", file, "--input", "no.json"], "There is no input file 'no.json'.");
        await Refuses(["run", file, "--input", """{"a":1}"""],
            """There is no input file '{"a":1}'. Give single values by --set NAME=VALUE, and JSON in a file, or by """
            + "--input - on standard input.");
        var list = _command.File("i.json", "[1]");
        await Refuses(["run", file, "--input", list],
            $$"""The input in {{list}} is no JSON object: give {"name": value, …}.""");
        var twice = _command.File("t.json", """{"text": "a", "text": "b"}""");
        await Refuses(["run", file, "--input", twice],
            $"{twice}: the input is no JSON: Duplicate property 'text' encountered during deserialization.");
        var other = _command.File("o.json", "f" + new string('x', 1000));
        await Refuses(["run", file, "--input", other],
            $"{other}:1:2: the input is no JSON: 'f{new string('x', 59)}…' is an invalid JSON literal. Expected the "
            + "literal 'false'.");
        var typed = _command.File("j.json", """{"text": 5, "n": 1.5}""");
        await Refuses(["run", file, "--input", typed],
            """
            The input does not fit flow 'f', for 2 reasons:
              Input 'text' is 5; a string is wanted.
              Input 'n' is 1.5; an integer is wanted.
            """);
        Assert.False(Directory.Exists(_command.Data));
    }

    [Fact]
    public async Task A_report_that_could_not_be_written_is_refused_before_the_job_begins()
    {
        var file = _command.File("f.yaml", "flow: f\ntasks: { a: { run: 'true' } }\n");
        await Refuses(["run", file, "--report", Path.Combine(file, "deep", "r.json")],
            $"The report cannot be written to '{file}/deep/r.json': nothing can be written in the directory "
            + $"'{file}/deep'; name another.");
        await Refuses(["run", file, "--report", _command.Directory],
            $"The report cannot be written to '{_command.Directory}': it is a directory; name a file in it.");
        await Refuses(["run", file, "--report", "-"],
            "The report cannot be written to '-': it goes to a file; name one, or /dev/stdout.");
        Assert.False(Directory.Exists(_command.Data));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("show", "j")]
    [InlineData("resume")]
    [InlineData("journal", "verify")]
    public async Task A_file_that_is_given_as_the_data_directory_is_told_to_be_one(params string[] arguments)
    {
        var file = _command.File("f.yaml", "flow: f\ntasks: { a: { run: 'true' } }\n");
        var ran = await CommandLine.RunAsync([.. arguments, "--data", file]);
        Assert.Equal(
            (2, "", $"actorflow: '{file}' is a file; name a directory with --data.\n"),
            (ran.ExitCode, ran.Output, ran.Errors));
    }

    [Fact]
    public async Task A_page_that_cannot_be_written_is_refused_with_the_place_and_what_would_be_right()
    {
        var file = _command.File("f.yaml", "flow: f\ntasks: { a: { run: 'true' } }\n");
        Assert.Equal(0, (await _command.InDataAsync("run", file, "--job", "j")).ExitCode);
        await Refuses(["report", "j", "--html", _command.Directory],
            $"The report cannot be written to '{_command.Directory}': it is a directory; name a file in it.");
        await Refuses(["report", "j", "--html", Path.Combine(file, "r.html")],
            $"The report cannot be written to '{file}/r.html': '{file}' is a file, and no directory.");
    }

    [Fact]
    public async Task Directories_of_reports_and_logs_that_are_missing_are_made()
    {
        var file = _command.File("f.yaml", "flow: f\ntasks: { a: { run: 'true' } }\n");
        var (report, log) = (_command.PathOf("x/y/r.json"), _command.PathOf("z/l.log"));
        var ran = await _command.InDataAsync("run", file, "--job", "j", "--report", report, "--log", log);
        var page = await _command.InDataAsync("report", "j", "--html", _command.PathOf("v/w/r.html"));
        Assert.Equal((0, "", 0, ""), (ran.ExitCode, ran.Errors, page.ExitCode, page.Errors));
        Assert.All([report, log, _command.PathOf("v/w/r.html")], path => Assert.True(File.Exists(path), path));
    }

    [Fact]
    public async Task A_device_is_written_to_and_not_replaced()
    {
        var file = _command.File("f.yaml", "flow: f\ntasks: { a: { run: 'true' } }\n");
        var ran = await _command.InDataAsync("run", file, "--quiet", "--report", "/dev/null");
        Assert.Equal((0, ""), (ran.ExitCode, ran.Errors));
        Assert.Equal(0, new FileInfo("/dev/null").Length);
    }

    [Fact]
    public async Task A_unit_is_no_part_of_a_duration_twice()
    {
        var file = _command.File("f.yaml", "flow: f\ntasks: { a: { run: 'true', timeout: 1s1s } }\n");
        var ran = await CommandLine.RunAsync("validate", file);
        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("'1s1s' is none", ran.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_is_not_there_is_named_with_one_that_is()
    {
        var file = _command.File("f.yaml", "flow: f\ntasks: { a: { run: 'true' } }\n");
        await Refuses(["show", "first"], $"There are no jobs in '{_command.Data}': it has no journal. Name another "
            + "with --data.");
        Assert.Equal(0, (await _command.InDataAsync("run", file, "--job", "first")).ExitCode);
        foreach (var command in (string[])["show", "why", "report", "resume", "cancel", "retry"])
            await Refuses([command, "frist"], $"There is no job 'frist' in '{_command.Data}'. Did you mean 'first'?");
        await Refuses(["show", "a b"], "'a b' is no job id: it holds white space.", contains: true);
    }

    [Fact]
    public async Task A_job_id_that_is_taken_by_something_else_is_refused()
    {
        var file = _command.File("f.yaml", "flow: f\ninput: { x: any? }\ntasks: { a: { run: 'true' } }\n");
        Assert.Equal(0, (await _command.InDataAsync("run", file, "--job", "j")).ExitCode);
        Assert.Equal(0, (await _command.InDataAsync("run", file, "--job", "j")).ExitCode);
        await Refuses(["run", file, "--job", "j", "--set", "x=1"],
            "Job 'j' is there already, with another input. Choose another id, or submit the same.");
        var other = _command.File("g.yaml", "flow: f\ninput: { x: any? }\ntasks: { b: { run: 'true' } }\n");
        await Refuses(["run", other, "--job", "j"],
            "Job 'j' is there already, with another version of flow 'f': task 'b' added; task 'a' removed. "
            + "Choose another id, or submit the same.");
    }

    [Fact]
    public async Task What_was_asked_of_a_job_in_the_wrong_phase_is_refused()
    {
        var file = _command.File("f.yaml", "flow: f\ntasks: { a: { run: 'true' } }\n");
        await _command.InDataAsync("run", file, "--job", "j");
        var cancelled = await _command.InDataAsync("cancel", "j");
        var retried = await _command.InDataAsync("retry", "j");
        Assert.Equal((2, 2), (cancelled.ExitCode, retried.ExitCode));
        Assert.Contains("has ended", cancelled.Errors, StringComparison.Ordinal);
        Assert.Contains("nothing to retry", retried.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _command.Dispose();

    private async Task Refuses(string[] arguments, string message, bool contains = false)
    {
        var ran = arguments is ["validate", ..]
            ? await CommandLine.RunAsync(arguments)
            : await _command.InDataAsync(arguments);
        Assert.Equal((2, ""), (ran.ExitCode, ran.Output));
        var expected = $"actorflow: {message.ReplaceLineEndings("\n")}\n";
        if (contains) Assert.StartsWith("actorflow: ", ran.Errors, StringComparison.Ordinal);
        else Assert.Equal(expected, ran.Errors);
    }
}
