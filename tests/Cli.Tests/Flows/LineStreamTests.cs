namespace ActorFlow.Cli.Tests.Flows;

/// <summary>Tasks that run something for each line that their command prints.</summary>
public sealed class LineStreamTests : IDisposable
{
    private static readonly string Assembly = typeof(LineStreamTests).Assembly.Location;

    private readonly CommandLine _command = new();

    [Fact]
    public async Task Lines_are_items_whose_results_are_a_list_in_their_order()
    {
        var (exitCode, report) = await _command.ReportOfAsync("""
            flow: lines
            input: { mark: string }
            tasks:
              sign: { run: echo '!' }
              photos:
                needs: sign
                run: 'printf "sea\nhill\r\n\nlast"; echo no item >&2'
                stream: lines
                each: { run: 'echo "$KEY $ITEM$SIGN$M"', env: { M: "${input.mark}" } }
              page: { needs: photos, run: 'echo "$PHOTOS"' }
              none: { run: 'true', stream: lines, each: { run: exit 1 } }
            """, "--set", "mark=?", "--parallel", "1");

        Assert.Equal(0, exitCode);
        Assert.Equal("""["0 sea!?","1 hill!?","2 !?","3 last!?"]""", report.OutputOf("page"));
        Assert.Equal("1 hill!?", report.OutputOf("photos[1]"));
        Assert.Equal("[]", report.OutputOf("none"));
    }

    [Fact]
    public async Task Lines_of_json_are_values_for_flows_and_tasks_of_net()
    {
        var (exitCode, report) = await _command.ReportOfAsync("""
            flow: json
            flows:
              one:
                input: { item: object, key: integer }
                tasks:
                  first: { run: 'echo $((V + K))', env: { V: "${input.item.v}", K: "${input.key}" }, output: json }
                  second: { needs: first, run: 'echo $((FIRST * 10))', output: json }
            tasks:
              flow: { run: "printf '{\"v\": 1}\\n\\n{\"v\": 2}\\n'", stream: json, each: { flow: one } }
              net: { run: "printf '[1, 2]\\n[3]'", stream: json, buffer: 1, each: { uses: numbers.sum } }
            """, "--tasks", Assembly);

        Assert.Equal(0, exitCode);
        Assert.Equal("[10,30]", report.OutputOf("flow"));
        Assert.Equal("3", report.OutputOf("flow[1].first"));
        Assert.Equal("[3,3]", report.OutputOf("net"));
    }

    [Fact]
    public async Task Items_run_as_they_come_and_the_command_goes_on_meanwhile()
    {
        var done = _command.PathOf("done");
        var (exitCode, _) = await _command.ReportOfAsync($$"""
            flow: live
            tasks:
              a:
                timeout: 60s
                run: |
                  echo first
                  until test -e '{{done}}'; do sleep 0.05; done
                  echo second
                stream: lines
                each: { run: 'touch "{{done}}"' }
            """);

        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task No_more_items_are_under_way_than_the_buffer_holds()
    {
        var (exitCode, report) = await _command.ReportOfAsync($$"""
            flow: buffer
            tasks:
              a:
                run: seq 6
                stream: lines
                buffer: 2
                each:
                  run: 'cd {{_command.Directory}}; touch "at-$KEY"; ls at-* | wc -l; sleep 0.05; rm "at-$KEY"'
                  output: json
            """, "--parallel", "8");

        Assert.Equal(0, exitCode);
        Assert.All(
            CommandLine.TaskOf(report, "a").GetProperty("output").EnumerateArray(),
            count => Assert.InRange(count.GetInt32(), 1, 2));
    }

    [Fact]
    public async Task A_command_that_fails_fails_the_task_when_its_items_have_ended_and_a_retry_keeps_them()
    {
        var (exitCode, report) = await _command.ReportOfAsync($$"""
            flow: failing
            tasks:
              a:
                retry: { attempts: 2 }
                run: 'echo x; echo y; test "$ACTORFLOW_ATTEMPT" -gt 1 || exit 7; echo z'
                stream: lines
                each: { run: 'echo "$ITEM" >> "{{_command.PathOf("ran")}}"; echo "$ITEM$ITEM"' }
              b: { run: 'echo x; exit 7', stream: lines, each: { run: echo ran } }
            """);

        Assert.Equal(1, exitCode);
        Assert.Equal("""["xx","yy","zz"]""", report.OutputOf("a"));
        Assert.Equal(3, (await File.ReadAllLinesAsync(_command.PathOf("ran"))).Length);
        Assert.Equal("ran", report.OutputOf("b[0]"));
        Assert.Equal("exit 7", CommandLine.TaskOf(report, "b").GetProperty("error").GetProperty("type").GetString());
    }

    [Fact]
    public async Task An_item_that_fails_for_good_fails_the_task_and_ends_the_command()
    {
        var (exitCode, report) = await _command.ReportOfAsync("""
            flow: failing
            tasks:
              a:
                timeout: 60s
                run: 'echo x; tail -f /dev/null'
                stream: lines
                each: { run: 'test "$ITEM" != x || exit 3', retry: { attempts: 2 } }
            """);

        Assert.Equal(1, exitCode);
        Assert.Equal(2, CommandLine.TaskOf(report, "a[0]").GetProperty("attempts").GetInt32());
        var error = CommandLine.TaskOf(report, "a").GetProperty("error").GetProperty("message").GetString();
        Assert.StartsWith("Task 'a[0]' failed: exit 3: ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo x; test $ACTORFLOW_ATTEMPT -gt 1 || { echo y; exit 7; }", "Task 'a' has 2 items recorded, ")]
    [InlineData("echo x; echo $ACTORFLOW_ATTEMPT; test $ACTORFLOW_ATTEMPT -gt 1", "'a[1]' is another item than the ")]
    public async Task A_command_that_prints_other_lines_when_it_is_retried_fails_the_task(string run, string message)
    {
        var (exitCode, report) = await _command.ReportOfAsync($$"""
            flow: other
            tasks:
              a: { retry: { attempts: 2 }, run: '{{run}}', stream: lines, each: { run: 'echo "$ITEM"' } }
            """);

        Assert.Equal(1, exitCode);
        var error = CommandLine.TaskOf(report, "a").GetProperty("error").GetProperty("message").GetString();
        Assert.StartsWith(message, error, StringComparison.Ordinal);
        Assert.Contains("its command must print the same lines in the same order", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_is_no_json_is_told_with_its_number()
    {
        var (exitCode, report) = await _command.ReportOfAsync("""
            flow: json
            tasks:
              a: { run: "printf '1\\n{a\\n'", stream: json, each: { run: 'echo "$ITEM"' } }
            """);

        Assert.Equal(1, exitCode);
        var error = CommandLine.TaskOf(report, "a").GetProperty("error").GetProperty("message").GetString();
        Assert.StartsWith(
            "Task 'a' has 'stream: json', but what it printed in line 2 is no JSON: ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stream: lines, each: { run: b }", "'stream' is for tasks that 'run' a command.")]
    [InlineData("run: a, stream: word, each: { run: b }", "'stream' is one of lines, json, and 'word' is none")]
    [InlineData("run: a, stream: lines", "A task with 'stream' says under 'each' what runs for an item.")]
    [InlineData("run: a, stream: lines, each: 3", "'each' is a mapping")]
    [InlineData("run: a, stream: lines, each: {}", "'each' has none of 'run', 'uses' and 'flow', and")]
    [InlineData("run: a, stream: lines, each: { rnu: b }", "'each' has no key 'rnu'.")]
    [InlineData("run: a, stream: lines, each: { run: b, env: { X: '${value}' } }", "'${value}' has no value here")]
    [InlineData("run: a, stream: lines, each: { flow: { tasks: { a: { run: b } } }, retry: {} }", "'retry' is")]
    [InlineData("run: a, stream: lines, buffer: 0, each: { run: b }", "'buffer' is 0; it is from 1 to 10000.")]
    [InlineData("run: a, stream: lines, output: json, each: { run: b }", "'output' has no place beside 'stream'")]
    [InlineData("run: a, stream: lines, resources: nproc, each: { run: b }", "'resources' of a task with 'stream'")]
    [InlineData("run: a, stream: lines, map: [1], each: { run: b }", "Task 'a' has 'map' already")]
    [InlineData("run: a, each: { run: b }", "'each' is for tasks with 'stream'.")]
    [InlineData("run: a, buffer: 3", "'buffer' is for tasks with 'stream'.")]
    public async Task Each_fault_of_a_stream_is_told(string task, string message)
    {
        var faults = await _command.FaultsOfAsync($"flow: f\ntasks:\n  a: {{ {task} }}\n");
        Assert.Contains(message, faults, StringComparison.Ordinal);
    }

    public void Dispose() => _command.Dispose();
}
