namespace ActorFlow.Cli.Tests.Flows;

/// <summary>Tasks that run something for each item: lists, mappings, matrices, and their failures.</summary>
public sealed class MapTests : IDisposable
{
    private static readonly string Assembly = typeof(MapTests).Assembly.Location;

    private readonly CommandLine _command = new();

    [Theory]
    [InlineData(1_000, 2, "'matrix' has 1000000 combinations, which take ")]
    [InlineData(1_001, 2, "'matrix' has more than 1000000 combinations.")]
    [InlineData(100_000, 8, "'matrix' has more than 1000000 combinations.")]
    public void A_matrix_that_has_no_room_in_its_job_is_refused_before_it_is_made(int values, int lists, string message)
    {
        var list = ValueTemplate.Of(new YamlDotNet.RepresentationModel.YamlSequenceNode(
            Enumerable.Range(0, values).Select(i => new YamlDotNet.RepresentationModel.YamlScalarNode(
                i.ToString(System.Globalization.CultureInfo.InvariantCulture)))));
        var matrix = new ItemSource.Matrix([.. Enumerable.Range(0, lists).Select(i => ($"axis{i}", list))]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var refused = Assert.Throws<MapItemsException>(() => matrix.Of(null!, areHandedOver: true));

        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 300 * values * lists + 1_000_000);
    }

    [Fact]
    public async Task A_command_runs_for_each_item_and_finds_what_it_needs()
    {
        var (_, report) = await _command.ReportOfAsync("""
            flow: maps
            input: { files: list, size: integer }
            tasks:
              lines: { run: 'printf "a b\nc\n"', output: lines }
              other: { run: echo more }
              list: { needs: [lines, other], map: "${needs.lines}", run: 'echo "$KEY=$ITEM,$OTHER,$LINES"' }
              all: { needs: lines, map: "${needs.lines}", run: 'echo "$X"', env: { X: "${needs.lines}" } }
              mapping: { map: { x: 1, "y z": [2] }, run: 'echo "$KEY:$ITEM"' }
              input: { map: "${input.files}", run: 'echo "$N of $S"', env: { N: "${item.name}", S: "${input.size}" } }
              none: { map: [], run: exit 1 }
            """, "--set", """files=[{"name":"n"}]""", "--set", "size=9");

        Assert.Equal("""["0=a b,more,","1=c,more,"]""", report.OutputOf("list"));
        Assert.Equal("""["a b","c"]""", report.OutputOf("all[1]"));
        Assert.Equal("""{"x":"x:1","y z":"y z:[2]"}""", report.OutputOf("mapping"));
        Assert.Equal("y z:[2]", report.OutputOf("mapping[y%20z]"));
        Assert.Equal("""["n of 9"]""", report.OutputOf("input"));
        Assert.Equal("[]", report.OutputOf("none"));
    }

    [Fact]
    public async Task Why_knows_the_tasks_that_a_map_has_added()
    {
        await _command.ReportOfAsync("""
            flow: maps
            tasks: { m: { map: [1, 2], run: 'exit "$ITEM"', env: { TEXT: "$${item} and $${HOME}" } } }
            """, "--job", "j");
        var why = await _command.InDataAsync("why", "j", "m[1]");
        Assert.Equal((0, ""), (why.ExitCode, why.Errors));
        Assert.StartsWith("Task 'm[1]' ", why.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_that_differ_by_case_only_have_names_of_their_own()
    {
        var (exitCode, report) = await _command.ReportOfAsync("""
            flow: maps
            tasks: { each: { map: { a: 1, "A#2": 2, A: 3 }, run: 'echo "$ITEM"' } }
            """);

        Assert.Equal(0, exitCode);
        Assert.Equal("""{"a":"1","A#2":"2","A":"3"}""", report.OutputOf("each"));
        Assert.Equal("3", report.OutputOf("each[A#3]"));
    }

    [Fact]
    public async Task A_net_task_gets_the_item_or_what_is_said_of_it()
    {
        var (_, report) = await _command.ReportOfAsync("""
            flow: maps
            tasks:
              whole: { map: [[1, 2], [3]], uses: numbers.sum }
              parts: { map: [{ v: 2 }, { v: 3 }], uses: numbers.scale@1, with: { value: "${item.v}", factor: 10 } }
            """, "--tasks", Assembly);

        Assert.Equal("[3,3]", report.OutputOf("whole"));
        Assert.Equal("[20,30]", report.OutputOf("parts"));
    }

    [Fact]
    public async Task A_flow_runs_for_each_item_with_the_fields_that_it_declares()
    {
        var (_, report) = await _command.ReportOfAsync("""
            flow: maps
            flows:
              one:
                input: { item: string, key: integer }
                tasks: { say: { run: 'echo "$K $I"', env: { K: "${input.key}", I: "${input.item}" } } }
              two:
                input: { name: string, common: string }
                tasks:
                  a: { run: 'echo "$N"', env: { N: "${input.name}" } }
                  b: { needs: a, run: 'echo "$A $C"', env: { C: "${input.common}" } }
            tasks:
              common: { run: echo c }
              first: { map: [x, y], flow: one }
              second: { needs: common, map: [{ n: p }], flow: two, with: { name: "${item.n}!" } }
            """);

        Assert.Equal("""["0 x","1 y"]""", report.OutputOf("first"));
        Assert.Equal("""["p! c"]""", report.OutputOf("second"));
        Assert.Equal("p!", report.OutputOf("second[0].a"));
    }

    [Fact]
    public async Task A_matrix_runs_for_all_combinations()
    {
        var (_, report) = await _command.ReportOfAsync("""
            flow: matrix
            input: { numbers: { type: list, default: [1, 2] } }
            tasks:
              m:
                matrix: { letter: [a, b], number: "${input.numbers}" }
                run: 'echo "$X"'
                env: { X: "${matrix.letter}_${item.number}" }
            """);

        Assert.Equal("""["a_1","a_2","b_1","b_2"]""", report.OutputOf("m"));
        Assert.Equal("b_1", report.OutputOf("m[b,1]"));
    }

    [Theory]
    [InlineData("fail-fast", "failed", 2)]
    [InlineData("collect-all", "failed", 3)]
    [InlineData("outcomes", "succeeded", 3)]
    public async Task What_a_failed_item_means_is_said_by_on_error(string mode, string status, int ran)
    {
        var (_, report) = await _command.ReportOfAsync($$"""
            flow: errors
            tasks:
              m: { map: [0, 3, 0], parallel: 1, on-error: {{mode}}, run: 'exit $ITEM' }
            """);

        Assert.Equal(status, CommandLine.TaskOf(report, "m").GetProperty("status").GetString());
        Assert.Equal(ran, report.GetProperty("tasks").EnumerateArray().Count(task =>
            task.GetProperty("name").GetString() != "m" && task.GetProperty("attempts").GetInt32() == 1));
        if (status == "failed") return;
        var outcomes = CommandLine.TaskOf(report, "m").GetProperty("output").EnumerateArray().ToList();
        Assert.Equal("""{"key":0,"phase":"succeeded","value":"","failure":null}""", outcomes[0].GetRawText());
        Assert.Equal("failed", outcomes[1].GetProperty("phase").GetString());
        Assert.Equal("exit 3", outcomes[1].GetProperty("failure").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Each_item_has_the_policies_of_its_task()
    {
        var (exitCode, report) = await _command.ReportOfAsync("""
            flow: policies
            defaults: { retry: { attempts: 2 } }
            tasks:
              m: { map: [1, 2], run: 'test $ACTORFLOW_ATTEMPT = 2' }
            """);

        Assert.Equal(0, exitCode);
        Assert.Equal(2, CommandLine.TaskOf(report, "m[1]").GetProperty("attempts").GetInt32());
    }

    [Theory]
    [InlineData("map: 3, run: echo", "f.yaml:3:13: 'map' is over a list, a mapping, or a reference")]
    [InlineData("map: \"${needs.x}\", run: echo", "f.yaml:3:13: '${needs.x}' names no need of task 'a'.")]
    [InlineData("map: \"${input.flies}\", run: echo", "The flow has no input 'flies'. Did you mean 'files'?")]
    [InlineData("map: \"${input.flise}\", run: echo", "The flow has no input 'flise'. Did you mean 'files'?")]
    [InlineData("map: \"${input.zz}\", run: echo", "The flow has no input 'zz'.\n")]
    [InlineData("{}", "'run', 'uses', 'flow', 'choose', 'states' and 'generate', and needs one of them")]
    [InlineData("map: [1], matrix: { x: [1] }, run: echo", "f.yaml:3:26: Task 'a' has 'map' already")]
    [InlineData("matrix: [1], run: echo", "'matrix' is a mapping of names to lists.")]
    [InlineData("matrix: { x: 1 }, run: echo", "What a 'matrix' combines are lists")]
    [InlineData("map: [1], parallel: 0, run: echo", "'parallel' is 0; it must be at least 1.")]
    [InlineData("map: [1], on-error: colect-all, run: echo", "Did you mean 'collect-all'?")]
    [InlineData("parallel: 2, run: echo", "'parallel' is for tasks with 'map' or 'matrix'.")]
    [InlineData("map: [1], run: echo, env: { A: \"${value}\" }", "'${value}' has no value here: only tasks")]
    [InlineData("map: [1], run: echo, env: { A: \"${itme}\" }", ": A '${' begins no reference")]
    [InlineData("map: [1]", "Task 'a' has none of 'run', 'uses' and 'flow', and needs one of them.")]
    [InlineData("map: [1], run: 'echo ${item}'", "Values never go into the command text")]
    [InlineData("map: [1], run: echo, retry: { attempts: 0 }", "'attempts' is 0; it is from 1 to")]
    public async Task Each_fault_of_a_map_is_told(string task, string message)
    {
        var body = task == "{}" ? task : $"{{ {task} }}";
        var faults = await _command.FaultsOfAsync($"flow: f\ntasks:\n  a: {body}\ninput: {{ files: list }}\n");
        Assert.Contains(message, faults, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_map_over_what_is_no_list_fails_with_the_way_out()
    {
        var (_, report) = await _command.ReportOfAsync("""
            flow: wrong
            tasks:
              text: { run: 'echo "\"a b\""', output: json }
              m: { needs: text, map: "${needs.text}", run: echo }
            """);

        var failure = CommandLine.TaskOf(report, "m").GetProperty("error").GetProperty("message").GetString();
        Assert.Contains("'map' is over the text \"a b\"", failure, StringComparison.Ordinal);
        Assert.Contains("'output: lines'", failure, StringComparison.Ordinal);
    }

    public void Dispose() => _command.Dispose();
}
