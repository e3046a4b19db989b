using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace ActorFlow.Cli.Tests.Flows;

/// <summary>Who is told of the jobs of a flow file: hooks and notices, which hurt no job.</summary>
public sealed class TellingTests : IDisposable
{
    private readonly CommandLine _command = new();

    [Fact]
    public async Task Hooks_run_at_their_moments_and_know_the_job()
    {
        var marks = _command.PathOf("marks");
        var file = _command.File("f.yaml", $$"""
            flow: hooked
            input: { exit: integer }
            hooks:
              on-start: 'echo "$ACTORFLOW_HOOK $ACTORFLOW_FLOW $ACTORFLOW_JOB" >> {{marks}}'
              on-failure: 'echo "$ACTORFLOW_HOOK $ACTORFLOW_OUTCOME" >> {{marks}}'
              on-end: 'echo "$ACTORFLOW_HOOK $ACTORFLOW_OUTCOME" >> {{marks}}'
            tasks: { a: { run: 'exit $E', env: { E: "${input.exit}" } } }
            """);

        await _command.InDataAsync("run", file, "--job", "good", "--set", "exit=0", "--quiet");
        await _command.InDataAsync("run", file, "--job", "bad", "--set", "exit=1", "--quiet");

        Assert.Equal(
            ["on-start hooked good", "on-end succeeded", "on-start hooked bad", "on-failure failed", "on-end failed"],
            await File.ReadAllLinesAsync(marks));
    }

    [Fact]
    public async Task A_hook_that_fails_is_told_and_hurts_no_job()
    {
        var file = _command.File("f.yaml", """
            flow: hooked
            hooks: { on-start: 'echo no >&2; exit 3', on-end: 'kill -9 $$' }
            tasks: { a: { run: echo } }
            """);

        var ran = await _command.InDataAsync("run", file, "--job", "j", "--quiet");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("hook 'on-start' of job j ended with exit code 3: no", ran.Errors, StringComparison.Ordinal);
        Assert.Matches(@"hook 'on-end' of job j ended with exit code \d+\.\n", ran.Errors);
    }

    [Theory]
    [InlineData("exit 0", "")]
    [InlineData("echo no >&2; exit 3", "actorflow: hook 'on-start' of job j ended with exit code 3: no\n")]
    public async Task What_a_hook_leaves_in_the_background_is_left_alone(string rest, string told)
    {
        var left = _command.PathOf("left");
        var file = _command.File("f.yaml", $$"""
            flow: hooked
            hooks: { on-start: 'sleep 600 & echo $! > {{left}}; {{rest}}' }
            tasks: { a: { run: echo } }
            """);

        var ran = await _command.InDataAsync("run", file, "--job", "j", "--quiet");

        using var sleeping = Process.GetProcessById(int.Parse(
            await File.ReadAllTextAsync(left), System.Globalization.CultureInfo.InvariantCulture));
        sleeping.Kill();
        Assert.Equal((0, told), (ran.ExitCode, ran.Errors));
    }

    [Fact]
    public async Task A_report_is_posted_to_the_webhook_of_the_file_and_signed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var secret = $"ACTORFLOW_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(secret, "key");
        Environment.SetEnvironmentVariable($"{secret}_PORT", ((IPEndPoint)listener.LocalEndpoint).Port.ToString(
            System.Globalization.CultureInfo.InvariantCulture));
        var file = _command.File("f.yaml", $$"""
            flow: told
            notify:
              - { on: failure, webhook: "http://127.0.0.1:1/never" }
              - { on: always, webhook: "http://127.0.0.1:${env.{{secret}}_PORT}/hook", secret: "${env.{{secret}}}" }
            tasks: { a: { run: echo } }
            """);

        var running = _command.InDataAsync("run", file, "--job", "j", "--quiet");
        var (signature, body) = await TakeAsync(listener);
        var ran = await running;

        Assert.Equal((0, ""), (ran.ExitCode, ran.Errors));
        Assert.Contains("\"j\"", Encoding.UTF8.GetString(body), StringComparison.Ordinal);
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData("key"u8, body)), signature);
    }

    [Fact]
    public async Task A_report_that_is_not_taken_is_told_and_changes_no_exit_code()
    {
        var file = _command.File("f.yaml", """
            flow: told
            notify: { on: failure, webhook: "http://127.0.0.1:1/never" }
            tasks: { a: { run: exit 1 } }
            """);

        var ran = await _command.InDataAsync("run", file, "--job", "j", "--quiet");

        Assert.Equal(1, ran.ExitCode);
        Assert.EndsWith(
            "the report of job j was not sent: Webhook 127.0.0.1, port 1, refused the connection: nothing listens "
            + "there. Check the host and the port.\n", ran.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("notify: { on: failure }", "either 'webhook' (an address) or 'mail'")]
    [InlineData("notify: { on: succes, webhook: \"http://x\" }", "'on' is one of failure, always")]
    [InlineData("notify: { webhook: \"http://x\", secret: key }", "'secret' stands in no file, which others may read")]
    [InlineData("notify: { mail: { host: h, from: a@b.c } }", "'mail' has no 'to'.")]
    [InlineData("notify: { mail: { host: h, from: a@b.c, to: d@e.f, user: u } }", "'user' and 'password' together")]
    [InlineData("notify: { mal: { host: h } }", "Did you mean 'mail'?")]
    [InlineData("notify: { webhook: \"http://x/${input.a}\" }", "'webhook' takes variables of the environment")]
    [InlineData("notify: { mail: { host: h, from: a@b.c, to: [d@e.f, \"${env.}\"] } }", "'to' takes variables")]
    [InlineData("hooks: { on-stat: echo }", "Did you mean 'on-start'?")]
    [InlineData("hooks: echo", "'hooks' is a mapping")]
    public async Task Each_fault_is_told_before_a_job_runs(string setting, string message)
    {
        var faults = await _command.FaultsOfAsync($"flow: f\n{setting}\ntasks: {{ a: {{ run: echo }} }}\n");
        Assert.Contains(message, faults, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variable_that_is_not_set_is_told_before_a_job_runs()
    {
        var file = _command.File("f.yaml", """
            flow: told
            notify: { webhook: "${env.ACTORFLOW_TEST_NOT_SET}" }
            tasks: { a: { run: echo } }
            """);

        var ran = await _command.InDataAsync("run", file, "--job", "j", "--quiet");

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("The variable ACTORFLOW_TEST_NOT_SET is not set", ran.Errors, StringComparison.Ordinal);
        Assert.Equal(2, (await _command.InDataAsync("show", "j")).ExitCode);
    }

    [Fact]
    public async Task Jobs_that_are_resumed_and_forked_are_told_too()
    {
        var (marks, flag) = (_command.PathOf("marks"), _command.PathOf("open"));
        var file = _command.File("f.yaml", $$"""
            flow: hooked
            notify: { on: always, webhook: "http://127.0.0.1:1/never" }
            hooks:
              on-start: 'echo "$ACTORFLOW_HOOK $ACTORFLOW_JOB" >> {{marks}}'
              on-end: 'echo "$ACTORFLOW_HOOK $ACTORFLOW_JOB" >> {{marks}}'
            tasks: { a: { run: 'while ! test -e {{flag}}; do sleep 0.01; done' } }
            """);
        await InterruptAsync(file);
        _command.File("open", "");

        var resumed = await _command.InDataAsync("resume", "j", "--quiet");
        var forked = await _command.InDataAsync("fork", "j", "--from", "a", "--job", "k", "--quiet");

        Assert.Contains("the report of job j was not sent", resumed.Errors, StringComparison.Ordinal);
        Assert.Contains("the report of job k was not sent", forked.Errors, StringComparison.Ordinal);
        Assert.Equal(["on-start j", "on-end j", "on-start k", "on-end k"], await File.ReadAllLinesAsync(marks));
    }

    [Fact]
    public async Task What_a_hook_prints_is_told_within_limits()
    {
        var file = _command.File("f.yaml", """
            flow: hooked
            hooks: { on-start: "head -c 3000000 /dev/zero | tr '\\0' x | tee /dev/stderr; exit 3" }
            tasks: { a: { run: echo } }
            """);

        var ran = await _command.InDataAsync("run", file, "--job", "j", "--quiet");

        Assert.Contains("hook 'on-start' of job j ended with exit code 3: xxx", ran.Errors, StringComparison.Ordinal);
        Assert.InRange(ran.Errors.Length, 100, 1_000);
    }

    [Theory]
    [InlineData("hunter2")]
    [InlineData("ftp://hunter2@host/")]
    public async Task An_address_from_the_environment_is_a_secret_and_is_not_printed(string address)
    {
        var variable = $"ACTORFLOW_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(variable, address);
        var file = _command.File("f.yaml", $$"""
            flow: told
            notify: { webhook: "${env.{{variable}}}" }
            tasks: { a: { run: echo } }
            """);

        var ran = await _command.InDataAsync("run", file, "--job", "j", "--quiet");

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains($"${{env.{variable}}}", ran.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", ran.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_journal_nor_report_has_a_secret_of_a_notice()
    {
        var variable = $"ACTORFLOW_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(variable, "hunter2");
        var file = _command.File("f.yaml", $$"""
            flow: told
            notify: { on: always, webhook: "http://127.0.0.1:1/${env.{{variable}}}", secret: "${env.{{variable}}}" }
            tasks: { a: { run: echo } }
            """);

        var ran = await _command.InDataAsync(
            "run", file, "--job", "j", "--log", _command.PathOf("log"), "--report", _command.PathOf("report.json"));

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("was not sent", ran.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", ran.Output + ran.Errors, StringComparison.Ordinal);
        foreach (var written in Directory.EnumerateFiles(_command.Directory, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain("hunter2", await File.ReadAllTextAsync(written), StringComparison.Ordinal);
    }

    /// <summary>Leaves a job whose process ends while its task runs.</summary>
    private async Task InterruptAsync(string file)
    {
        await using var engine = ActorFlowEngine.Create(new ActorFlowOptions { DataDirectory = _command.Data });
        var job = await engine.SubmitAsync(
            JobPackage.Of(file).Executable(), Payload.None, new JobOptions { Id = new JobId("j") });
        await foreach (var fact in job.ReadEventsAsync())
            if (fact is JobEvent.TaskStarted) break;
    }

    private static async Task<(string Signature, byte[] Body)> TakeAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)) head.Append((char)stream.ReadByte());
        var headers = head.ToString().Split("\r\n").Skip(1).Where(line => line.Length > 0)
            .ToDictionary(line => line[..line.IndexOf(':')], line => line[(line.IndexOf(':') + 1)..].Trim(),
                StringComparer.OrdinalIgnoreCase);
        var body = new byte[int.Parse(headers["Content-Length"], System.Globalization.CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body);
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        return (headers[WebhookChannel.SignatureHeader], body);
    }

    public void Dispose() => _command.Dispose();
}
