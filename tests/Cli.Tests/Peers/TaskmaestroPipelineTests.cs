namespace ActorFlow.Cli.Tests.Peers;

/// <summary>The release pipeline of taskmaestro, and the rest of its cases about flows in YAML.</summary>
public sealed class TaskmaestroPipelineTests : IDisposable
{
    private const string Pipeline = """
        flow: release_pipeline
        input: { package: string, version: string, source: string }
        import: { targets: targets.yaml }
        tasks:
          lint: { run: 'grep -q LINT "$S" && exit 1 || echo lint passed', env: { S: "${input.source}" } }
          tests:
            run: 'if grep -q FAIL_TEST "$S"; then echo "Test failures in: $S" >&2; exit 1; fi; echo tests passed'
            env: { S: "${input.source}" }
          types: { run: echo types passed }
          validated:
            needs: { checks: { lint: lint, tests: tests, types: types } }
            run: 'echo "$CHECKS"'
            output: json
          targets: { run: 'printf "linux-x64\nwindows-x64\nmacos-arm64\n"', output: lines }
          build:
            needs: targets
            after: validated
            map: ${needs.targets}
            on-error: collect-all
            flow: targets.build
            with: { target: "${item}", name: "${input.package}-${input.version}" }
          manifest: { needs: build, run: 'echo "$BUILD"', output: json }
        """;

    private readonly CommandLine _command = new();

    public TaskmaestroPipelineTests() => _command.File("targets.yaml", """
        flow: targets
        flows:
          build:
            input: { target: string, name: string }
            tasks:
              compile: { run: 'echo "$N-$T"', env: { N: "${input.name}", T: "${input.target}" } }
              archive: { needs: compile, run: 'echo "$COMPILE.tar.gz"' }
        """);

    [Fact]
    public async Task Taskmaestro_T20_the_manifest_has_every_target()
    {
        var (exitCode, report) = await RunAsync("fine");

        Assert.Equal(0, exitCode);
        Assert.Equal(
            """["demo-1.0.0-linux-x64.tar.gz","demo-1.0.0-windows-x64.tar.gz","demo-1.0.0-macos-arm64.tar.gz"]""",
            CommandLine.TaskOf(report, "manifest").GetProperty("output").GetRawText());
    }

    [Fact]
    public async Task Taskmaestro_T20_a_check_that_fails_ends_the_release_and_says_why()
    {
        var (exitCode, report) = await RunAsync("FAIL_TEST");

        Assert.Equal(1, exitCode);
        Assert.Contains(
            "Test failures in:", CommandLine.TaskOf(report, "tests").GetProperty("error").GetProperty("message")
                .GetString(), StringComparison.Ordinal);
        Assert.Equal("skipped", CommandLine.TaskOf(report, "manifest").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Taskmaestro_T21_values_of_a_file_are_bound_by_name()
    {
        _command.File("values.yaml", "greeting: hello\ncount: 3\n");
        _command.File("scale.json", """{ "value": 2, "factor": 5 }""");
        var (_, report) = await _command.ReportOfAsync("""
            flow: files
            flows:
              inner:
                input: { greeting: string, count: integer }
                tasks: { a: { run: 'echo "$G"', env: { G: "${input.greeting}" } } }
            tasks:
              shell: { run: 'echo "$GREETING $COUNT"', input-file: values.yaml }
              net: { uses: numbers.scale@1, input-file: scale.json }
              flow: { flow: inner, input-file: values.yaml }
              map: { map: [a], run: 'echo "$ITEM $GREETING"', input-file: values.yaml }
            """, "--tasks", typeof(TaskmaestroPipelineTests).Assembly.Location);

        Assert.Equal("hello 3", CommandLine.TaskOf(report, "shell").GetProperty("output").GetString());
        Assert.Equal("10", CommandLine.TaskOf(report, "net").GetProperty("output").ToString());
        Assert.Equal("hello", CommandLine.TaskOf(report, "flow").GetProperty("output").GetString());
        Assert.Equal("a hello", CommandLine.TaskOf(report, "map[0]").GetProperty("output").GetString());
    }

    [Theory]
    [InlineData("{ uses: numbers.scale@1, input-file: wrong.json }", "has no parameter 'valeu'. Did you mean 'Value'?")]
    [InlineData("{ run: echo, input-file: gone.json }", "f.yaml:2:38: There is no file '")]
    [InlineData("{ run: echo, input-file: list.json }", "list.json:1:1: An input file is a mapping of")]
    [InlineData("{ run: echo, input-file: twice.json }", "There are two keys 'a' in one mapping")]
    public async Task Taskmaestro_T21_faults_of_input_files_are_told(string task, string message)
    {
        _command.File("wrong.json", """{ "valeu": 2, "value": 1, "factor": 1 }""");
        _command.File("list.json", "[1]");
        _command.File("twice.json", """{ "a": 2, "a": 1 }""");
        var file = _command.File("f.yaml", $"flow: f\ntasks: {{ a: {task} }}\n");

        var ran = await CommandLine.RunAsync(
            "validate", file, "--tasks", typeof(TaskmaestroPipelineTests).Assembly.Location);

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains(message, ran.Errors, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, System.Text.Json.JsonElement Report)> RunAsync(string source) =>
        _command.ReportOfAsync(
            Pipeline, "--set", "package=demo", "--set",
            "version=1.0.0", "--set", $"source={_command.File("source", source)}");

    public void Dispose() => _command.Dispose();
}
