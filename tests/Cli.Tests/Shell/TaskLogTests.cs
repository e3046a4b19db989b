using Microsoft.Extensions.Logging;

namespace ActorFlow.Cli.Tests.Shell;

/// <summary>A task that logs what it is given.</summary>
public sealed class TalkingTask : SyncTask<int, int>
{
    public override int Run(int input, TaskContext context)
    {
        context.Logger.LogInformation("heard {Value}", input);
        return input;
    }
}

/// <summary>What .NET tasks log lies where the output of shell tasks does.</summary>
public sealed class TaskLogTests : IDisposable
{
    private const string Flow = """
        flow: talks
        tasks:
          talk: { uses: TalkingTask, with: { value: 3 } }
          shell: { run: echo printed }
        """;

    private readonly CommandLine _command = new();

    [Fact]
    public async Task What_a_dotnet_task_logs_is_in_a_file_beside_those_of_shell_tasks()
    {
        Assert.Equal(0, (await RunAsync("--data", _command.Data)).ExitCode);
        var logs = Path.Combine(_command.Data, "logs", "j");
        Assert.EndsWith(
            "INF heard 3\n", await File.ReadAllTextAsync(Path.Combine(logs, "talk.1.log")), StringComparison.Ordinal);
        Assert.Equal("printed\n", await File.ReadAllTextAsync(Path.Combine(logs, "shell.1.log")));
    }

    [Fact]
    public async Task It_is_in_the_log_of_the_run_too_with_job_task_and_attempt()
    {
        var log = _command.PathOf("run.log");
        Assert.Equal(0, (await RunAsync("--data", _command.Data, "--log", log)).ExitCode);
        Assert.Contains(" INF [j talk 1] heard 3\n", await File.ReadAllTextAsync(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_memory_nothing_is_written()
    {
        Assert.Equal(0, (await RunAsync("--in-memory", "--data", _command.Data)).ExitCode);
        Assert.False(Directory.Exists(_command.Data));
    }

    private Task<CommandResult> RunAsync(params string[] more) => CommandLine.RunAsync(
        [
            "run", _command.File("flow.yaml", Flow), "--job", "j", "--quiet",
            "--tasks", typeof(TalkingTask).Assembly.Location, .. more,
        ]);

    public void Dispose() => _command.Dispose();
}
