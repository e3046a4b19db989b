namespace ActorFlow.Cli.Tests.Flows;

/// <summary>The list of faults: in the order of their places, each cause once, each with its code.</summary>
public sealed class FaultListTests : IDisposable
{
    private readonly CommandLine _command = new();

    [Fact]
    public async Task Faults_come_in_the_order_of_their_places_and_those_of_the_file_itself_first()
    {
        _command.File("a.yaml", "flow: a\ntasks:\n  y: { run: echo, after: z }\n  x: { run: echo, tags: { a: b } }\n");
        var file = _command.File("f.yaml", """
            flow: f
            import: a.yaml
            tasks:
              late: { needs: nobody, run: echo, retry: { attempts: 0 }, prioriti: 1 }
              early: { run: echo, when: never }
              cycle: { needs: cycle, run: echo }
            parallel: 0
            result: lost
            """);

        var ran = await CommandLine.RunAsync("validate", file);

        Assert.Equal(2, ran.ExitCode);
        Assert.Equal(
            [
                "f.yaml:4:18", "f.yaml:4:56", "f.yaml:4:61", "f.yaml:5:29", "f.yaml:6:3", "f.yaml:7:11", "f.yaml:8:9",
                "a.yaml:3:26", "a.yaml:4:25",
            ],
            ran.Errors.Split("\n  ").Skip(1).Select(line =>
                string.Join(':', line.Split('/')[^1].Split(':').Take(3))));
    }

    [Fact]
    public async Task A_file_that_is_missing_is_one_fault_and_not_those_of_all_who_use_it()
    {
        await Refuses("""
            flow: f
            import: { gone: §gone.yaml }
            tasks:
              a: { flow: gone }
              b: { flow: gone.part }
            """, $"There is no file '{_command.PathOf("gone.yaml")}'.");
        await Refuses("""
            flow: f
            import: [§gone.yaml]
            tasks:
              a: { flow: other }
            """, $"There is no file '{_command.PathOf("gone.yaml")}'.");
        await Refuses("flow: f\nimport: §gone.yaml\n", $"There is no file '{_command.PathOf("gone.yaml")}'.");
    }

    [Fact]
    public async Task A_name_that_no_missing_file_can_have_is_a_fault_beside_it()
    {
        var file = _command.File("f.yaml", """
            flow: f
            import: { gone: gone.yaml }
            flows: { part: { tasks: { x: { run: echo } } } }
            tasks: { a: { flow: prt }, b: { flow: nothing } }
            """);

        var messages = await MessagesAsync(file);

        Assert.Equal(3, messages.Count);
        Assert.StartsWith("There is no file", messages[0], StringComparison.Ordinal);
        Assert.EndsWith("Did you mean 'part'?", messages[1], StringComparison.Ordinal);
        Assert.StartsWith("There is no flow 'nothing'", messages[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_circle_of_flows_is_one_fault()
    {
        await Refuses("""
            flow: f
            flows:
              a: { input: { n: integer }, tasks: { x: { flow: b }, y: { flow: b } } , result: x }
              b: { tasks: { x: { flow: §a, with: { n: 1 } }, y: { flow: a, with: { n: 2 } } }, result: x }
              c: { tasks: { x: { flow: a, with: { n: 1 } } } }
            tasks: { x: { flow: c }, y: { flow: b } }
            """, "Flows run each other in a circle: a -> b -> a.");
        await Refuses("""
            flow: f
            tasks: { x: { flow: §f }, y: { flow: f } }
            """, "Flows run each other in a circle: f -> f.");
        _command.File("b.yaml", "flow: b\nimport: f.yaml\ntasks: { x: { flow: f } }\n");
        var messages = await MessagesAsync(_command.File(
            "f.yaml", "flow: f\nimport: b.yaml\ntasks: { x: { flow: b }, y: { flow: b } }\n"));
        Assert.StartsWith("Flows run each other in a circle: ", Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("map: [1], choose: §[{ run: echo }], match: 1", "map")]
    [InlineData("map: [1], repeat: §2, initial: 0, run: echo", "map")]
    [InlineData("matrix: { a: [1] }, while: §round < 2, max: 3, run: echo", "matrix")]
    [InlineData("repeat: 2, choose: §[{ run: echo }]", "repeat")]
    public async Task A_task_of_two_shapes_has_one_fault(string task, string first)
    {
        await Refuses(
            $"flow: f\ntasks:\n  a: {{ {task} }}\n",
            $"Task 'a' has '{first}' already, and only one of 'map', 'matrix', 'repeat', 'while' or 'until', "
            + "'choose', 'states', 'generate', and 'stream'; put one of them into a flow of its own.");
    }

    [Theory]
    [InlineData("flow: f\ntasks: §[a]\n", "'tasks' is a mapping of names to tasks.")]
    [InlineData("flow: f\ntasks: { a: §5 }\n", "Task 'a' is a mapping, with keys such as run, uses, flow.")]
    public async Task What_is_no_mapping_is_told_once(string flow, string message) => await Refuses(flow, message);

    [Theory]
    [InlineData("tasks: { a: [", "badSyntax")]
    [InlineData("tasks: { a: { rnn: echo, run: x } }", "unknownKey")]
    [InlineData("tasks: { a: { env: {} } }", "missingKey")]
    [InlineData("tasks: { a: { run: echo, max: 3 } }", "misplaced")]
    [InlineData("tasks: { a: { run: echo, when: never } }", "badValue")]
    [InlineData("tasks: { a: { run: echo, if: 5 } }", "badExpression")]
    [InlineData("tasks: { a: { run: echo, if: \"1 +\" } }", "badExpression")]
    [InlineData("tasks: { a: { run: echo, if: inputs.x } }", "unknownReference")]
    [InlineData("tasks: { a: { run: echo, env: { A: \"${needs.x}\" } } }", "unknownReference")]
    [InlineData("tasks: { a: { flow: other } }", "unknownFlow")]
    [InlineData("tasks: { a: { flow: other.yaml } }", "unreadableFile")]
    [InlineData("tasks: { a: { run: echo, needs: b } }", "unknownTask")]
    [InlineData("tasks: { a: { run: echo }, A: { run: echo } }", "duplicateName")]
    [InlineData("tasks: { a: { run: echo, retry: { attempts: 0 } } }", "badPolicy")]
    [InlineData("tasks: { a: { run: echo, needs: a } }", "cycle")]
    [InlineData("tasks: {}", "noTasks")]
    [InlineData("tasks: { \"a b\": { run: echo } }", "badName")]
    [InlineData("input: { n: { type: integer, default: x } }\ntasks: { a: { run: echo } }", "typeMismatch")]
    [InlineData("flows: { g: { input: { n: any }, tasks: { x: { run: echo } } } }\ntasks: { a: { flow: g } }",
        "unbound")]
    [InlineData("result: b\ntasks: { a: { run: echo } }", "unknownTask")]
    public async Task Each_fault_has_its_code_and_its_place(string flow, string code)
    {
        var file = _command.File("f.yaml", $"flow: f\n{flow}\n");

        var ran = await CommandLine.RunAsync("validate", file, "--json");

        Assert.Equal(2, ran.ExitCode);
        var fault = Assert.Single(ran.Json.GetProperty("faults").EnumerateArray());
        Assert.Equal(code, fault.GetProperty("code").GetString());
        Assert.StartsWith($"{file}:", fault.GetProperty("location").GetString(), StringComparison.Ordinal);
    }

    private static async Task<List<string>> MessagesAsync(string file) =>
        [.. (await CommandLine.RunAsync("validate", file, "--json")).Json.GetProperty("faults").EnumerateArray()
            .Select(fault => fault.GetProperty("message").GetString()!)];

    private async Task Refuses(string flow, string message)
    {
        var (file, place) = _command.Marked(flow);
        var ran = await CommandLine.RunAsync("validate", file);
        Assert.Equal($"actorflow: Flow 'f' is not valid: {place}: {message}\n", ran.Errors);
        Assert.Equal(2, ran.ExitCode);
    }

    public void Dispose() => _command.Dispose();
}
