namespace ActorFlow.Cli.Tests.Peers;

/// <summary>The case of taskmaestro about flows in YAML: their shapes, their faults, and the exit codes.</summary>
public sealed class TaskmaestroYamlTests : IDisposable
{
    private static readonly string Assembly = typeof(TaskmaestroYamlTests).Assembly.Location;

    private readonly CommandLine _command = new();

    [Fact]
    public async Task Taskmaestro_T21_outputs_are_collected_as_a_list_and_as_a_mapping()
    {
        var report = await ReportOf("""
            flow: collected
            tasks:
              a: { run: echo 1, output: json }
              b: { run: echo 2, output: json }
              fails: { run: exit 3, output: json }
              list: { uses: numbers.sum, needs: { all: [b, a, a] } }
              none: { uses: numbers.sum, needs: { all: [] } }
              named: { uses: numbers.name, needs: { all: { z: b, net8.0: a, f: fails? } } }
              shell: { run: 'echo "$ALL $ONE"', needs: { all: [b, a], one: { task: a } } }
              part: { run: 'echo "$N"', needs: { all: { x: a } }, env: { N: "${needs.all.x}" } }
            """);

        Assert.Equal("4", report.OutputOf("list"));
        Assert.Equal("0", report.OutputOf("none"));
        Assert.Equal("z=2 net8.0=1 f=", report.OutputOf("named"));
        Assert.Equal("[2,1] 1", report.OutputOf("shell"));
        Assert.Equal("1", report.OutputOf("part"));
    }

    [Fact]
    public async Task Taskmaestro_T21_values_of_a_file_go_over_the_fields_of_what_is_needed()
    {
        var report = await ReportOf("""
            flow: merged
            tasks:
              seven: { run: echo 7, output: json }
              make: { uses: numbers.make, needs: seven }
              plain: { uses: numbers.scale@1, needs: make }
              merged: { uses: numbers.scale@1, needs: make, with: { factor: 10 } }
              latest: { uses: numbers.scale, needs: make, with: { factor: 1 } }
            """);

        Assert.Equal("49", report.OutputOf("plain"));
        Assert.Equal("70", report.OutputOf("merged"));
        Assert.Equal("700", report.OutputOf("latest"));
    }

    [Fact]
    public async Task Taskmaestro_T21_edges_are_written_on_either_side_and_without_data()
    {
        var file = _command.File("f.yaml", """
            flow: edges
            tasks:
              f1: { run: 'echo "$F2 $F3 $X"', after: [g, h?] }
              f2: { run: echo two, feeds: f1 }
              f3: { run: echo three, feeds: [F1] }
              f4: { run: echo four, feeds: { f1: x } }
              g: { run: echo }
              h: { run: exit 1 }
            """);
        var report = await ReportOf(await File.ReadAllTextAsync(file), exitCode: 1);

        var f1 = FlowFile.Load(file).Draft.Build()["f1"];

        Assert.Equal("two three four", report.OutputOf("f1"));
        Assert.Equal(["f2", "f3", "x", "", ""], f1.Inputs.Select(input => input.Parameter));
        Assert.Equal(
            [true, true, true, true, false], f1.Inputs.Select(input => ((TaskInput.FromTask)input).Required));
    }

    [Theory]
    [InlineData("a: { run: echo, feeds: bb }\n  b: { run: echo }", "there is no task of that name. Did you mean 'b'?")]
    [InlineData("a: { run: echo, feeds: { b: [x] } }\n  b: { run: echo }", "'feeds' is the name of a task")]
    [InlineData("a: { run: echo, after: { b: x } }\n  b: { run: echo }", "'after' is the name of a task")]
    [InlineData("a: { run: echo, after: a }", "Task 'a' needs itself")]
    [InlineData("a: { run: echo }\n  b: { run: echo, needs: { x.y: a } }", "'x.y' is no name of a parameter")]
    [InlineData("a: { run: echo }\n  b: { run: echo, needs: { x: [a, c] } }", "needs 'c', and there is no task")]
    [InlineData("a: { run: echo, run: echo }", "There are two keys 'run' in one mapping")]
    [InlineData("a: { uses: numbers.scale, with: { Factor: 3 } }", "needs a value for parameter 'Value'")]
    [InlineData("a: { uses: numbers.scale, with: { Valeu: 3 } }", "has no parameter 'Valeu'. Did you mean 'Value'?")]
    [InlineData("a: { uses: numbers.scale@9, with: { Value: 3 } }", "has no version 9; there are 1, 2.")]
    [InlineData("a: { uses: numbers.scael }", "no .NET task 'scael' in namespace 'numbers'. Did you mean 'scale'?")]
    [InlineData("a: { uses: nmbers.scale }", "There is no namespace 'nmbers' of .NET tasks. Did you mean 'numbers'?")]
    public async Task Taskmaestro_T21_faults_end_with_2_and_name_what_would_be_right(string tasks, string message)
    {
        var file = _command.File("f.yaml", $"flow: f\ntasks:\n  {tasks}\n");

        var ran = await CommandLine.RunAsync("validate", file, "--tasks", Assembly);

        Assert.Equal((2, ""), (ran.ExitCode, ran.Output));
        Assert.Contains(message, ran.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Taskmaestro_T21_a_job_that_fails_ends_with_1()
    {
        var file = _command.File("f.yaml", "flow: f\ntasks: { a: { run: exit 7 } }\n");

        Assert.Equal(1, (await _command.InDataAsync("run", file, "--quiet")).ExitCode);
    }

    private async Task<System.Text.Json.JsonElement> ReportOf(string flow, int exitCode = 0)
    {
        var failing = flow.Contains("fails:", StringComparison.Ordinal) ? 1 : exitCode;
        var (code, report) = await _command.ReportOfAsync(flow, "--tasks", Assembly);
        Assert.Equal(failing, code);
        return report;
    }

    public void Dispose() => _command.Dispose();
}
