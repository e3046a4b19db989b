namespace ActorFlow.Cli.Tests.Flows;

/// <summary>Services that a flow file names and .NET tasks get.</summary>
public sealed class ServiceTests : IDisposable
{
    private static readonly string Assembly = typeof(ServiceTests).Assembly.Location;

    private readonly CommandLine _command = new();

    [Fact]
    public async Task Taskmaestro_T8_a_service_of_the_file_multiplies_and_one_of_a_nested_flow_goes_before_it()
    {
        var (exitCode, report) = await RunAsync("""
            flow: services
            services:
              multiplier: { uses: Multiplier, as: IMultiplier, with: { factor: 3 } }
            flows:
              outer: { input: { n: integer }, tasks: { a: { uses: numbers.multiply, with: { n: "${input.n}" } } } }
              inner:
                services: { other: { uses: Samples.Multiplier, as: Samples.IMultiplier, with: { factor: 7 } } }
                input: { n: integer }
                tasks: { a: { uses: numbers.multiply, with: { n: "${input.n}" } } }
            tasks:
              five: { uses: numbers.multiply, with: { n: 5 } }
              each: { map: [1, 2], uses: numbers.multiply }
              outer: { flow: outer, with: { n: 3 } }
              inner: { flow: inner, with: { n: 3 } }
              written:
                flow:
                  services: { more: { uses: Doubler, as: IMultiplier } }
                  tasks: { a: { uses: numbers.multiply, with: { n: 3 } } }
            """);

        Assert.Equal(0, exitCode);
        Assert.Equal("15", report.OutputOf("five"));
        Assert.Equal("[3,6]", report.OutputOf("each"));
        Assert.Equal("9", report.OutputOf("outer"));
        Assert.Equal("21", report.OutputOf("inner"));
        Assert.Equal("18", report.OutputOf("written"));
    }

    [Fact]
    public async Task A_service_is_made_once_given_values_and_others_and_disposed_of_at_the_end()
    {
        var lines = _command.PathOf("lines");
        await RunAsync($$"""
            flow: once
            services:
              recorder: { uses: Recorder, with: { path: '{{lines}}' } }
              multiplier: { uses: Multiplier, as: [Multiplier, IMultiplier], with: { factor: "4", day: friday } }
            tasks:
              a: { uses: numbers.record, with: { n: 1 } }
              b: { uses: numbers.record, needs: { n: a } }
            """);

        Assert.Equal(["made 4", "a 1", "b 1", "disposed"], await File.ReadAllLinesAsync(lines));
    }

    [Fact]
    public async Task A_resumed_job_has_the_services_that_it_was_submitted_with()
    {
        var file = _command.File("f.yaml", """
            flow: resumed
            services: { multiplier: { uses: Multiplier, as: IMultiplier, with: { factor: 3 } } }
            tasks:
              wait: { run: test -e "$GO", env: { GO: "GONE" }, retry: { exhausted: hold } }
              five: { uses: numbers.multiply, with: { n: 5 }, after: wait }
            """.Replace("GONE", _command.PathOf("go"), StringComparison.Ordinal));
        await _command.InDataAsync("run", file, "--job", "j", "--quiet", "--tasks", Assembly);
        _command.File("go", "");
        File.Delete(file);

        var report = _command.PathOf("r.json");
        var ran = await _command.InDataAsync("retry", "j", "--quiet", "--report", report);

        Assert.Equal((0, ""), (ran.ExitCode, ran.Errors));
        var read = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(report)).RootElement;
        Assert.Equal("15", read.OutputOf("five"));
    }

    [Fact]
    public async Task A_service_that_cannot_be_made_fails_the_tasks_that_ask_for_it_and_no_others()
    {
        var (exitCode, report) = await RunAsync("""
            flow: unwilling
            services: { multiplier: { uses: Unwilling, as: IMultiplier } }
            tasks:
              five: { uses: numbers.multiply, with: { n: 5 } }
              other: { uses: numbers.sum, with: { all: [1, 2] } }
            """);

        Assert.Equal(1, exitCode);
        Assert.Equal("3", report.OutputOf("other"));
        Assert.Equal(
            "Service 'multiplier' cannot be made: There is no table.",
            CommandLine.TaskOf(report, "five").GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_secret_of_a_service_comes_from_the_environment_when_the_service_is_made()
    {
        var name = $"ACTORFLOW_TEST_{Guid.NewGuid():N}";
        var flow = $$"""
            flow: secret
            services: { multiplier: { uses: Multiplier, as: IMultiplier, with: { factor: "${env.{{name}}}" } } }
            tasks: { five: { uses: numbers.multiply, with: { n: 5 } } }
            """;

        var (_, unset) = await RunAsync(flow);
        Environment.SetEnvironmentVariable(name, "many");
        var (_, wrong) = await RunAsync(flow);
        Environment.SetEnvironmentVariable(name, "4");
        var (exitCode, report) = await RunAsync(flow);
        Environment.SetEnvironmentVariable(name, null);

        Assert.Equal(
            $"The variable {name} is not set, and service 'multiplier' asks for ${{env.{name}}}: set it.",
            ErrorOf(unset));
        Assert.Equal(
            "Service 'multiplier' cannot be made: what a variable holds does not fit its parameter.", ErrorOf(wrong));
        Assert.Equal((0, "20"), (exitCode, report.OutputOf("five")));

        static string? ErrorOf(System.Text.Json.JsonElement report) =>
            CommandLine.TaskOf(report, "five").GetProperty("error").GetProperty("message").GetString();
    }

    [Theory]
    [InlineData("m: Multiplyer", "f.yaml:3:6: Service 'm': There is no public class 'Multiplyer' that can be made. "
        + "Did you mean 'Multiplier'?")]
    [InlineData("m: { uses: Multiplier }", "f.yaml:3:14: Service 'm' (Multiplier) needs a value for "
        + "parameter 'factor' (int)")]
    [InlineData("m: { uses: Multiplier, with: { fator: 1, factor: 2 } }", "f.yaml:3:34: Service 'm' (Multiplier) has "
        + "no parameter 'fator'. Did you mean 'factor'?")]
    [InlineData("m: { uses: Multiplier, with: { factor: [1] } }", "f.yaml:3:34: Service 'm': parameter 'factor' "
        + "is int, and this is the list [1].")]
    [InlineData("m: { uses: Multiplier, with: { factor: '${input.x}' } }", "f.yaml:3:42: A value of a service "
        + "is a constant")]
    [InlineData("m: { uses: Multiplier, as: IMultiplyer, with: { factor: 1 } }", "f.yaml:3:30: Service "
        + "'m': 'ActorFlow.Cli.Tests.Samples.Multiplier' is no 'IMultiplyer'. Did you mean 'IMultiplier'?")]
    [InlineData("m: { uses: Unwilling }\n  n: Samples.Unwilling", "f.yaml:4:6: Service 'n' is a "
        + "'ActorFlow.Cli.Tests.Samples.Unwilling' as 'm' is")]
    [InlineData("hen: Hen\n  egg: Egg", "f.yaml:3:8: Services need each other in a circle: hen -> egg -> hen.")]
    [InlineData("m: { use: Multiplier }", "Service 'm' has no key 'use'. Did you mean 'uses'?")]
    [InlineData("m: { as: Multiplier }", "f.yaml:3:6: Service 'm' has no class; name it by 'uses'.")]
    [InlineData("m: { uses: Unwilling, with: 3 }", "'with' is a mapping of parameters of the constructor to values.")]
    public async Task Each_fault_of_a_service_is_told_with_its_place(string service, string message)
    {
        var file = _command.File("f.yaml", $"flow: f\nservices:\n  {service}\ntasks: {{ a: {{ run: echo }} }}\n");

        var ran = await CommandLine.RunAsync("validate", file, "--tasks", Assembly);

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains(message, ran.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_assembly_there_are_no_classes()
    {
        var file = _command.File("f.yaml", "flow: f\nservices: { m: M }\ntasks: { a: { run: echo } }\n");

        var ran = await CommandLine.RunAsync("validate", file);

        Assert.Contains("There is no class 'M': no assembly is named", ran.Errors, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, System.Text.Json.JsonElement Report)> RunAsync(string flow) =>
        _command.ReportOfAsync(flow, "--tasks", Assembly);

    public void Dispose() => _command.Dispose();
}
