namespace ActorFlow.Cli.Tests.Peers;

/// <summary>The case of daglite about its command line: list, describe and run, and wrong arguments.</summary>
public sealed class DagliteCommandTests : IDisposable
{
    private static readonly string Assembly = typeof(DagliteCommandTests).Assembly.Location;

    private readonly CommandLine _command = new();

    [Fact]
    public async Task Daglite_G11_flows_lists_those_of_an_assembly_with_what_they_take()
    {
        var flows = (await CommandLine.RunAsync("flows", Assembly, "--json")).Json.EnumerateArray().ToList();

        Assert.Equal(
            ["boards int", "fragile string", "order OrderInput", "scale int", " "],
            flows.Select(flow => $"{flow.GetProperty("flow")} {flow.GetProperty("takes")}"));
        Assert.Equal("shop, daily", flows[2].GetProperty("tags").GetString());
        Assert.Contains(
            "There is no database.", flows[4].GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Daglite_G11_flows_and_tasks_of_a_folder_are_listed_with_those_that_are_broken()
    {
        _command.File(
            "a.yaml", "flow: a\ndescription: First.\ntasks: { x: { run: echo }, y: { run: echo, needs: x } }\n");
        _command.File("b.yml", "flow: b\ninput: { n: int, m: int? }\ntasks: { z: { run: echo } }\n");
        _command.File("c.yaml", "flow: c\ntasks: { z: { rn: echo } }\n");
        _command.File("other.txt", "text");

        var flows = await CommandLine.RunAsync("flows", _command.Directory);
        var tasks = (await CommandLine.RunAsync("tasks", _command.Directory, "--json")).Json.EnumerateArray().ToList();

        Assert.Equal((0, ""), (flows.ExitCode, flows.Errors));
        var lines = flows.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("FLOW  TASKS  TAKES  TARGET", lines[0], StringComparison.Ordinal);
        Assert.Matches("^a +2 .*a.yaml .*First.$", lines[1]);
        Assert.Matches("^b +1 +n, m[?] ", lines[2]);
        Assert.Contains("has no key 'rn'. Did you mean 'run'?", lines[3], StringComparison.Ordinal);
        Assert.Equal(
            ["x 1 ", "y 2 x", "z 1 "],
            tasks.Where(task => task.GetProperty("task").GetString() is not null)
                .Select(task => $"{task.GetProperty("task")} {task.GetProperty("level")} {task.GetProperty("needs")}"));
    }

    [Fact]
    public async Task Daglite_G11_tasks_lists_the_classes_of_an_assembly()
    {
        var tasks = (await CommandLine.RunAsync("tasks", Assembly, "--json")).Json.EnumerateArray()
            .Where(task => task.GetProperty("task").GetString() == "numbers.scale").ToList();

        Assert.Equal(["1", "2"], tasks.Select(task => task.GetProperty("version").GetString()));
        Assert.Equal("Multiplies.", tasks[0].GetProperty("description").GetString());
        Assert.Equal("ScaledInput", tasks[0].GetProperty("takes").GetString());
    }

    [Fact]
    public async Task Daglite_G11_flows_and_tasks_of_a_data_directory_come_from_its_jobs()
    {
        var file = _command.File("a.yaml", "flow: a\ntasks: { x: { run: 'true' } }\n");
        await _command.InDataAsync("run", file, "--job", "j1", "--quiet");
        await _command.InDataAsync("run", file, "--job", "j2", "--quiet");

        var flow = Assert.Single((await _command.InDataAsync("flows", "--json")).Json.EnumerateArray());
        var task = Assert.Single((await _command.InDataAsync("tasks", "--json")).Json.EnumerateArray());

        Assert.Equal(
            ("a", 2, 0, "j2"),
            (flow.GetProperty("flow").GetString(), flow.GetProperty("jobs").GetInt32(),
                flow.GetProperty("unfinished").GetInt32(), flow.GetProperty("last").GetString()));
        Assert.Equal(("a", "x"), (task.GetProperty("flow").GetString(), task.GetProperty("task").GetString()));
    }

    [Fact]
    public async Task Daglite_G11_describe_shows_parameters_and_what_given_values_become()
    {
        var described = await CommandLine.RunAsync(
            "describe", $"{Assembly}:order", "--set", "customer=Ada", "--set", "lines=3", "--set", "day=friday");

        Assert.Equal((0, ""), (described.ExitCode, described.Errors));
        Assert.Equal(
            """
            flow order (SampleFlows.Order)
              Takes an order.
              tags: shop, daily
            takes:
              NAME      TYPE                    DEFAULT     DESCRIPTION
              Customer  string                  (required)  Who orders.
              Lines     int                     (required)  -
              Day       DayOfWeek               "Monday"    -
              Prices    IReadOnlyList<decimal>  null        -
            would be given:
              {
                "Customer": "Ada",
                "Lines": 3,
                "Day": "Friday",
                "Prices": null
              }
            gives string of task 'text'
            tasks:
              TASK   LEVEL  NEEDS       GIVES   SETTINGS  DESCRIPTION
              lines  1      -           int     -         Counts lines.
              day    1      -           string  -         -
              text   2      lines, day  string  -         -

            """,
            described.Output);
    }

    [Fact]
    public async Task Daglite_G11_describe_knows_flow_files_tasks_and_settings()
    {
        var file = _command.File(
            "f.yaml", "flow: f\ninput: { n: { type: int, default: 2 } }\ntasks: { x: { run: echo } }\n");

        var flow = (await CommandLine.RunAsync("describe", file, "--json", "--set", "n=7")).Json;
        var task = (await CommandLine.RunAsync("describe", $"{Assembly}:numbers.scale@1", "--json")).Json;
        var scale = (await CommandLine.RunAsync("describe", $"{Assembly}:scale", "--json")).Json;

        Assert.Equal("7", flow.GetProperty("values").GetProperty("n").ToString());
        Assert.Equal("integer", flow.GetProperty("input")[0].GetProperty("type").GetString());
        Assert.Equal("Multiplies.", task.GetProperty("description").GetString());
        Assert.Equal("2", task.GetProperty("input")[1].GetProperty("default").ToString());
        Assert.Equal("3", scale.GetProperty("tasks")[0].GetProperty("settings").GetProperty("Factor").ToString());
    }

    [Theory]
    [InlineData("describe {0}:order --set Lines=x", "--set Lines: an int is wanted, 'x' is none.")]
    [InlineData("describe {0}:ordr", "There is no flow 'ordr'. Did you mean 'order'?")]
    [InlineData("flows {0} --jsn", "Did you mean '--json'?")]
    [InlineData("run {0}:order --st Lines=3", "Did you mean '--set'?")]
    [InlineData("flow {0}", "There is no command 'flow'. Did you mean 'flows'?")]
    [InlineData("describe", "Required argument missing for command: 'describe'.")]
    public async Task Daglite_G11_wrong_arguments_end_with_2_and_a_hint(string line, string hint)
    {
        var arguments = string.Format(System.Globalization.CultureInfo.InvariantCulture, line, Assembly).Split(' ');

        var ran = await CommandLine.RunAsync(arguments);

        Assert.Equal((2, ""), (ran.ExitCode, ran.Output));
        Assert.Contains(hint, ran.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _command.Dispose();
}
