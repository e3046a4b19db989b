using System.Diagnostics;
using System.Globalization;

namespace ActorFlow.Cli.Tests.Crashes;

public sealed class LeftOverTests : IDisposable
{
    private readonly CommandLine _command = new();

    [LinuxFact]
    public async Task What_an_engine_runs_is_left_alone_by_one_that_resumes_a_copy_of_its_journal()
    {
        var file = _command.File("copied.yaml", """
            flow: copied
            tasks: { work: { run: 'echo $$ >> begun; while [ ! -e end ]; do sleep 0.02; done' } }
            """);
        using var first = ToolProcess.Start(_command.Directory, "run", file, "--job", "j", "--data", "A", "--quiet");
        await Waiting.UntilAsync(() => Begun() == 1 || first.HasEnded);
        using (var copy = Process.Start("cp", ["-r", _command.PathOf("A"), _command.PathOf("B")]))
            await copy.WaitForExitAsync();
        using var second = ToolProcess.Start(_command.Directory, "resume", "j", "--data", "B", "--quiet");
        await Waiting.UntilAsync(() => Begun() == 2 || second.HasEnded);
        _command.File("end", "");
        var original = await first.EndAsync();
        Assert.Equal((0, ""), (original.ExitCode, original.Errors));
        Assert.Equal(0, (await second.EndAsync()).ExitCode);

        int Begun() => File.Exists(_command.PathOf("begun")) ? File.ReadAllLines(_command.PathOf("begun")).Length : 0;
    }

    [LinuxFact]
    public async Task What_a_lost_attempt_left_running_is_killed_before_the_next_and_what_a_success_left_is_not()
    {
        // The shell and its child outlive the tool; a process that is gone or a zombie runs no more.
        var file = _command.File(
            "left.yaml",
            """
            flow: left
            tasks:
              server: { run: 'sleep 1000 & echo $! > server.pid' }
              work:
                needs: server
                run: |
                  runs() { grep -q '^State:.[^Z]' "/proc/$(cat "$1")/status" 2> /dev/null; }
                  if [ "$ACTORFLOW_ATTEMPT" = 1 ]; then
                    sleep 1001 & echo $! > child.pid
                    echo $$ > shell.new; mv shell.new shell.pid
                    wait
                  fi
                  ! runs child.pid && ! runs shell.pid && runs server.pid
            """);
        using var life = ToolProcess.Start(_command.Directory, "run", file, "--job", "j", "--quiet");
        await Waiting.UntilAsync(() => File.Exists(_command.PathOf("shell.pid")) || life.HasEnded);
        life.Kill();
        await life.EndAsync();

        using var server = Process.GetProcessById(PidIn("server.pid"));
        using var child = Process.GetProcessById(PidIn("child.pid"));
        try
        {
            var next = await ToolProcess.RunAsync(_command.Directory, "resume", "j", "--log", "log.txt");
            Assert.True(next.ExitCode == 0, next.Output + next.Errors);
            Assert.Contains(
                "Job j goes on: 2 processes that its lost attempts had left were killed",
                await File.ReadAllTextAsync(_command.PathOf("log.txt")), StringComparison.Ordinal);
        }
        finally
        {
            server.Kill();
            child.Kill();
        }
    }

    private int PidIn(string file) =>
        int.Parse(File.ReadAllText(_command.PathOf(file)), CultureInfo.InvariantCulture);

    public void Dispose() => _command.Dispose();
}
