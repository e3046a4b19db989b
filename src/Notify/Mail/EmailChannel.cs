using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Authentication;

namespace ActorFlow;

/// <summary>Sends reports as mail in HTML: one mail to all recipients.</summary>
/// <remarks>
/// The subject names the flow, how the job ended, the job and the date; that of a mail about errors alone says so. If
/// the server refuses some of the recipients, the others get the mail, and the channel fails with the names.
/// </remarks>
public sealed class EmailChannel : IReportChannel
{
    private readonly EmailOptions _options;
    private readonly MailAddress _from;
    private readonly IReadOnlyList<MailAddress> _to;

    /// <summary>Makes a channel.</summary>
    /// <exception cref="ActorFlowException">The options make no sense.</exception>
    public EmailChannel(EmailOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_from, _to) = options.Check();
        _options = options;
    }

    /// <summary>The word <c>email</c> and the server.</summary>
    public string Name => $"email {_options.Host}";

    /// <inheritdoc />
    public Task SendAsync(ReportNotification notification, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notification);
        var report = notification.Report;
        var mail = MimeText.Of(
            _from, _to, _options.Style.SubjectOf(report, notification.OnlyErrors), report.ToHtml(_options.Style),
            _options.Time.GetUtcNow());
        return TimeLimit.RunAsync(
            $"Mail server {_options.Host}", _options.Timeout, stop => TrySendAsync(mail, stop), cancellationToken);
    }

    private async Task TrySendAsync(byte[] mail, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(mail, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException)
        {
            throw new NotificationException($"Mail server {Unreachable.Why(e, _options.Host, _options.Port)}", e);
        }
    }

    private async Task SendAsync(byte[] mail, CancellationToken cancellationToken)
    {
        var session = await SmtpSession.OpenAsync(_options, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            var refused = await session.SendAsync(
                _from.Address, _to.Select(to => to.Address), mail, cancellationToken).ConfigureAwait(false);
            await session.QuitAsync(cancellationToken).ConfigureAwait(false);
            if (refused.Count > 0)
                throw new NotificationException(
                    $"Mail server {_options.Host} refused {string.Join(", ", refused)}; the others got the mail.");
        }
    }
}
