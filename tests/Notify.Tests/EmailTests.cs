using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace ActorFlow.Notify.Tests;

/// <summary>Mail over a real connection.</summary>
public sealed class EmailTests
{
    [Fact]
    public async Task A_mail_is_one_page_of_html_for_all_recipients()
    {
        await using var server = new MailServer();
        await SendAsync(server.Options);

        Assert.Equal(
            [
                "EHLO [127.0.0.1]", "MAIL FROM:<reports@example.org>", "RCPT TO:<one@example.org>",
                "RCPT TO:<two@example.org>", "DATA", "QUIT",
            ],
            server.Heard);
        var (headers, page) = Read(Assert.Single(server.Mails));
        Assert.Equal("Reports <reports@example.org>", headers["From"]);
        Assert.Equal("one@example.org, Zwei Größen <two@example.org>", headers["To"]);
        Assert.Equal("text/html; charset=utf-8", headers["Content-Type"]);
        Assert.Matches(@"^orders: failed \(Job job-1, \d{4}-\d\d-\d\d\)$", headers["Subject"]);
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.Contains("no &lt;b&gt;stock&lt;/b&gt;", page, StringComparison.Ordinal);
        foreach (var badge in (string[])["succeeded", "failed", "odd"])
            Assert.Contains($"<span class=\"badge {badge}\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_subject_of_errors_alone_is_another_one()
    {
        await using var server = new MailServer();
        var options = server.Options with { Style = new HtmlStyle { Language = ReportLanguage.De } };
        await SendAsync(options, onlyErrors: true);
        await SendAsync(options);
        Assert.Matches(@"^Fehler in orders \(Auftrag job-1, ", Read(server.Mails[0]).Headers["Subject"]);
        Assert.Matches(@"^orders: fehlgeschlagen \(Auftrag job-1, ", Read(server.Mails[1]).Headers["Subject"]);
        Assert.DoesNotContain("alpha", Read(server.Mails[0]).Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_are_short_and_plain_and_none_is_a_lone_dot()
    {
        await using var server = new MailServer();
        await SendAsync(server.Options);
        Assert.All(Assert.Single(server.Mails).Split('\n'), line =>
        {
            Assert.InRange(line.Length, 0, 100);
            Assert.All(line, letter => Assert.InRange(letter, ' ', '~'));
            Assert.False(line.StartsWith('.'));
        });
    }

    [Fact]
    public async Task Credentials_are_sent_only_over_an_encrypted_connection()
    {
        await using var server = new MailServer { Offers = { "STARTTLS", "AUTH LOGIN PLAIN" } };
        await SendAsync(server.Options with
        {
            Credentials = new NetworkCredential("user", "pass ä"),
            CertificateValidation = (_, certificate, _, _) => certificate?.GetCertHashString() == server.Thumbprint,
        });
        var login = "AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes("\0user\0pass ä"));
        Assert.Equal(["EHLO [127.0.0.1]", "STARTTLS", "(encrypted)", "EHLO [127.0.0.1]", login], server.Heard.Take(5));
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task A_server_that_only_knows_the_older_way_to_log_in_is_served()
    {
        await using var server = new MailServer { Offers = { "AUTH LOGIN" } };
        var credentials = new NetworkCredential("user", "pass");
        await SendAsync(server.Options with { Credentials = credentials, UseStartTls = false });
        Assert.Equal(["EHLO [127.0.0.1]", "AUTH LOGIN", "user", "pass"], server.Heard.Take(4));
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task A_server_without_encryption_gets_no_credentials()
    {
        await using var server = new MailServer { Offers = { "AUTH PLAIN" } };
        var error = await FailAsync(server.Options with { Credentials = new NetworkCredential("user", "pass") });
        Assert.Contains("does not offer STARTTLS", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Heard, line => line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        await using var server = new MailServer { Offers = { "STARTTLS", "AUTH PLAIN" } };
        var error = await Assert.ThrowsAsync<NotificationException>(
            () => SendAsync(server.Options with { UseStartTls = true }));
        Assert.Contains(" cannot be trusted, or speaks no TLS: ", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Without_credentials_the_connection_is_encrypted_only_if_asked()
    {
        await using var server = new MailServer { Offers = { "STARTTLS" } };
        await SendAsync(server.Options);
        Assert.DoesNotContain("STARTTLS", server.Heard);
    }

    [Fact]
    public async Task A_recipient_that_is_refused_is_named_and_the_others_get_the_mail()
    {
        await using var server = new MailServer { Refused = { "two@example.org" } };
        var error = await FailAsync(server.Options);
        Assert.Contains("two@example.org (550 nobody here)", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Mails);
        server.Refused.Add("one@example.org");
        Assert.Contains("every recipient", (await FailAsync(server.Options)).Message, StringComparison.Ordinal);
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up_after_the_time_out()
    {
        await using var server = new MailServer { IsSilent = true };
        var error = await FailAsync(server.Options with { Timeout = TimeSpan.FromMilliseconds(200) });
        Assert.EndsWith("did not take the report within 0.2 s.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody", "to@example.org", 25, 5, "'nobody' in From is no mail address")]
    [InlineData("a@example.org", "b@example.org\r\nBcc: c@example.org", 25, 5, "in To is no mail address")]
    [InlineData("größe@example.org", "to@example.org", 25, 5, "in plain letters")]
    [InlineData("a@example.org", "b@example.org", 0, 5, "must be from 1 to 65535")]
    [InlineData("a@example.org", "b@example.org", 25, 0, "must be longer than zero")]
    public void Options_that_make_no_sense_are_refused(string from, string to, int port, int seconds, string problem)
    {
        var error = Assert.Throws<ActorFlowException>(() => new EmailChannel(new EmailOptions
        {
            Host = "mail.example.org",
            Port = port,
            From = from,
            To = [to],
            Timeout = TimeSpan.FromSeconds(seconds),
        }));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    private static async Task SendAsync(EmailOptions options, bool onlyErrors = false)
    {
        var result = await (await Reports.MixedAsync()).NotifyAsync([new EmailChannel(options)], onlyErrors);
        if (result.Channels[0].Error is { } error) throw error;
    }

    private static Task<NotificationException> FailAsync(EmailOptions options) =>
        Assert.ThrowsAsync<NotificationException>(() => SendAsync(options));

    private static (IReadOnlyDictionary<string, string> Headers, string Page) Read(string mail)
    {
        var parts = mail.Split("\n\n", 2);
        var headers = parts[0].Replace("\n ", " ", StringComparison.Ordinal).Split('\n')
            .Select(line => line.Split(": ", 2))
            .ToDictionary(line => line[0], line => Decoded(line[1]), StringComparer.Ordinal);
        return (headers, Encoding.UTF8.GetString(Convert.FromBase64String(parts[1])));
    }

    // Blanks between encoded words are no part of the text.
    private static string Decoded(string header) => Regex.Replace(
        Regex.Replace(header, @"\?= (?==\?)", "?="), @"=\?utf-8\?B\?([^?]*)\?=",
        word => Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[1].Value)));
}
