namespace ActorFlow.Cli.Tests.Flows;

/// <summary>Files that have no tasks, and only flows for others.</summary>
public sealed class LibraryTests : IDisposable
{
    private const string Library = """
        flow: parts
        flows:
          check: { input: { suite: string }, tasks: { run: { run: echo }, more: { needs: run, run: echo } } }
          tidy: { tasks: { all: { run: echo } } }
        """;

    private readonly CommandLine _command = new();

    [Fact]
    public async Task A_library_is_valid_on_its_own()
    {
        var file = _command.File("lib.yaml", Library);

        var ran = await CommandLine.RunAsync("validate", file);
        var json = (await CommandLine.RunAsync("validate", file, "--json")).Json;

        Assert.Equal(
            (0, $"{file}: 'parts' is valid: a library of 2 flows with 3 tasks.\n", ""),
            (ran.ExitCode, ran.Output, ran.Errors));
        Assert.True(json.GetProperty("valid").GetBoolean());
        Assert.Equal("parts", json.GetProperty("flow").GetString());
    }

    [Fact]
    public async Task Faults_of_a_library_are_told_and_not_that_it_has_no_tasks()
    {
        var (file, place) = _command.Marked(Library.Replace("all: {", "all: { §whenn: x,", StringComparison.Ordinal));

        var ran = await CommandLine.RunAsync("validate", file);

        Assert.Equal(
            (2, $"actorflow: Flow 'parts' is not valid: {place}: Task 'all' has no key 'whenn'. Did you mean "
                + "'when'?\n"),
            (ran.ExitCode, ran.Errors));
    }

    [Theory]
    [InlineData("notify: §{ webhook: \"http://x\" }", "notify")]
    [InlineData("hooks: §{ on-end: echo }", "hooks")]
    public async Task A_library_has_no_jobs_that_anybody_could_be_told_of(string setting, string key)
    {
        var (file, place) = _command.Marked($"{Library}\n{setting}\n");

        var ran = await CommandLine.RunAsync("validate", file);

        Assert.Equal(
            (2, $"actorflow: Flow 'parts' is not valid: {place}: '{key}' is for jobs of this file, and a file without "
                + "'tasks' has none; say it in the file that is run.\n"),
            (ran.ExitCode, ran.Errors));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("graph")]
    [InlineData("describe")]
    public async Task A_library_is_no_flow_and_says_which_it_has(string command)
    {
        var file = _command.File("lib.yaml", Library);

        var ran = await (command == "run"
            ? _command.InDataAsync(command, file)
            : CommandLine.RunAsync(command, file));

        Assert.Equal(
            (2, "", "actorflow: 'parts' has no tasks of its own: it is a library of flows for others to import, "
                + "'check', 'tidy'.\n"),
            (ran.ExitCode, ran.Output, ran.Errors));
    }

    [Fact]
    public async Task A_library_is_listed_with_its_flows()
    {
        _command.File("lib.yaml", Library);
        _command.File("main.yaml", "flow: main\nimport: lib.yaml\ntasks: { a: { flow: parts.tidy } }\n");

        var folder = await CommandLine.RunAsync("flows", _command.Directory, "--json");
        var file = await CommandLine.RunAsync("flows", _command.PathOf("lib.yaml"), "--json");

        Assert.Equal((0, 0), (folder.ExitCode, file.ExitCode));
        Assert.Equal(
            ["parts", "main"], folder.Json.EnumerateArray().Select(row => row.GetProperty("flow").GetString()));
        var row = Assert.Single(file.Json.EnumerateArray());
        Assert.Equal("a library of flows to import: check, tidy", row.GetProperty("description").GetString());
    }

    public void Dispose() => _command.Dispose();
}
