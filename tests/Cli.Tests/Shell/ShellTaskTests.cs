namespace ActorFlow.Cli.Tests.Shell;

public sealed class ShellTaskTests : IDisposable
{
    private readonly CommandLine _command = new();

    [Fact]
    public async Task What_it_prints_is_its_output_and_reaches_the_next_by_a_variable()
    {
        var (exit, report) = await _command.ReportOfAsync("""
            flow: f
            tasks:
              count: { run: "printf 'a b c' | wc -w" }
              twice: { needs: { n: count }, run: "echo $((N * 2))", output: json }
              listed: { needs: [twice, count], run: 'echo "$TWICE $COUNT"' }
            """);
        Assert.Equal(0, exit);
        Assert.Equal("3", OutputOf(report, "count").GetString()!.Trim());
        Assert.Equal(6, OutputOf(report, "twice").GetInt32());
        Assert.Equal("6 3", OutputOf(report, "listed").GetString());
    }

    [Fact]
    public async Task Values_are_never_part_of_the_command_text()
    {
        var marker = _command.PathOf("executed");
        var evil = $"'; touch {marker}; echo \"$(touch {marker})`touch {marker}`\n${{x}} end";
        var (exit, report) = await _command.ReportOfAsync("""
            flow: f
            input: { text: string }
            tasks:
              first: { run: 'printf %s "$TEXT"', env: { TEXT: "${input.text}" } }
              second: { needs: { first: first }, run: 'printf %s "$FIRST"', env: { MORE: "<${needs.first}>" } }
              third: { needs: { first: first }, run: 'printf %s "$MORE"', env: { MORE: "<${needs.first}>" } }
            """, "--set", $"text={evil}");
        Assert.Equal(0, exit);
        Assert.Equal(evil, OutputOf(report, "first").GetString());
        Assert.Equal(evil, OutputOf(report, "second").GetString());
        Assert.Equal($"<{evil}>", OutputOf(report, "third").GetString());
        Assert.False(File.Exists(marker));
    }

    [Fact]
    public async Task A_field_of_an_output_and_the_whole_input_are_variables_too()
    {
        var (exit, report) = await _command.ReportOfAsync("""
            flow: f
            input: { a: integer, b: { type: list, default: [1, 2] } }
            tasks:
              make: { run: 'echo "{\"x\": {\"y\": [1, true]}}"', output: json }
              use: { needs: { y: make.x.y }, run: 'echo "$Y $INPUT"' }
            """, "--set", "a=5");
        Assert.Equal(0, exit);
        Assert.Equal("[1,true] {\"a\":5,\"b\":[1,2]}", OutputOf(report, "use").GetString());
    }

    [Fact]
    public async Task A_time_out_ends_the_process_with_all_of_its_children()
    {
        var marks = _command.PathOf("marks");
        var (exit, report) = await _command.ReportOfAsync($$"""
            flow: f
            tasks:
              slow:
                run: |
                  sh -c 'echo $$ >> {{marks}}; exec sleep 1000' &
                  sh -c 'trap "" TERM; echo $$ >> {{marks}}; while :; do sleep 1000; done' &
                  echo $$ >> {{marks}}
                  sleep 1000
                timeout: 700ms
            """);
        Assert.Equal(1, exit);
        var task = CommandLine.TaskOf(report, "slow");
        Assert.Equal("System.TimeoutException", ErrorOf(task, "type"));
        Assert.Equal("Task 'slow' did not end within 700 ms.", ErrorOf(task, "message"));
        var processes = await File.ReadAllLinesAsync(marks);
        Assert.Equal(3, processes.Length);
        await Waiting.UntilAsync(() => !Array.Exists(processes, OtherProcess.Runs));
    }

    [Fact]
    public async Task Standard_input_is_empty_and_a_child_in_the_background_holds_up_nothing()
    {
        var (exit, report) = await _command.ReportOfAsync("""
            flow: f
            tasks:
              a: { run: 'cat; sleep 20 & echo $!' }
              b: { needs: [a], run: 'kill "$A"; echo killed' }
            """);
        Assert.Equal(0, exit);
        Assert.Equal("killed", OutputOf(report, "b").GetString());
    }

    [Fact]
    public async Task An_exit_code_is_a_failure_that_a_policy_can_name()
    {
        var (exit, report) = await _command.ReportOfAsync("""
            flow: f
            tasks:
              flaky:
                run: 'echo "attempt $ACTORFLOW_ATTEMPT" >&2; [ "$ACTORFLOW_ATTEMPT" = 3 ] || exit 75'
                retry: { attempts: 5, initial: 1ms, on: ["exit 75"] }
              other:
                run: 'echo no >&2; exit 76'
                retry: { attempts: 5, initial: 1ms, on: ["exit 75"] }
              killed: { run: 'kill -9 $$' }
            """);
        Assert.Equal(1, exit);
        Assert.Equal(3, CommandLine.TaskOf(report, "flaky").GetProperty("attempts").GetInt32());
        var other = CommandLine.TaskOf(report, "other");
        Assert.Equal((1, "exit 76"), (other.GetProperty("attempts").GetInt32(), ErrorOf(other, "type")));
        Assert.StartsWith("the command ended with exit code 76: no (its output: ", ErrorOf(other, "message"),
            StringComparison.Ordinal);
        Assert.Equal("signal 9", ErrorOf(CommandLine.TaskOf(report, "killed"), "type"));
    }

    [Fact]
    public async Task Too_much_output_is_an_error_and_all_of_it_is_in_the_log()
    {
        var (exit, report) = await _command.ReportOfAsync("""
            flow: f
            tasks:
              enough: { run: "head -c 4194304 /dev/zero | tr '\\0' x" }
              loud: { run: "head -c 4194305 /dev/zero | tr '\\0' x" }
            """, "--job", "j");
        Assert.Equal(1, exit);
        Assert.Equal(4194304, OutputOf(report, "enough").GetString()!.Length);
        var log = Path.Combine(_command.Data, "logs", "j", "loud.1.log");
        Assert.Equal(
            $"Task 'loud' printed 4194305 bytes; an output may have 4194304. All of it is in '{log}'. "
            + "Let it write a file and print the file's path.",
            ErrorOf(CommandLine.TaskOf(report, "loud"), "message"));
        Assert.Equal(4194305, new FileInfo(log).Length);
    }

    [Fact]
    public async Task Output_that_is_to_be_json_and_is_not_says_where()
    {
        var (exit, report) = await _command.ReportOfAsync("""
            flow: f
            tasks: { a: { run: "echo '[1,'", output: json } }
            """);
        Assert.Equal(1, exit);
        var error = ErrorOf(CommandLine.TaskOf(report, "a"), "message");
        Assert.StartsWith("Task 'a' has 'output: json', but what it printed is no JSON:", error,
            StringComparison.Ordinal);
        Assert.EndsWith("(line 1, column 3)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_with_half_a_surrogate_pair_is_no_json()
    {
        var (exit, report) = await _command.ReportOfAsync("""
            flow: f
            tasks: { a: { run: "printf '%s' '[\"\\ud800\"]'", output: json } }
            """);
        Assert.Equal(1, exit);
        var error = ErrorOf(CommandLine.TaskOf(report, "a"), "message");
        Assert.EndsWith("has half a surrogate pair. (line 1, column 2)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scratch_directory_is_removed_and_a_log_stays_for_each_attempt()
    {
        var (exit, report) = await _command.ReportOfAsync("""
            flow: f
            tasks:
              a:
                run: 'touch "$SCRATCH/x"; echo "$SCRATCH"; echo e >&2; [ "$ACTORFLOW_ATTEMPT" = 2 ]'
                retry: { attempts: 2, initial: 1ms }
            """, "--job", "j");
        Assert.Equal(0, exit);
        Assert.False(Directory.Exists(OutputOf(report, "a").GetString()));
        Assert.Equal(
            ["a.1.log", "a.1.log.errors", "a.2.log", "a.2.log.errors"],
            Directory.GetFiles(Path.Combine(_command.Data, "logs", "j")).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData(
        """head -c 200000 /dev/zero | tr '\\0' x""",
        "The value of $VALUE has 200000 characters; the system takes about 128 thousand for one variable. "
        + "Hand over a file's path instead.")]
    [InlineData(
        """printf 'a\\0b'""",
        "The value of $VALUE has a NUL character, which no variable can hold. Hand over a file's path instead.")]
    public async Task A_value_that_no_variable_can_hold_is_an_error_that_says_what_to_do(string command, string message)
    {
        var (exit, report) = await _command.ReportOfAsync($$"""
            flow: f
            tasks:
              value: { run: "{{command}}" }
              use: { needs: { value: value }, run: 'true' }
            """);
        Assert.Equal(1, exit);
        Assert.Equal(message, ErrorOf(CommandLine.TaskOf(report, "use"), "message"));
    }

    public void Dispose() => _command.Dispose();

    private static System.Text.Json.JsonElement OutputOf(System.Text.Json.JsonElement report, string task) =>
        CommandLine.TaskOf(report, task).GetProperty("output");

    private static string? ErrorOf(System.Text.Json.JsonElement task, string field) =>
        task.GetProperty("error").GetProperty(field).GetString();

    [LinuxFact]
    public async Task Who_writes_to_a_pipe_that_nobody_reads_is_ended_by_it()
    {
        var (exit, report) = await _command.ReportOfAsync("""
            flow: f
            tasks: { first: { run: 'while :; do echo line; done | head -1', timeout: 60s } }
            """);
        Assert.Equal((0, "line"), (exit, OutputOf(report, "first").GetString()));
    }

    [Fact]
    public async Task A_need_with_a_hyphen_is_found_in_a_variable_without()
    {
        var (exit, report) = await _command.ReportOfAsync("""
            flow: f
            tasks: { a: { run: echo 7 }, b: { needs: { p-q: a }, run: 'echo "$P_Q"' } }
            """);
        Assert.Equal((0, "7"), (exit, OutputOf(report, "b").GetString()));
    }

    [Fact]
    public async Task Output_is_UTF_8_whatever_it_begins_with()
    {
        var (_, report) = await _command.ReportOfAsync("""
            flow: f
            tasks: { a: { run: "printf '\\377\\376abcd'" } }
            """);
        Assert.Equal("\ufffd\ufffdabcd", OutputOf(report, "a").GetString());
    }

    [Fact]
    public async Task An_input_that_is_too_long_for_a_variable_fails_only_who_wants_to_read_it()
    {
        var input = _command.File("input.json", $$"""{ "text": "{{new string('x', 200_000)}}" }""");
        var (exit, report) = await _command.ReportOfAsync("""
            flow: f
            input: { text: string }
            tasks: { a: { run: echo 7 }, b: { run: 'echo "$INPUT" | wc -c' } }
            """, "--input", input);
        Assert.Equal((1, "7"), (exit, OutputOf(report, "a").GetString()));
        Assert.Equal(1, report.GetProperty("counts").GetProperty("failed").GetInt32());
    }
}
