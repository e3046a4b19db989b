using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ActorFlow.Notify.Tests;

/// <summary>Webhooks over a real connection.</summary>
public sealed class WebhookTests
{
    [Fact]
    public async Task Processes_P23_every_entry_is_posted_with_its_status_and_error()
    {
        await using var server = new HookServer();
        await SendAsync(new WebhookOptions { Url = server.Url });

        var (post, json) = (server.Only, server.Only.Json);
        Assert.Equal("POST", post.Method);
        Assert.Equal("application/json; charset=utf-8", post.Headers["Content-Type"]);
        Assert.Equal(("orders", "job-1", "failed"), (Text(json, "flow"), Text(json, "job"), Text(json, "status")));
        var entries = json.GetProperty("entries");
        Assert.Equal(["alpha", "beta", "gamma"], entries.EnumerateObject().Select(entry => entry.Name));
        var alpha = entries.GetProperty("alpha");
        Assert.Equal(("succeeded", "ok"), (Text(alpha, "status"), Text(alpha, "result")));
        Assert.Equal(1, alpha.GetProperty("attempts").GetInt32());
        Assert.NotEmpty(Text(alpha, "function"));
        Assert.Equal(JsonValueKind.Number, alpha.GetProperty("elapsed_seconds").ValueKind);
        Assert.False(alpha.TryGetProperty("error", out _));
        var error = entries.GetProperty("beta").GetProperty("error");
        Assert.Equal("System.InvalidOperationException: no <b>stock</b>", Text(error, "exception"));
        Assert.Equal("gamma", Assert.Single(error.GetProperty("downstream_impact").EnumerateArray()).GetString());
        Assert.Equal("8", Text(error.GetProperty("traced_vars"), "row"));
        Assert.Contains("Mixed", Text(error, "traceback"), StringComparison.Ordinal);
        Assert.False(entries.GetProperty("beta").TryGetProperty("result", out _));
        Assert.Equal("skipped", Text(entries.GetProperty("gamma"), "status"));
    }

    [Fact]
    public async Task Processes_P23_the_signature_is_that_of_the_body()
    {
        await using var server = new HookServer();
        await SendAsync(new WebhookOptions { Url = server.Url, Secret = "geheim ä" });

        var key = Encoding.UTF8.GetBytes("geheim ä");
        var expected = Convert.ToHexString(HMACSHA256.HashData(key, server.Only.Body)).ToLowerInvariant();
        Assert.Equal(expected, server.Only.Headers["X-Signature-SHA256"]);
    }

    [Fact]
    public async Task Without_a_secret_nothing_is_signed()
    {
        await using var server = new HookServer();
        await SendAsync(new WebhookOptions { Url = server.Url });
        Assert.Null(server.Only.Headers["X-Signature-SHA256"]);
    }

    [Fact]
    public async Task Processes_P23_nested_and_extra_fields_stay_apart_and_the_extra_ones_win()
    {
        await using var server = new HookServer();
        var extra = new Dictionary<string, object?> { ["channel"] = "#ops", ["flow"] = "mine" };
        await SendAsync(new WebhookOptions { Url = server.Url, ExtraPayload = extra });
        await SendAsync(new WebhookOptions { Url = server.Url, ExtraPayload = extra, NestUnder = "report" });

        var flat = server.Deliveries[0].Json;
        Assert.Equal(("#ops", "mine", "job-1"), (Text(flat, "channel"), Text(flat, "flow"), Text(flat, "job")));
        var nested = server.Deliveries[1].Json;
        Assert.Equal(["report", "channel", "flow"], nested.EnumerateObject().Select(field => field.Name));
        Assert.Equal("orders", Text(nested.GetProperty("report"), "flow"));
    }

    [Fact]
    public async Task Processes_P23_only_errors_are_posted_if_only_they_are_wanted()
    {
        await using var server = new HookServer();
        var channel = new WebhookChannel(new WebhookOptions { Url = server.Url });
        await (await Reports.MixedAsync()).NotifyAsync([channel], onlyErrors: true);
        Assert.Equal(["beta"], server.Only.Json.GetProperty("entries").EnumerateObject().Select(entry => entry.Name));
    }

    [Fact]
    public async Task Headers_of_the_caller_are_sent()
    {
        await using var server = new HookServer();
        var headers = new Dictionary<string, string>
        {
            ["Authorization"] = "Bearer t",
            ["X-Team"] = "ops",
            ["Content-Type"] = "application/vnd.x+json",
        };
        await SendAsync(new WebhookOptions { Url = server.Url, Headers = headers });
        foreach (var (name, value) in headers) Assert.Equal(value, server.Only.Headers[name]);
    }

    [Fact]
    public async Task What_is_not_to_be_shown_is_not_sent()
    {
        await using var server = new HookServer();
        var content = new ReportContent
        {
            ShowOutputs = false,
            ShowInputs = false,
            ShowTraces = false,
            ShowStackTraces = false,
        };
        await SendAsync(new WebhookOptions { Url = server.Url, Content = content });

        var entries = server.Only.Json.GetProperty("entries");
        Assert.False(entries.GetProperty("alpha").TryGetProperty("result", out _));
        Assert.Equal(
            ["exception", "downstream_impact"],
            entries.GetProperty("beta").GetProperty("error").EnumerateObject().Select(field => field.Name));
    }

    [Theory]
    [InlineData(500, "answered 500")]
    [InlineData(302, "answered 302")]
    public async Task Another_answer_than_success_is_a_failure(int status, string said)
    {
        await using var server = new HookServer(status);
        var secretive = new UriBuilder(server.Url) { UserName = "u", Query = "q" }.Uri;
        var error = await Assert.ThrowsAsync<NotificationException>(
            () => SendAsync(new WebhookOptions { Url = secretive }));
        Assert.StartsWith($"Webhook 127.0.0.1:{server.Url.Port} {said}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_after_the_time_out()
    {
        await using var server = new HookServer(answers: false);
        var error = await Assert.ThrowsAsync<NotificationException>(() => SendAsync(
            new WebhookOptions { Url = server.Url, Timeout = TimeSpan.FromMilliseconds(200) }));
        Assert.EndsWith("did not take the report within 0.2 s.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deep_outputs_and_odd_names_are_sent()
    {
        await using var server = new HookServer();
        var deep = new string('[', 60) + new string(']', 60);
        var report = JobReport.FromJson(
            $$"""
            {"job":"j","flow":"f\u0001\"","status":"succeeded","startedAt":"2030-01-31T12:00:00Z","endedAt":null,
             "counts":{"succeeded":1,"failed":0,"skipped":0,"cancelled":0},"criticalPath":[],
             "tasks":[{"name":"a\"b","status":"succeeded","attempts":1,"startedAt":null,"endedAt":null,
               "output":{{deep}},"error":null,"skippedBecause":null}]}
            """);
        var sent = await report.NotifyAsync([new WebhookChannel(new WebhookOptions { Url = server.Url })]);
        Assert.True(sent.Succeeded, $"{sent.Channels[0].Error}");
        var entry = server.Only.Json.GetProperty("entries").GetProperty("a\"b");
        Assert.Equal(deep, entry.GetProperty("result").GetRawText());
    }

    [Theory]
    [InlineData("ftp://example.org/", 5, "r", "is no http or https address")]
    [InlineData("/hook", 5, "r", "is no http or https address")]
    [InlineData("https://example.org/", 0, "r", "must be longer than zero")]
    [InlineData("https://example.org/", 5, "", "NestUnder is empty")]
    public void Options_that_make_no_sense_are_refused(string url, int seconds, string nest, string problem)
    {
        var error = Assert.Throws<ActorFlowException>(() => new WebhookChannel(new WebhookOptions
        {
            Url = new Uri(url, UriKind.RelativeOrAbsolute),
            Timeout = TimeSpan.FromSeconds(seconds),
            NestUnder = nest,
        }));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    private static async Task SendAsync(WebhookOptions options) =>
        await new WebhookChannel(options).SendAsync(
            new ReportNotification(await Reports.MixedAsync(), OnlyErrors: false), CancellationToken.None);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
