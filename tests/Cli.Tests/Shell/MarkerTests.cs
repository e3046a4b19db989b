namespace ActorFlow.Cli.Tests.Shell;

/// <summary>Markers and resources of shell tasks.</summary>
public sealed class MarkerTests : IDisposable
{
    private readonly CommandLine _command = new();

    [Fact]
    public async Task Lines_that_a_pattern_fits_are_markers_on_both_outputs()
    {
        var (exit, report) = await _command.ReportOfAsync("""
            flow: f
            tasks:
              a:
                run: 'echo "a.c:3:7: warning: unused"; echo "ERR b.c 9 odd" >&2; echo plain'
                markers: [gcc, '^(?<severity>ERR) (?<file>\S+) (?<line>\d+) (?<message>.*)$']
            """);
        Assert.Equal(0, exit);
        var markers = CommandLine.TaskOf(report, "a").GetProperty("markers").EnumerateArray()
            .Select(marker => marker.GetRawText().Replace("\n", "", StringComparison.Ordinal)
                .Replace(" ", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                """{"attempt":1,"severity":"error","message":"odd","file":"b.c","line":9,"column":null}""",
                """{"attempt":1,"severity":"warning","message":"unused","file":"a.c","line":3,"column":7}""",
            ],
            markers);
    }

    [Fact]
    public async Task Markers_are_printed_as_they_come_and_shown_with_the_job()
    {
        var file = _command.File("f.yaml", """
            flow: f
            tasks: { a: { run: 'echo "a.c:3:7: warning: unused"', markers: gcc } }
            """);
        var ran = await _command.InDataAsync("run", file, "--job", "j");
        Assert.Contains("\na.c:3:7: warning: unused [a]\n", ran.Output, StringComparison.Ordinal);
        var shown = await _command.InDataAsync("show", "j");
        Assert.Contains("Markers: 1 warning\n  a.c:3:7: warning: unused  [a, attempt 1]\n", shown.Output,
            StringComparison.Ordinal);
        var events = await _command.InDataAsync("show", "j", "--events");
        Assert.Contains("task.marked/1", events.Output, StringComparison.Ordinal);
        Assert.Contains("attempt 1  a.c:3:7: warning: unused", events.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_pattern_of_markers_that_makes_no_sense_is_a_fault_at_its_place()
    {
        var file = _command.File("f.yaml", "flow: f\ntasks: { a: { run: echo, markers: [abc, gccc] } }\n");
        var result = await CommandLine.RunAsync("validate", file);
        Assert.Contains($"{file}:2:36: The pattern 'abc' ", result.Errors, StringComparison.Ordinal);
        Assert.Contains($"{file}:2:41: The pattern 'gccc' ", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("markers: gccc",
        "The pattern 'gccc' has no group for what a marker says; write (?<message>…) in it, or use one of gcc, ")]
    [InlineData("markers: '('", "'(' is no pattern: ")]
    [InlineData(@"markers: '(?<message>a)(?=b)'", "'(?<message>a)(?=b)' is no pattern: ")]
    [InlineData("resources: { nproc: 0 }", "'nproc' is 0; it must be at least 1.")]
    [InlineData("resources: { nproc: many }", "'nproc' is a whole number, and 'many' is none.")]
    [InlineData("resources: [nproc]", "'resources' is a text.")]
    public async Task What_makes_no_sense_is_a_fault_with_its_place(string setting, string problem)
    {
        var file = _command.File("f.yaml", $"flow: f\ntasks:\n  a:\n    run: 'true'\n    {setting}\n");
        var result = await CommandLine.RunAsync("validate", file);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(problem, result.Output + result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resource_is_named_on_the_command_line_and_a_job_that_needs_more_is_refused()
    {
        var file = _command.File("f.yaml", """
            flow: f
            tasks:
              a: { run: 'echo a', resources: { licence: 2, nproc: 1 } }
              b: { run: 'echo b', resources: licence }
            """);
        Assert.Equal(0, (await _command.InDataAsync("run", file, "--quiet", "--resource", "licence=2")).ExitCode);

        var missing = await _command.InDataAsync("run", file, "--quiet");
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("Flow 'f' cannot have what it needs, for 2 reasons:\n"
            + "  task 'a' needs 2 of 'licence', and the engine has no such resource.", missing.Errors,
            StringComparison.Ordinal);
        Assert.Contains("\n  task 'b' needs 1 of 'licence', and the engine has no such resource.", missing.Errors,
            StringComparison.Ordinal);
        var few = await _command.InDataAsync("run", file, "--quiet", "--resource", "licence=1");
        Assert.Contains("Flow 'f': task 'a' needs 2 of 'licence', and the engine has 1 in all. "
            + "To give it as many: Resources[\"licence\"] = 2 in the options of the engine, or --resource licence=2 on "
            + "the command line.", few.Errors,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("licence")]
    [InlineData("licence=")]
    [InlineData("licence=0")]
    [InlineData("=1")]
    public async Task A_resource_without_units_is_bad_usage(string text)
    {
        var result = await CommandLine.RunAsync("run", "f.yaml", "--resource", text);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"--resource is '{text}'; a name and a number of at least 1 are wanted", result.Errors,
            StringComparison.Ordinal);
    }

    public void Dispose() => _command.Dispose();
}
