using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace ActorFlow;

/// <summary>One conversation with a mail server.</summary>
/// <remarks>
/// The platform's client has no time-out for sending asynchronously, and no say in whom to trust for one server alone.
/// </remarks>
internal sealed class SmtpSession : IAsyncDisposable
{
    private readonly TcpClient _tcp = new();
    private readonly EmailOptions _options;
    private Stream _stream = Stream.Null;
    private SmtpReplies _replies = null!;
    private IReadOnlyList<string> _abilities = [];

    private SmtpSession(EmailOptions options) => _options = options;

    /// <summary>Connects, encrypts if it is to, and logs in if there are credentials.</summary>
    /// <exception cref="NotificationException">The server does not do what is needed.</exception>
    public static async Task<SmtpSession> OpenAsync(EmailOptions options, CancellationToken cancellationToken)
    {
        var session = new SmtpSession(options);
        try
        {
            await session.BeginAsync(cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch (Exception)
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task BeginAsync(CancellationToken stop)
    {
        await _tcp.ConnectAsync(_options.Host, _options.Port, stop).ConfigureAwait(false);
        Use(_tcp.GetStream());
        Require("greets", await _replies.ReadAsync(stop).ConfigureAwait(false), 220);
        await GreetAsync(stop).ConfigureAwait(false);
        if (_options.IsEncrypted) await EncryptAsync(stop).ConfigureAwait(false);
        if (_options.Credentials is { } credentials) await LogInAsync(credentials, stop).ConfigureAwait(false);
    }

    /// <summary>Sends one mail.</summary>
    /// <returns>The recipients that the server refused.</returns>
    /// <exception cref="NotificationException">It refused the mail, or every recipient.</exception>
    public async Task<IReadOnlyList<string>> SendAsync(
        string from, IEnumerable<string> to, byte[] mail, CancellationToken stop)
    {
        await AskAsync("MAIL", $"MAIL FROM:<{from}>", 250, stop).ConfigureAwait(false);
        var refused = new List<string>();
        var accepted = 0;
        foreach (var recipient in to)
        {
            var reply = await SayAsync($"RCPT TO:<{recipient}>", stop).ConfigureAwait(false);
            if (reply.Code is 250 or 251) accepted++;
            else refused.Add($"{recipient} ({reply})");
        }

        if (accepted == 0)
            throw new NotificationException(
                $"Mail server {_options.Host} refused every recipient: {string.Join(", ", refused)}.");
        await AskAsync("DATA", "DATA", 354, stop).ConfigureAwait(false);
        await _stream.WriteAsync(mail, stop).ConfigureAwait(false);
        await AskAsync("the mail", ".", 250, stop).ConfigureAwait(false);
        return refused;
    }

    /// <summary>Says goodbye. The mail is accepted: nothing that happens now is a failure.</summary>
    public async Task QuitAsync(CancellationToken stop)
    {
        try
        {
            await SayAsync("QUIT", stop).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The server has hung up already.
        }
        catch (NotificationException)
        {
            // It hung up instead of an answer.
        }
        catch (OperationCanceledException)
        {
            // It takes its time.
        }
    }

    private void Use(Stream stream)
    {
        _stream = stream;
        _replies = new SmtpReplies(stream, _options.Host);
    }

    private async Task GreetAsync(CancellationToken stop)
    {
        // An address is what a client without a name of its own says.
        var local = ((IPEndPoint)_tcp.Client.LocalEndPoint!).Address;
        if (local.IsIPv4MappedToIPv6) local = local.MapToIPv4();
        var name = local.AddressFamily == AddressFamily.InterNetworkV6 ? $"[IPv6:{local}]" : $"[{local}]";
        _abilities = (await AskAsync("EHLO", $"EHLO {name}", 250, stop).ConfigureAwait(false)).Lines;
    }

    private async Task EncryptAsync(CancellationToken stop)
    {
        if (!Offers("STARTTLS"))
            throw new NotificationException(
                $"Mail server {_options.Host} does not offer STARTTLS, and nothing is sent in the clear. "
                + "Use another port, or set UseStartTls to false.");
        await AskAsync("STARTTLS", "STARTTLS", 220, stop).ConfigureAwait(false);
        if (_replies.HasMore)
            throw new NotificationException($"Mail server {_options.Host} says more than it may before STARTTLS.");
        var encrypted = new SslStream(_stream, leaveInnerStreamOpen: false);
        Use(encrypted);
        await encrypted.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = _options.Host,
                RemoteCertificateValidationCallback = _options.CertificateValidation,
            },
            stop).ConfigureAwait(false);
        // What it said in the clear does not count.
        await GreetAsync(stop).ConfigureAwait(false);
    }

    private async Task LogInAsync(NetworkCredential credentials, CancellationToken stop)
    {
        var ways = _abilities.FirstOrDefault(line => line.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase))
            ?.Split(' ').Skip(1).ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
        if (ways.Contains("PLAIN"))
        {
            var both = Base64($"\0{credentials.UserName}\0{credentials.Password}");
            await AskAsync("AUTH", $"AUTH PLAIN {both}", 235, stop).ConfigureAwait(false);
        }
        else if (ways.Contains("LOGIN"))
        {
            await AskAsync("AUTH", "AUTH LOGIN", 334, stop).ConfigureAwait(false);
            await AskAsync("the user", Base64(credentials.UserName), 334, stop).ConfigureAwait(false);
            await AskAsync("the password", Base64(credentials.Password), 235, stop).ConfigureAwait(false);
        }
        else
        {
            throw new NotificationException(
                $"Mail server {_options.Host} takes neither PLAIN nor LOGIN for credentials; it offers: "
                + $"{string.Join(", ", ways.DefaultIfEmpty("nothing"))}.");
        }
    }

    private bool Offers(string ability) => _abilities.Contains(ability, StringComparer.OrdinalIgnoreCase);

    private async Task<SmtpReply> AskAsync(string what, string line, int wanted, CancellationToken stop)
    {
        var reply = await SayAsync(line, stop).ConfigureAwait(false);
        Require(what, reply, wanted);
        return reply;
    }

    private async Task<SmtpReply> SayAsync(string line, CancellationToken stop)
    {
        await _stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), stop).ConfigureAwait(false);
        await _stream.FlushAsync(stop).ConfigureAwait(false);
        return await _replies.ReadAsync(stop).ConfigureAwait(false);
    }

    private void Require(string what, SmtpReply reply, int wanted)
    {
        if (reply.Code != wanted)
            throw new NotificationException($"Mail server {_options.Host} answered {what} with {reply}.");
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        _tcp.Dispose();
    }
}
