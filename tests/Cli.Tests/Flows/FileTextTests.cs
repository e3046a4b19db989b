using System.Text;

namespace ActorFlow.Cli.Tests.Flows;

/// <summary>Files that are no text, are in another encoding, or are too large.</summary>
public sealed class FileTextTests : IDisposable
{
    private readonly CommandLine _command = new();

    [Theory]
    [InlineData("f.yaml", "flow: f\ntasks:\n  a:\n    description: ü\n    run: echo §é\n")]
    [InlineData("f.yaml", "flow: f\ntasks: { a: { run: echo } } # ü §é\n")]
    [InlineData("f.json", "{\"flow\": \"f\",\n \"tasks\": {\"a\": {\"description\": \"ü\", \"run\": \"echo §é\"}}}\n")]
    public async Task A_flow_that_is_no_utf8_is_refused_with_the_place(string name, string flow)
    {
        var (file, place) = _command.Marked(flow, name);
        await File.WriteAllBytesAsync(file, WithLatin1(flow.Replace("§", "", StringComparison.Ordinal)));
        var ran = await CommandLine.RunAsync("validate", file);
        Assert.Equal(2, ran.ExitCode);
        Assert.Equal(
            $"actorflow: Flow '{name}' is not valid: {place}: The byte 0xE9 is not UTF-8; save the file in UTF-8.\n",
            ran.Errors);
    }

    [Fact]
    public async Task An_input_that_is_no_utf8_is_refused_with_the_place()
    {
        var file = _command.File("f.yaml", "flow: f\ninput: { x: string }\ntasks: { a: { run: 'true' } }\n");
        var input = _command.PathOf("i.json");
        await File.WriteAllBytesAsync(input, WithLatin1("{\n \"x\": \"é\"}"));
        var ran = await _command.InDataAsync("run", file, "--input", input);
        Assert.Equal(
            (2, $"actorflow: {input}:2:8: The byte 0xE9 is not UTF-8; save the file in UTF-8.\n"),
            (ran.ExitCode, ran.Errors));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public async Task A_text_with_a_byte_order_mark_is_read_by_it(string encoding)
    {
        var (flow, input) = (_command.PathOf("f.yaml"), _command.PathOf("i.json"));
        var marked = Encoding.GetEncoding(encoding);
        await File.WriteAllTextAsync(
            flow, "flow: f\ninput: { x: string }\ntasks: { a: { env: { X: '${input.x}' }, run: 'echo é$X' } }", marked);
        await File.WriteAllTextAsync(input, """{ "x": "ü" }""", marked);
        var ran = await _command.InDataAsync("run", flow, "--job", "j", "--input", input);
        Assert.Equal((0, ""), (ran.ExitCode, ran.Errors));
        Assert.Contains("éü", (await _command.InDataAsync("report", "j", "--json")).Json
            .GetProperty("tasks")[0].GetProperty("output").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flow: f\ntasks: { a: { run: 'echo §\0' } }")]
    [InlineData("flow: f\n# §\0\ntasks: { a: { run: echo } }")]
    public async Task A_flow_with_a_nul_character_is_told_to_be_no_text(string flow)
    {
        var (file, place) = _command.Marked(flow);
        var ran = await CommandLine.RunAsync("validate", file);
        Assert.Equal(
            (2, $"actorflow: Flow 'f.yaml' is not valid: {place}: The file is not text: it has a NUL character "
                + "here.\n"),
            (ran.ExitCode, ran.Errors));
    }

    [Fact]
    public async Task A_file_of_random_bytes_is_told_to_be_no_text()
    {
        var bytes = new byte[20_000];
        new Random(1).NextBytes(bytes);
        await File.WriteAllBytesAsync(_command.PathOf("f.yaml"), bytes);
        var ran = await CommandLine.RunAsync("validate", _command.PathOf("f.yaml"));
        Assert.Equal(2, ran.ExitCode);
        Assert.Matches(
            @"^actorflow: Flow 'f.yaml' is not valid: \S+f\.yaml:\d+:\d+: The (byte 0x[0-9A-F]{2} is not UTF-8; save "
            + @"the file in UTF-8|file is not text: it has a NUL character here)\.\n$", ran.Errors);
    }

    [Theory]
    [InlineData(50_000_000, ":1:1: The file has 50000000 bytes; a flow in YAML or JSON has at most 16777216.\n")]
    [InlineData(300_000_000, "' has 300000000 bytes; a flow in YAML or JSON has at most 16777216, and a workflow "
        + "instance 268435456.\n")]
    public async Task A_file_that_is_too_large_is_told_how_large_a_flow_may_be(int size, string message)
    {
        var path = _command.PathOf("huge.yaml");
        await using (var file = File.Create(path)) file.SetLength(size);
        var ran = await CommandLine.RunAsync("validate", path);
        Assert.Equal(2, ran.ExitCode);
        Assert.EndsWith(message, ran.Errors, StringComparison.Ordinal);
    }

    private static byte[] WithLatin1(string text) =>
        [.. text.SelectMany(c => c == 'é' ? [0xE9] : Encoding.UTF8.GetBytes([c]))];

    public void Dispose() => _command.Dispose();
}
