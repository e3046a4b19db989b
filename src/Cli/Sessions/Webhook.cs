namespace ActorFlow.Cli;

/// <summary>
/// Posts the reports of jobs that have ended; one that is not taken is told, and changes no exit code.
/// </summary>
internal static class Webhook
{
    /// <summary>The variable with the secret: a command line can be read by others.</summary>
    public const string SecretVariable = "ACTORFLOW_WEBHOOK_SECRET";

    /// <summary>The channel to an address.</summary>
    /// <exception cref="ActorFlowException">It is no http or https address.</exception>
    public static WebhookChannel To(string address) => Uri.TryCreate(address, UriKind.Absolute, out var url)
        ? new WebhookChannel(new WebhookOptions
        {
            Url = url,
            Secret = Environment.GetEnvironmentVariable(SecretVariable) is { Length: > 0 } secret ? secret : null,
        })
        : throw new ActorFlowException(
            $"--notify-webhook '{address}' is no address; write one such as https://example.org/hook.");

    public static async Task SendAsync(WebhookChannel channel, IReadOnlyList<JobReport> reports, Terminal terminal)
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
