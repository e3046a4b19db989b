namespace ActorFlow.Cli.Tests.Commands;

/// <summary>Unfinished jobs whose flow was edited, and forks of ended ones.</summary>
public sealed class ChangedFlowTests : IDisposable
{
    private const string Environment = ", env: { NAME: \"${input.name}\" }";

    private readonly CommandLine _command = new();

    private string Marks => _command.PathOf("marks");

    private string File => _command.PathOf("flow.yaml");

    [Fact]
    public async Task A_job_goes_on_with_the_file_as_it_is_now_and_keeps_what_did_not_change()
    {
        await InterruptAsync();
        WriteFlow("echo second");
        var resumed = await _command.InDataAsync("resume", "c1", "--changed", "keep");
        Assert.Equal((0, ""), (resumed.ExitCode, resumed.Errors));
        Assert.Equal(["first", "third"], await ReadMarksAsync());
        Assert.Contains("Its flow was replaced at ", resumed.Output, StringComparison.Ordinal);
        Assert.Matches("succeeded +first +1 .* kept\n", resumed.Output);

        var shown = await _command.InDataAsync("show", "c1", "--events");
        Assert.Contains("flow.replaced/1", shown.Output, StringComparison.Ordinal);
        Assert.Contains("flow control, 3 tasks, 1 result taken over", shown.Output, StringComparison.Ordinal);
        Assert.Contains("third  attempt 1", shown.Output, StringComparison.Ordinal);
        var why = await _command.InDataAsync("why", "c1", "second");
        Assert.Contains("It ran again because the job's flow was replaced.", why.Output, StringComparison.Ordinal);
        var dumped = await _command.InDataAsync("journal", "dump");
        Assert.Contains("flow.replaced/1", dumped.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_runs_all_again_and_refuse_names_the_difference()
    {
        await InterruptAsync();
        WriteFlow("echo second");
        var refused = await _command.InDataAsync("resume", "c1", "--changed", "refuse");
        Assert.Equal(2, refused.ExitCode);
        Assert.Equal(
            "actorflow: Job 'c1' cannot go on, because its flow changed: task 'third' added; task 'second' changed. "
            + "To go on with the flow as it is now, resume it with --changed keep (or restart).\n",
            refused.Errors);
        var restarted = await _command.InDataAsync("resume", "c1", "--changed", "restart", "--flow", File);
        Assert.Equal((0, ""), (restarted.ExitCode, restarted.Errors));
        Assert.Equal(["first", "first", "third"], await ReadMarksAsync());
    }

    [Fact]
    public async Task A_job_that_has_ended_keeps_its_flow_and_is_forked_instead()
    {
        await InterruptAsync();
        WriteFlow("echo second");
        await _command.InDataAsync("resume", "c1", "--changed", "keep");
        var ended = await _command.InDataAsync("resume", "c1", "--changed", "restart");
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("actorflow fork c1 FLOW --from TASK", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choices_that_make_no_sense_are_bad_usage()
    {
        await InterruptAsync();
        var other = await _command.InDataAsync("resume", "c1", "--changed", "perhaps");
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("'perhaps'", other.Errors, StringComparison.Ordinal);
        var all = await _command.InDataAsync("resume", "--flow", File);
        Assert.Equal(2, all.ExitCode);
        Assert.StartsWith(
            "actorflow: --flow is the flow of one job: name the job.", all.Errors, StringComparison.Ordinal);
        System.IO.File.Delete(File);
        var gone = await _command.InDataAsync("resume", "c1", "--changed", "keep");
        Assert.Contains("is not there any more: name it with --flow.", gone.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fork_shares_what_comes_before_and_takes_other_inputs()
    {
        WriteFlow("echo $NAME; test $NAME = good", "input: { name: string }");
        var failed = await _command.InDataAsync("run", File, "--job", "old", "--set", "name=bad", "--quiet");
        Assert.Equal(1, failed.ExitCode);
        var forked = await _command.InDataAsync("fork", "old", "--from", "second", "--id", "new", "--set", "name=good");
        Assert.Equal((0, ""), (forked.ExitCode, forked.Errors));
        Assert.Contains(
            "It is a fork of job 'old', from task 'second' on.", forked.Output, StringComparison.Ordinal);
        Assert.Contains("shared from old", forked.Output, StringComparison.Ordinal);
        Assert.Equal(["first", "third"], await ReadMarksAsync());

        var other = _command.File("other.yaml", Flow("echo other", "input: { name: string }"));
        var edited = await _command.InDataAsync("fork", "old", other, "--from", "second", "--job", "edited");
        Assert.Equal((0, ""), (edited.ExitCode, edited.Errors));
        var wrong = await _command.InDataAsync("fork", "old", "--from", "third");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains(
            "Task 'second', which 'third' needs, has no result to share: it is failed.", wrong.Errors,
            StringComparison.Ordinal);
        Assert.Contains("--from", (await _command.InDataAsync("fork", "old")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_forks_from_what_a_task_has_added_is_told_to_fork_from_that_task()
    {
        var file = _command.File("k.yaml", """
            flow: k
            tasks:
              m: { map: [1, 2, 3], run: echo }
              n: { flow: { tasks: { inner: { run: echo } } } }
            """);
        Assert.Equal(0, (await _command.InDataAsync("run", file, "--job", "k")).ExitCode);
        var names = (await _command.InDataAsync("report", "k", "--json")).Json.GetProperty("tasks").EnumerateArray()
            .Select(task => task.GetProperty("name").GetString()!).Where(name => name.Length > 1).ToList();
        Assert.Equal(4, names.Count);
        foreach (var name in names)
        {
            var forked = await _command.InDataAsync("fork", "k", "--from", name);
            Assert.Equal(
                (2, $"actorflow: Task '{name}' is one that '{name[0]}' adds while a job runs: fork from "
                    + $"'{name[0]}'.\n"),
                (forked.ExitCode, forked.Errors));
        }

        var wrong = await _command.InDataAsync("fork", "k", "--from", "x[7]");
        Assert.Equal((2, "actorflow: Flow 'k' has no task 'x[7]'.\n"), (wrong.ExitCode, wrong.Errors));
    }

    [Fact]
    public async Task A_fork_with_another_input_runs_commands_beside_again_that_see_it()
    {
        await System.IO.File.WriteAllTextAsync(File, $$"""
            flow: seeing
            input: { name: string }
            tasks:
              variable: { run: 'echo "$NAME" >> {{Marks}}', env: { NAME: "${input.name}" } }
              whole: { after: [variable], run: 'echo "$INPUT" >> {{Marks}}' }
              asking: { after: [whole], if: input.name == 'two', run: echo asked >> {{Marks}} }
              main: { run: "true" }
            """);
        await _command.InDataAsync("run", File, "--job", "old", "--set", "name=one", "--quiet");
        var forked = await _command.InDataAsync("fork", "old", "--from", "main", "--set", "name=two", "--quiet");
        Assert.Equal((0, ""), (forked.ExitCode, forked.Errors));
        Assert.Equal(["one", """{"name":"one"}""", "two", """{"name":"two"}""", "asked"], await ReadMarksAsync());
    }

    [Fact]
    public async Task A_job_does_not_go_on_with_a_file_that_wants_an_input_which_it_has_not()
    {
        await InterruptAsync();
        WriteFlow("echo $NAME", "input: { name: { type: string, default: some } }");
        var refused = await _command.InDataAsync("resume", "c1", "--changed", "keep");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("'name'", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(["first"], await ReadMarksAsync());
    }

    [Fact]
    public async Task A_fork_has_the_defaults_of_the_file_that_it_is_given()
    {
        WriteFlow("false");
        await _command.InDataAsync("run", File, "--job", "old", "--quiet");
        WriteFlow("echo $NAME >> " + Marks, "input: { name: { type: string, default: some } }");
        var forked = await _command.InDataAsync("fork", "old", File, "--from", "second", "--quiet");
        Assert.Equal((0, ""), (forked.ExitCode, forked.Errors));
        Assert.Equal(["first", "some", "third"], await ReadMarksAsync());
    }

    /// <summary>A job whose second task runs for long, when its process ends.</summary>
    private async Task InterruptAsync()
    {
        await System.IO.File.WriteAllTextAsync(File, $$"""
            flow: control
            tasks:
              first: { run: echo first >> {{Marks}} }
              second: { needs: [first], run: sleep 600 }
            """);
        await using var engine = ActorFlowEngine.Create(new ActorFlowOptions { DataDirectory = _command.Data });
        var job = await engine.SubmitAsync(
            JobPackage.Of(File).Executable(), Payload.None, new JobOptions { Id = new JobId("c1") });
        await foreach (var fact in job.ReadEventsAsync())
            if (fact is JobEvent.TaskStarted { Task: 1 }) break;
    }

    private void WriteFlow(string second, string input = "") => System.IO.File.WriteAllText(File, Flow(second, input));

    private string Flow(string second, string input) => $$"""
        flow: control
        {{input}}
        tasks:
          first: { run: echo first >> {{Marks}} }
          second: { needs: [first], run: "{{second}}"{{(input.Length > 0 ? Environment : "")}} }
          third: { needs: [second], run: echo third >> {{Marks}} }
        """;

    private Task<string[]> ReadMarksAsync() => System.IO.File.ReadAllLinesAsync(Marks);

    public void Dispose() => _command.Dispose();
}
