namespace ActorFlow.Cli;

/// <summary>
/// Posts the reports of jobs that have ended; one that is not taken is told, and changes no exit code.
/// </summary>
internal static class Webhook
{
    /// <summary>The variable with the secret: a command line can be read by others.</summary>
    public const string SecretVariable = "ACTORFLOW_WEBHOOK_SECRET";

    /// <summary>The channel to the address of a command line.</summary>
    /// <exception cref="ActorFlowException">It is no http or https address.</exception>
    public static WebhookChannel To(string address) => To(
        address, $"--notify-webhook '{address}'",
        Environment.GetEnvironmentVariable(SecretVariable) is { Length: > 0 } secret ? secret : null);

    /// <summary>The channel to an address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="shown">What messages say for it: it may have a secret in it.</param>
    /// <param name="secret">What posts are signed with; null for nothing.</param>
    /// <exception cref="ActorFlowException">It is no http or https address.</exception>
    public static WebhookChannel To(string address, string shown, string? secret) =>
        UrlOf(address) is { } url
            ? new WebhookChannel(new WebhookOptions { Url = url, Secret = secret })
            : throw new ActorFlowException($"{shown} {NoAddress}");

    /// <summary>What messages say of a text that is no address.</summary>
    public const string NoAddress = "is no http or https address; write one such as https://example.org/hook.";

    /// <summary>The address that a text is; null if it is none.</summary>
    public static Uri? UrlOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;

    public static async Task SendAsync(IReportChannel channel, IReadOnlyList<JobReport> reports, Terminal terminal)
    {
        foreach (var report in reports)
        {
            if (!report.Phase.HasEnded()) continue;
            var result = await report.NotifyAsync([channel]).ConfigureAwait(false);
            foreach (var sent in result.Channels)
                if (sent.Error is { } error)
                    await terminal.Errors.WriteLineAsync(
                        $"actorflow: the report of job {report.Job} was not sent: {error.Message}")
                        .ConfigureAwait(false);
        }
    }
}
