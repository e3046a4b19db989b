namespace ActorFlow.Cli.Tests.Commands;

public sealed class CacheCommandTests : IDisposable
{
    private readonly CommandLine _command = new();

    [Fact]
    public async Task Cache_clean_says_what_it_removed_and_what_it_kept()
    {
        var file = _command.File(
            "f.yaml", "flow: f\ntasks: { a: { run: echo, cache: true }, b: { run: 'true', cache: true } }\n");
        await _command.InDataAsync("run", file, "--quiet");

        var kept = (await _command.InDataAsync("cache", "clean", "--json")).Json;
        var most = await _command.InDataAsync("cache", "clean", "--max-bytes", "1");
        var none = await _command.InDataAsync("cache", "clean", "--all");

        Assert.Equal((0, 2), (kept.GetProperty("removed").GetInt32(), kept.GetProperty("kept").GetInt32()));
        Assert.Equal(
            (0, $"2 results removed ({kept.GetProperty("keptBytes").GetInt64()} bytes), 0 kept (0 bytes).\n"),
            (most.ExitCode, most.Output));
        Assert.Equal("0 results removed (0 bytes), 0 kept (0 bytes).\n", none.Output);
        Assert.False(Directory.Exists(Path.Combine(_command.Data, "cache")));
    }

    [Theory]
    [InlineData("--unused", "soon", "--unused is 'soon'; a duration such as 12h or 30d is wanted.")]
    [InlineData("--max-bytes", "0", "--max-bytes is '0'; a number of at least 1 is wanted.")]
    public async Task Limits_that_make_no_sense_are_refused(string option, string value, string message)
    {
        var ran = await _command.InDataAsync("cache", "clean", option, value);

        Assert.Equal((2, $"actorflow: {message}\nTry 'actorflow cache clean --help'.\n"), (ran.ExitCode, ran.Errors));
    }

    public void Dispose() => _command.Dispose();
}
