using System.Text.Json;

namespace ActorFlow.Cli.Tests.Commands;

/// <summary>Flows out of a .NET assembly: listed, described, run, and found again with their jobs.</summary>
public sealed class AssemblyTests : IDisposable
{
    private static readonly string Assembly = typeof(AssemblyTests).Assembly.Location;

    private readonly CommandLine _command = new();

    [Theory]
    [InlineData("order")]
    [InlineData("ORDER")]
    [InlineData("SampleFlows.Order")]
    public async Task A_flow_runs_with_typed_fields_of_its_input(string name)
    {
        var (ran, report) = await RunAsync(
            name, "--set", "customer=Ada", "--set", "LINES=3", "--set", "Day=friday", "--set", "Prices=[1.5, 2]");

        Assert.Equal(0, ran);
        Assert.Equal("Ada 6 Friday 3.5", report.OutputOf("text"));
    }

    [Fact]
    public async Task Defaults_of_the_input_type_stand_in_and_a_file_gives_fields_too()
    {
        var input = _command.File("input.json", """{ "customer": "Bob", "lines": 1, "prices": ["4"] }""");

        var (_, report) = await RunAsync("order", "--input", input, "--set", "Lines=2");

        Assert.Equal("Bob 4 Monday 4", report.OutputOf("text"));
    }

    [Fact]
    public async Task An_input_of_one_value_is_called_input()
    {
        var (_, report) = await RunAsync("scale", "--set", "input=5");

        Assert.Equal("15", report.OutputOf("times"));
    }

    [Fact]
    public async Task Everything_that_does_not_fit_is_named_with_field_and_type()
    {
        var ran = await _command.InDataAsync(
            "run", $"{Assembly}:order", "--set", "Lines=many", "--set", "Day=Someday", "--set", "Custmer=Ada");

        Assert.Equal((2, ""), (ran.ExitCode, ran.Output));
        Assert.Equal(
            """
            actorflow: The input does not fit flow 'order', for 4 reasons:
              --set Lines: an int is wanted, 'many' is none.
              --set Day: a DayOfWeek is wanted, 'Someday' is none.
              The flow has no input 'Custmer'. Did you mean 'Customer'?
              Input 'Customer' (string) is missing: give it by --set Customer=… or --input.

            """,
            ran.Errors);
    }

    [Theory]
    [InlineData("oder", "There is no flow 'oder'. Did you mean 'order'?")]
    [InlineData("Broken", "There is no flow 'Broken'.")]
    [InlineData("SampleFlows.Broken", "'SampleFlows.Broken' cannot give its flow: There is no database.")]
    [InlineData("SampleFlows", "'SampleFlows' may mean 'SampleFlows.Order' or 'SampleFlows.Scale'")]
    [InlineData("", "gives 4 flows; name one: ")]
    public async Task A_flow_that_is_not_there_is_told_with_the_nearest(string name, string message)
    {
        var ran = await CommandLine.RunAsync("run", name.Length == 0 ? Assembly : $"{Assembly}:{name}");

        Assert.Equal((2, ""), (ran.ExitCode, ran.Output));
        Assert.Contains(message, ran.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_assembly_is_said_to_be_none()
    {
        var file = _command.File("no.dll", "text");

        Assert.Contains(
            $"'{file}' cannot be loaded as a .NET assembly",
            (await CommandLine.RunAsync("flows", file)).Errors, StringComparison.Ordinal);
        Assert.Contains(
            "There is no assembly ",
            (await CommandLine.RunAsync("run", _command.PathOf("gone.dll:x"))).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flow_with_a_pool_of_its_own_runs_if_the_pool_has_a_size()
    {
        string[] run = ["run", $"{Assembly}:boards", "--set", "input=5", "--quiet"];
        var without = await _command.InDataAsync(run);
        Assert.Equal(2, without.ExitCode);
        Assert.Equal(
            "actorflow: Flow 'boards' uses pool 'boards', and there is none. There are: compute, async. To have it: "
            + "Pools[\"boards\"] = N in the options of the engine, or --pool boards=N on the command line.\n",
            without.Errors);

        Assert.Equal(0, (await _command.InDataAsync([.. run, "--pool", "boards=2"])).ExitCode);
    }

    [Fact]
    public async Task Commands_on_a_job_find_its_flow_again()
    {
        var file = _command.PathOf("content");
        var failed = await _command.InDataAsync(
            "run", $"{Assembly}:fragile", "--set", $"input={file}", "--job", "j", "--quiet");
        Assert.Equal(1, failed.ExitCode);

        Assert.Contains("read", (await _command.InDataAsync("show", "j")).Output, StringComparison.Ordinal);
        Assert.Contains(
            "FileNotFoundException", (await _command.InDataAsync("why", "j", "read")).Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, "there");
        Assert.Equal(0, (await _command.InDataAsync("retry", "j", "--quiet")).ExitCode);
        var report = (await _command.InDataAsync("report", "j", "--json")).Json;
        Assert.Equal("there", report.OutputOf("read"));
        Assert.Equal(1, CommandLine.TaskOf(report, "path").GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task Submitting_the_same_again_gives_the_job_that_is_there()
    {
        string[] run = ["run", $"{Assembly}:scale", "--set", "input=5", "--job", "j", "--quiet"];
        await _command.InDataAsync(run);

        Assert.Equal(0, (await _command.InDataAsync(run)).ExitCode);
        Assert.Contains(
            "with another input",
            (await _command.InDataAsync("run", $"{Assembly}:scale", "--set", "input=6", "--job", "j")).Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_process_runs_and_resumes_a_flow_of_an_assembly()
    {
        string[] data = ["--data", _command.Data];
        var ran = await ToolProcess.RunAsync(
            _command.Directory, ["run", $"{Assembly}:order", "--set", "Customer=Ada", "--set", "Lines=1", "--job", "j",
                "--quiet", .. data]);
        var shown = await ToolProcess.RunAsync(_command.Directory, ["report", "j", "--json", .. data]);

        Assert.Equal((0, ""), (ran.ExitCode, ran.Errors));
        Assert.Equal("Ada 2 Monday ", shown.Json.OutputOf("text"));
    }

    [Fact]
    public async Task Graph_and_validate_take_flows_of_assemblies()
    {
        Assert.Contains(
            "lines", (await CommandLine.RunAsync("graph", $"{Assembly}:order")).Output, StringComparison.Ordinal);
        Assert.Contains(
            "flow 'order' is valid: 3 tasks, 2 edges.",
            (await CommandLine.RunAsync("validate", $"{Assembly}:order")).Output, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, JsonElement Report)> RunAsync(string name, params string[] more)
    {
        var report = _command.PathOf("report.json");
        var ran = await _command.InDataAsync(["run", $"{Assembly}:{name}", "--quiet", "--report", report, .. more]);
        Assert.Equal("", ran.Errors);
        return (ran.ExitCode, JsonDocument.Parse(await File.ReadAllTextAsync(report)).RootElement);
    }

    public void Dispose() => _command.Dispose();
}
