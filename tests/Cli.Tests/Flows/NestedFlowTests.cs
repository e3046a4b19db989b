namespace ActorFlow.Cli.Tests.Flows;

/// <summary>Flows that run other flows: of the same file, of others, and what is wrong with them.</summary>
public sealed class NestedFlowTests : IDisposable
{
    private const string Package = """
        flows:
          package:
            input: { version: integer, target: { type: string, default: linux }, words: string? }
            tasks:
              build: { run: 'echo "$V-$T"', env: { V: "${input.version}", T: "${input.target}" } }
              sign: { needs: build, run: 'echo "$BUILD.sig $W"', env: { W: "${input.words}" } }
              clean: { after: [sign], run: 'true' }
            result: sign

        """;

    private readonly CommandLine _command = new();

    [Fact]
    public async Task A_task_runs_a_flow_of_its_file_and_gives_its_result()
    {
        var (_, report) = await _command.ReportOfAsync($$$"""
            flow: release
            input: { version: integer }
            {{{Package}}}
            tasks:
              seven: { run: echo 7 }
              words: { run: echo fine words }
              one: { needs: words, flow: package, with: { version: "${input.version}", target: "my ${needs.words}" } }
              two: { needs: { version: seven }, flow: package }
              own: { flow: { tasks: { a: { run: echo inner } } } }
              all: { needs: [one, two, own], run: 'echo "$ONE|$TWO|$OWN"' }
            """, "--set", "version=3");

        Assert.Equal("3-my fine words.sig fine words|7-linux.sig |inner", report.OutputOf("all"));
        Assert.Equal("3-my fine words", report.OutputOf("one.package.build"));
        Assert.Equal("inner", report.OutputOf("own.own"));
    }

    [Fact]
    public async Task A_failure_inside_fails_the_task_and_a_retry_runs_only_what_did_not_succeed()
    {
        var mark = _command.PathOf("mark");
        var (exitCode, report) = await _command.ReportOfAsync($$"""
            flow: outer
            flows:
              inner:
                tasks:
                  first: { run: 'echo x >> {{mark}}' }
                  second: { needs: first, run: 'test $ACTORFLOW_ATTEMPT = 2' }
            tasks:
              run: { flow: inner, retry: { attempts: 2 } }
              fails: { flow: { tasks: { x: { run: exit 3 } } } }
              after: { needs: fails, run: 'true' }
            """);

        Assert.Equal(1, exitCode);
        Assert.Equal("succeeded", StatusOf(report, "run"));
        Assert.Equal("x\n", await File.ReadAllTextAsync(mark));
        Assert.Equal("failed", StatusOf(report, "fails"));
        Assert.Equal("skipped", StatusOf(report, "after"));
    }

    [Fact]
    public async Task A_file_that_is_no_yaml_is_told_as_such_wherever_it_is_named()
    {
        _command.File("bad.yaml", "flow: [");
        var file = _command.File("f.yaml", """
            flow: f
            tasks:
              a: { flow: bad.yaml }
              b: { flow: bad.yaml }
            """);

        var ran = await CommandLine.RunAsync("validate", file);

        Assert.Equal(2, ran.ExitCode);
        Assert.Equal(2, ran.Errors.Split("This is no valid YAML").Length);
        Assert.DoesNotContain("circle", ran.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_files_are_bounded_over_all_tasks_that_name_them()
    {
        _command.File("large.yaml", $"value: {new string('x', 15_000_000)}\n");
        var tasks = string.Concat(
            Enumerable.Range(0, 5).Select(i => $"  t{i}: {{ run: echo, input-file: large.yaml }}\n"));
        var file = _command.File("f.yaml", $"flow: f\ntasks:\n{tasks}");

        var ran = await CommandLine.RunAsync("validate", file);

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains(
            "f.yaml:7:32: The input files of all tasks have at most 67108864 bytes together", ran.Errors,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("type: integer, default: 3", "type: integer, default: 4")]
    [InlineData("type: integer, default: 3", "type: any, default: 3")]
    public void A_flow_whose_nested_flow_takes_another_input_is_another_flow(string one, string other)
    {
        Assert.NotEqual(Fingerprint("a: { flow: inner }"), Fingerprint("a: { map: [1], flow: inner }"));
        foreach (var task in (string[])["", "map: [{}], ", "repeat: 2, ", "choose"])
        {
            var runs = task == "choose" ? "a: { choose: [{ flow: inner }] }" : $"a: {{ {task}flow: inner }}";
            Assert.Equal(Fingerprint(runs, one), Fingerprint(runs, one));
            Assert.NotEqual(Fingerprint(runs, one), Fingerprint(runs, other));
        }
    }

    private static string Fingerprint(string task, string input = "type: any, default: 1") =>
        FlowCompiler.Define(FlowFile.Parse(System.Text.Encoding.UTF8.GetBytes($$"""
            flow: f
            flows:
              inner:
                input: { n: { {{input}} }, item: any?, key: any?, value: any?, round: any? }
                tasks: { x: { run: echo } }
            tasks: { {{task}} }
            """), "f.yaml")).Fingerprint;

    [Fact]
    public async Task Flows_that_lie_as_deep_in_each_other_as_they_may_are_read()
    {
        const int files = 30, flows = 18;
        for (var file = 0; file < files; file++)
        {
            var inner = file + 1 < files ? $"flow: f{file + 1}.yaml" : "run: echo";
            for (var i = 0; i < flows; i++) inner = $"flow: {{ tasks: {{ a: {{ {inner} }} }} }}";
            _command.File($"f{file}.yaml", $"flow: f{file}\ntasks: {{ a: {{ {inner} }} }}\n");
        }

        var ran = await Task.Run(() => CommandLine.RunAsync("validate", _command.PathOf("f0.yaml")));

        Assert.Equal((0, ""), (ran.ExitCode, ran.Errors));
    }

    [Fact]
    public async Task Imported_files_are_relative_to_the_file_that_names_them_and_kept_with_the_job()
    {
        Directory.CreateDirectory(_command.PathOf("parts/deep"));
        _command.File("parts/deep/leaf.yaml", "flow: leaf\ntasks: { say: { run: 'echo \"leaf $INPUT\"' } }\n");
        _command.File("parts/lib.yaml", """
            flow: lib
            flows:
              mid: { tasks: { down: { flow: deep/leaf.yaml, with: { a: 1 } } } }
            """);
        var file = _command.File("f.yaml", """
            flow: f
            import: { p: parts/lib.yaml }
            tasks:
              gate: { run: test -e GATE }
              mid: { needs: gate, after: gate, flow: p.mid }
            """.Replace("GATE", _command.PathOf("open"), StringComparison.Ordinal));

        Assert.Equal(1, (await _command.InDataAsync("run", file, "--job", "j", "--quiet")).ExitCode);
        Directory.Delete(_command.PathOf("parts"), recursive: true);
        File.Delete(file);
        _command.File("open", "");
        var again = await _command.InDataAsync("retry", "j", "--quiet", "--report", _command.PathOf("r.json"));

        Assert.Equal((0, ""), (again.ExitCode, again.Errors));
        var shown = (await _command.InDataAsync("report", "j", "--format", "json")).Json;
        Assert.Equal("leaf {\"a\":1}", shown.OutputOf("mid.mid.leaf"));
    }

    [Theory]
    [InlineData("a: { flow: pakage }", "f.yaml:11:14: There is no flow 'pakage'", "Did you mean 'package'?")]
    [InlineData("a: { flow: package, with: { verison: 1 } }", "f.yaml:11:31: Flow 'package' has no input 'verison'",
        "Did you mean 'version'?")]
    [InlineData("a: { flow: package }", "f.yaml:11:14: Input 'version' (integer) of flow 'package' is missing", "")]
    [InlineData("a: { flow: package, with: { version: soon } }", "f.yaml:11:40: Input 'version'", "is an integer, and")]
    [InlineData("a: { flow: package, with: { version: 1 }, env: { A: b } }", "f.yaml:11:50: 'env' is for tasks", "")]
    [InlineData("a: { flow: package, run: echo }", "f.yaml:11:6: Task 'a' has 'run' and 'flow', and may", "")]
    [InlineData("a: { flow: f }", "f.yaml:11:14: Flows run each other in a circle: f -> f.", "")]
    [InlineData("a: { flow: nowhere.yaml }", "f.yaml:11:14: There is no file '", "nowhere.yaml'.")]
    [InlineData("a: { flow: { tasks: { x: { run: echo, whenn: y } } } }", "f.yaml:11:41: Task 'x' has no key 'whenn'.",
        "Did you mean 'when'?")]
    [InlineData("a: { flow: { tasks: { x: { run: a }, y: { run: b } } } }", "f.yaml:11:14: The result of flow 'a'",
        "name the task under 'result'")]
    [InlineData("a: { flow: package, with: { version: \"${needs.b}\" } }", "f.yaml:11:40: '${needs.b}' names no", "")]
    [InlineData("a: { flow: package, with: { version: \"${item}\" } }", "f.yaml:11:40: '${item}' has no value", "")]
    [InlineData("b: { run: echo }\n  a: { needs: b, flow: package, with: { version: 1 } }",
        "f.yaml:12:15: Flow 'package' has no input 'b'", "")]
    public async Task Each_fault_of_a_nested_flow_has_its_place(string tasks, string message, string more)
    {
        _command.File("f.yaml", $"flow: f\n{Package.TrimEnd()}\ntasks:\n  {tasks}\n");

        var ran = await CommandLine.RunAsync("validate", _command.PathOf("f.yaml"));

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains(message, ran.Errors, StringComparison.Ordinal);
        Assert.Contains(more, ran.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("reasons:", ran.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_of_all_files_and_of_flows_that_nobody_runs_are_told_at_once()
    {
        _command.File(
            "lib.yaml", "flow: lib\nflows: { unused: { tasks: { x: { run: echo, retry: { attempts: 0 } } } } }\n");
        _command.File("broken.yaml", "flow: [\n");
        var file = _command.File("f.yaml", """
            flow: f
            import: [lib.yaml, broken.yaml, gone.yaml]
            flows:
              a: { tasks: { x: { flow: b } } }
              b: { tasks: { x: { flow: a } } }
            tasks: { t: { run: echo, when: never } }
            """);

        var faults = (await CommandLine.RunAsync("validate", file, "--json")).Json.GetProperty("faults")
            .EnumerateArray().Select(fault => fault.GetProperty("message").GetString()!).ToList();

        string[] parts =
        [
            "'when' is one of", "There is no file", "no valid YAML", "'attempts' is 0", "in a circle: a -> b -> a.",
        ];
        Assert.All(parts, part => Assert.Single(faults, fault => fault.Contains(part, StringComparison.Ordinal)));
        Assert.Equal(parts.Length, faults.Count);
    }

    [Fact]
    public async Task The_time_of_a_flow_is_that_of_the_task_that_runs_it_once()
    {
        const string Flow = """
            flow: f
            flows: { slow: { timeout: 100ms, tasks: { a: { run: sleep 60 } } } }
            tasks: { t: { flow: slow } }
            """;
        var (exitCode, report) = await _command.ReportOfAsync(Flow);
        var file = _command.File(
            "g.yaml", Flow.Replace("flow: slow", "map: [1], flow: slow", StringComparison.Ordinal));

        Assert.Equal(1, exitCode);
        Assert.Equal("failed", StatusOf(report, "t"));
        Assert.Contains(
            "where its 'timeout' means nothing", (await CommandLine.RunAsync("validate", file)).Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_import_each_other_are_refused()
    {
        _command.File("a.yaml", "flow: a\nimport: b.yaml\ntasks: { x: { run: echo } }\n");
        _command.File("b.yaml", "flow: b\nimport: a.yaml\ntasks: { x: { run: echo } }\n");

        var ran = await CommandLine.RunAsync("validate", _command.PathOf("a.yaml"));

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("run each other in a circle: ", ran.Errors, StringComparison.Ordinal);
    }

    private static string? StatusOf(System.Text.Json.JsonElement report, string task) =>
        CommandLine.TaskOf(report, task).GetProperty("status").GetString();

    public void Dispose() => _command.Dispose();
}
