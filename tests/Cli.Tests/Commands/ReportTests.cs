using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace ActorFlow.Cli.Tests.Commands;

/// <summary>Reports in part and as pages, and where they are posted.</summary>
public sealed class ReportTests : IDisposable
{
    private const string Flow = """
        flow: demo
        tasks:
          fetch: { run: echo 7 }
          breaks: { needs: [fetch], run: exit 75 }
          after: { needs: [breaks], run: echo never }
        """;

    private readonly CommandLine _command = new();

    [Fact]
    public async Task A_report_is_written_as_a_page_in_the_colours_and_the_language_that_are_wanted()
    {
        await RunDemoAsync();
        var file = _command.PathOf("report.html");
        var written = await _command.InDataAsync(
            "report", "d1", "--html", file, "--palette", "slate", "--language", "fr");
        Assert.Equal((0, "", ""), (written.ExitCode, written.Output, written.Errors));
        var page = await File.ReadAllTextAsync(file);
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"fr\">", page, StringComparison.Ordinal);
        Assert.Contains("à cause de breaks", page, StringComparison.Ordinal);
        Assert.Contains("#0f172a", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_leaves_tasks_out_says_how_to_see_them()
    {
        var tasks = string.Concat(Enumerable.Range(0, 101).Select(number => $"\n  t{number}: {{ run: 'true' }}"));
        var file = _command.File("many.yaml", $"flow: many\ntasks:{tasks}");
        var hint = $"All tasks: actorflow report m1 --data '{_command.Data}'\n";
        string[] run = ["run", file, "--job", "m1"];
        var ran = await _command.InDataAsync(run);
        Assert.EndsWith(hint, ran.Output.TrimEnd('\n') + "\n", StringComparison.Ordinal);
        Assert.Contains(
            hint, (await _command.InDataAsync("show", "m1")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "All tasks", (await _command.InDataAsync("report", "m1")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "All tasks", (await CommandLine.RunAsync([.. run, "--in-memory"])).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("breaks", "--only-errors")]
    [InlineData("fetch breaks", "--tasks", "Breaks, fetch")]
    [InlineData("breaks", "--tasks", "breaks,fetch", "--only-errors")]
    [InlineData("", "--tasks", "fetch", "--only-errors")]
    public async Task A_report_has_only_the_tasks_that_are_wanted(string tasks, params string[] options)
    {
        await RunDemoAsync();
        var report = await _command.InDataAsync(["report", "d1", "--json", .. options]);
        Assert.Equal(tasks, string.Join(' ', report.Json.GetProperty("tasks").EnumerateArray()
            .Select(task => task.GetProperty("name").GetString())));
    }

    [Theory]
    [InlineData("Argument 'pink' not recognized", "--palette", "pink")]
    [InlineData("Argument 'xx' not recognized", "--language", "xx")]
    [InlineData("Job 'd1' has no task 'fetsh'. Did you mean 'fetch'?", "--tasks", "fetsh")]
    public async Task What_cannot_be_had_is_said(string problem, params string[] options)
    {
        await RunDemoAsync();
        var report = await _command.InDataAsync(["report", "d1", .. options]);
        Assert.Equal(2, report.ExitCode);
        Assert.Contains(problem, report.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_of_a_run_is_posted()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var posted = TakeAsync(server);
        var ran = await RunDemoAsync("--notify-webhook", AddressOf(server));
        Assert.Equal(1, ran.ExitCode);
        Assert.DoesNotContain("was not sent", ran.Errors, StringComparison.Ordinal);
        var json = JsonDocument.Parse((await posted).Body).RootElement;
        Assert.Equal("d1", json.GetProperty("job").GetString());
        Assert.Equal("exit 75: the command ended with exit code 75",
            json.GetProperty("entries").GetProperty("breaks").GetProperty("error").GetProperty("exception")
                .GetString()![..44]);
    }

    [Fact]
    public async Task A_posted_report_is_signed_with_the_secret_of_the_environment()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var posted = TakeAsync(server);
        Environment.SetEnvironmentVariable("ACTORFLOW_WEBHOOK_SECRET", "geheim");
        try
        {
            await RunDemoAsync("--notify-webhook", AddressOf(server));
        }
        finally
        {
            Environment.SetEnvironmentVariable("ACTORFLOW_WEBHOOK_SECRET", null);
        }

        var (headers, body) = await posted;
        Assert.Contains(
            $"X-Signature-SHA256: {WebhookChannel.Sign(Encoding.UTF8.GetBytes(body), "geheim")}", headers);
    }

    [Fact]
    public async Task A_report_that_nobody_takes_is_told_and_changes_no_exit_code()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var address = AddressOf(server);
        server.Stop();
        var ran = await RunDemoAsync("--notify-webhook", address);
        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("\nactorflow: the report of job d1 was not sent: ", ran.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere", "--notify-webhook 'nowhere' is no http or https address")]
    [InlineData("ftp://example.org", "--notify-webhook 'ftp://example.org' is no http or https address")]
    public async Task An_address_that_makes_no_sense_is_refused_before_anything_runs(string address, string problem)
    {
        var ran = await RunDemoAsync("--notify-webhook", address);
        Assert.Equal(2, ran.ExitCode);
        Assert.Contains(problem, ran.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_command.Data));
    }

    private Task<CommandResult> RunDemoAsync(params string[] more) => _command.InDataAsync(
        ["run", _command.File("flow.yaml", Flow), "--job", "d1", "--quiet", .. more]);

    private static string AddressOf(TcpListener server) => $"http://{server.LocalEndpoint}/hook";

    /// <summary>Answers one request, and gives its headers and its body.</summary>
    private static async Task<(IReadOnlyList<string> Headers, string Body)> TakeAsync(TcpListener server)
    {
        using var client = await server.AcceptTcpClientAsync();
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var headers = new List<string>();
        while (await reader.ReadLineAsync() is { Length: > 0 } header) headers.Add(header);
        const string Length = "Content-Length: ";
        var length = headers.Single(header => header.StartsWith(Length, StringComparison.OrdinalIgnoreCase));
        var body = new char[int.Parse(length[Length.Length..])];
        await reader.ReadBlockAsync(body);
        await stream.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray());
        return (headers, new string(body));
    }

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task A_task_with_a_comma_in_its_name_can_be_named()
    {
        var file = _command.File("m.yaml", """
            flow: m
            tasks: { m: { matrix: { n: [1, 2], s: [x, y] }, run: echo } }
            """);
        Assert.Equal(0, (await _command.InDataAsync("run", file, "--job", "m", "--quiet")).ExitCode);
        var told = await _command.InDataAsync("report", "m", "--tasks", "m[1,x], m", "--json");
        Assert.Equal("", told.Errors);
        Assert.Equal(
            ["m", "m[1,x]"],
            told.Json.GetProperty("tasks").EnumerateArray().Select(task => task.GetProperty("name").GetString()!));
    }

    [Fact]
    public async Task An_end_is_posted_once()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://{listener.LocalEndpoint}/ends";
        var file = _command.File("ok.yaml", "flow: ok\ntasks: { a: { run: echo } }\n");
        var first = _command.InDataAsync("run", file, "--job", "j", "--quiet", "--notify-webhook", address);
        using (var client = await listener.AcceptTcpClientAsync())
        await using (var stream = client.GetStream())
        {
            var buffer = new byte[64 * 1024];
            var read = await stream.ReadAsync(buffer);
            Assert.StartsWith("POST /ends", Encoding.ASCII.GetString(buffer, 0, read), StringComparison.Ordinal);
            await stream.WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray());
        }

        Assert.Equal((0, ""), ((await first).ExitCode, (await first).Errors));
        var again = await _command.InDataAsync("run", file, "--job", "j", "--quiet", "--notify-webhook", address);
        Assert.Equal((0, ""), (again.ExitCode, again.Errors));
        Assert.False(listener.Pending());
    }
}
