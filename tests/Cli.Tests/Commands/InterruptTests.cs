using System.Runtime.InteropServices;

namespace ActorFlow.Cli.Tests.Commands;

public sealed class InterruptTests : IDisposable
{
    private readonly CommandLine _command = new();

    [Theory]
    [InlineData(PosixSignal.SIGINT)]
    [InlineData(PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGHUP)]
    [InlineData(PosixSignal.SIGQUIT)]
    public async Task An_interruption_ends_what_runs_and_says_how_to_go_on(PosixSignal signal)
    {
        var file = _command.File("f.yaml", $$"""
            flow: f
            tasks:
              done: { run: "echo done >> {{_command.PathOf("marks")}}" }
              slow:
                needs: [done]
                run: |
                  echo $$ > {{_command.PathOf("process")}}
                  [ -e {{_command.PathOf("go")}} ] || sleep 1000
            """);
        using var run = ToolProcess.Start(_command.Directory, "run", file, "--job", "j");
        await Waiting.UntilAsync(() => File.Exists(_command.PathOf("process")));
        run.Signal(signal);
        var interrupted = await run.EndAsync();
        Assert.Equal(130, interrupted.ExitCode);
        Assert.Equal("actorflow: interrupted. To go on: actorflow resume j\n", interrupted.Errors);
        Assert.DoesNotContain('\u001b', interrupted.Output);

        _command.File("go", "");
        var resumed = await ToolProcess.RunAsync(_command.Directory, "resume", "j");
        Assert.Equal((0, ""), (resumed.ExitCode, resumed.Errors));
        Assert.Equal(["done"], await File.ReadAllLinesAsync(_command.PathOf("marks")));
    }

    [LinuxFact]
    public async Task Whoever_was_started_to_outlive_its_terminal_goes_on_without_it()
    {
        var file = _command.File("f.yaml", $$"""
            flow: f
            tasks: { a: { run: 'touch began; while [ ! -e go ]; do sleep 0.02; done' } }
            """);
        using var run = ToolProcess.StartWithoutHangUp(_command.Directory, "run", file, "--quiet");
        await Waiting.UntilAsync(() => File.Exists(_command.PathOf("began")) || run.HasEnded);
        run.Signal(PosixSignal.SIGHUP);
        _command.File("go", "");
        var ended = await run.EndAsync();
        Assert.Equal((0, ""), (ended.ExitCode, ended.Errors));
    }

    [Fact]
    public async Task What_does_not_heed_the_interruption_is_killed_with_its_children()
    {
        var file = _command.File("f.yaml", $$"""
            flow: f
            tasks:
              deaf:
                run: |
                  trap "" TERM
                  sh -c 'echo $$ >> {{_command.PathOf("marks")}}; while :; do sleep 1000; done' &
                  echo $$ >> {{_command.PathOf("marks")}}
                  while :; do sleep 1000; done
            """);
        using var run = ToolProcess.Start(_command.Directory, "run", file);
        await Waiting.UntilAsync(() =>
            File.Exists(_command.PathOf("marks")) && File.ReadAllLines(_command.PathOf("marks")).Length == 2);
        run.Signal(PosixSignal.SIGTERM);
        Assert.Equal(130, (await run.EndAsync()).ExitCode);
        var processes = await File.ReadAllLinesAsync(_command.PathOf("marks"));
        await Waiting.UntilAsync(() => !Array.Exists(processes, OtherProcess.Runs));
    }

    public void Dispose() => _command.Dispose();
}
