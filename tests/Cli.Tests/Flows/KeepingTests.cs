namespace ActorFlow.Cli.Tests.Flows;

/// <summary>Results that are cached, tasks that are up to date, and outputs that are saved.</summary>
public sealed class KeepingTests : IDisposable
{
    private readonly CommandLine _command = new();

    [Fact]
    public async Task A_cached_task_runs_once_for_the_same_values()
    {
        var flow = $$"""
            flow: cached
            input: { day: string, user: string }
            tasks:
              word: { run: 'echo word' }
              all:
                needs: word
                run: 'echo all >> {{Marks}}; echo "$WORD $D"'
                env: { D: "${input.day}" }
                cache: true
              key:
                needs: word
                run: 'echo key >> {{Marks}}; echo x'
                cache: { key: "${input.day}", ttl: 1h, name: mine }
              map: { map: ["${input.day}", b], run: 'echo map >> {{Marks}}; echo "$ITEM"', cache: { key: "${item}" } }
            """;

        await RunAsync(flow, "day=1", "user=ann");
        Assert.Equal("all key map map", await MarksAsync());
        var again = await RunAsync(flow, "day=1", "user=ann");
        Assert.Equal("all key map map", await MarksAsync());
        Assert.Equal("cache", CommandLine.TaskOf(again, "key").GetProperty("reused").GetProperty("source").GetString());
        await RunAsync(flow, "day=1", "user=bob");
        Assert.Equal("all all key map map", await MarksAsync());
        await RunAsync(flow, "day=2", "user=bob");
        Assert.Equal("all all all key key map map map", await MarksAsync());
    }

    [Theory]
    [InlineData("MEMENTO")]
    [InlineData("HAS_READ")]
    public async Task A_command_that_leaves_too_much_for_its_next_run_fails(string file)
    {
        var (exitCode, report) = await _command.ReportOfAsync($$"""
            flow: large
            tasks: { a: { run: 'truncate -s 50G "${{file}}"', up-to-date: true } }
            """);

        Assert.Equal(1, exitCode);
        Assert.Contains(
            $"The file ${file} has 53687091200 bytes; 67108864 is the most.",
            CommandLine.TaskOf(report, "a").GetProperty("error").GetProperty("message").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_that_is_up_to_date_does_not_run()
    {
        _command.File("a.c", "one");
        var flow = $$"""
            flow: build
            tasks:
              compile:
                map: { a: a.c }
                run: 'echo compile >> {{Marks}}; cp "$ITEM" "$ITEM.o"'
                workdir: {{_command.Directory}}
                up-to-date: { inputs: ["${item}"], outputs: ["${item}.o"] }
              link:
                needs: compile
                run: 'echo link >> {{Marks}}; cat *.o > program'
                workdir: {{_command.Directory}}
                up-to-date: { inputs: ["*.o"], outputs: [program] }
            """;

        await RunAsync(flow);
        Assert.Equal("compile link", await MarksAsync());
        await RunAsync(flow);
        Assert.Equal("compile link", await MarksAsync());
        _command.File("a.c", "two");
        await RunAsync(flow);
        Assert.Equal("compile compile link link", await MarksAsync());
        File.Delete(_command.PathOf("program"));
        await RunAsync(flow);
        Assert.Equal("compile compile link link link", await MarksAsync());
        Assert.Equal("two", await File.ReadAllTextAsync(_command.PathOf("program")));
    }

    [Fact]
    public async Task Files_of_what_is_up_to_date_may_lie_outside_the_working_directory()
    {
        Directory.CreateDirectory(_command.PathOf("work"));
        _command.File("source", "one");
        var flow = $$"""
            flow: outside
            tasks:
              t:
                run: 'echo ran >> {{Marks}}; cp ../source ../copy'
                workdir: {{_command.PathOf("work")}}
                up-to-date: { inputs: [../source], outputs: ["{{_command.PathOf("copy")}}"], directory: . }
            """;

        await RunAsync(flow);
        await RunAsync(flow);
        Assert.Equal("ran", await MarksAsync());
        _command.File("source", "two");
        await RunAsync(flow);
        Assert.Equal("ran ran", await MarksAsync());
    }

    [Fact]
    public async Task A_command_leaves_what_the_next_run_finds_and_says_what_it_has_read()
    {
        _command.File("header", "1");
        var flow = $$"""
            flow: memento
            tasks:
              t:
                run: 'n=$(cat "$MEMENTO"); echo $((n + 1)) > "$MEMENTO"; echo header > "$HAS_READ"; echo "$n"'
                workdir: {{_command.Directory}}
                up-to-date: true
            """;

        Assert.Equal("", (await RunAsync(flow)).OutputOf("t"));
        Assert.Equal("", (await RunAsync(flow)).OutputOf("t"));
        _command.File("header", "2");
        Assert.Equal("1", (await RunAsync(flow)).OutputOf("t"));
        _command.File("header", "3");
        Assert.Equal("2", (await RunAsync(flow)).OutputOf("t"));
    }

    [Fact]
    public async Task Outputs_are_saved_as_datasets()
    {
        await RunAsync("""
            flow: saving
            input: { name: string }
            tasks:
              text: { run: echo hello, save: ["${flow}/${input.name}.txt", "${flow}/${task}.json"] }
              json: { run: 'echo "[1, 2]"', output: json, save: { key: list, format: json } }
              map: { map: [x, y], run: 'echo "$ITEM"', save: "items/${key}-${item}.txt" }
            """, "name=a/b");

        Assert.Equal("hello", await DatasetAsync("saving/a%2Fb.txt"));
        Assert.Equal("\"hello\"", await DatasetAsync("saving/text.json"));
        Assert.Equal("[1,2]", await DatasetAsync("list"));
        Assert.Equal("y", await DatasetAsync("items/1-y.txt"));
    }

    [Theory]
    [InlineData("cache: { tll: 1h }", "'cache' has no key 'tll'.")]
    [InlineData("cache: { ttl: 0 }", "'ttl' is a duration longer than zero.")]
    [InlineData("cache: maybe", "'cache' is true or false, and 'maybe' is neither.")]
    [InlineData("cache: { key: \"${needs.x}\" }", "'${needs.x}' names no need")]
    [InlineData("cache: true, up-to-date: { outputs: a }", "'cache' does not go with 'outputs' of 'up-to-date'")]
    [InlineData("up-to-date: { outptus: a }", "Did you mean 'outputs'?")]
    [InlineData("up-to-date: { inputs: [\"${item}\"] }", "'${item}' has no value here")]
    [InlineData("save: { format: json }", "'save' is the key of a dataset")]
    public async Task Each_fault_of_what_is_kept_is_told(string setting, string message)
    {
        var faults = await _command.FaultsOfAsync($"flow: f\ntasks:\n  a: {{ run: echo, {setting} }}\n");
        Assert.Contains(message, faults, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_kept_of_runs_is_no_change_of_a_flow()
    {
        var plain = FingerprintOf("");
        foreach (var kept in (string[])["cache: true", "cache: { ttl: 1h }", "up-to-date: true", "save: a.txt"])
            Assert.Equal(plain, FingerprintOf($", {kept}"));
    }

    private static string FingerprintOf(string kept) => FlowCompiler.Define(FlowFile.Parse(
        System.Text.Encoding.UTF8.GetBytes($"flow: f\ntasks: {{ a: {{ run: echo{kept} }} }}\n"), "f.yaml")).Fingerprint;

    private string Marks => _command.PathOf("marks");

    private async Task<string> MarksAsync() =>
        string.Join(' ', (await File.ReadAllLinesAsync(Marks)).Order(StringComparer.Ordinal));

    private Task<string> DatasetAsync(string key) =>
        File.ReadAllTextAsync(Path.Combine(_command.Data, "datasets", key));

    private async Task<System.Text.Json.JsonElement> RunAsync(string flow, params string[] settings)
    {
        var (exitCode, report) = await _command.ReportOfAsync(
            flow, [.. settings.SelectMany(setting => new[] { "--set", setting })]);
        Assert.Equal(0, exitCode);
        return report;
    }

    public void Dispose() => _command.Dispose();
}
