using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ActorFlow.Notify.Tests;

/// <summary>A real mail server on this machine: it says what it is told to, and keeps what it hears.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _serving;
    private readonly RSA _key = RSA.Create(2048);
    private readonly X509Certificate2 _certificate;

    public MailServer()
    {
        var request = new CertificateRequest("CN=mail.test", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        _certificate = request.CreateSelfSigned(
            DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>What it offers behind EHLO.</summary>
    public List<string> Offers { get; } = [];

    /// <summary>Whether it says nothing at all.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Recipients that it does not take.</summary>
    public HashSet<string> Refused { get; } = [];

    /// <summary>What it heard, a line each; <c>(encrypted)</c> where the encryption began.</summary>
    public List<string> Heard { get; } = [];

    /// <summary>The mails that it took.</summary>
    public List<string> Mails { get; } = [];

    public string Thumbprint => _certificate.Thumbprint;

    public EmailOptions Options => new()
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
        From = "Reports <reports@example.org>",
        To = ["one@example.org", "Zwei Größen <two@example.org>"],
        Timeout = TimeSpan.FromMinutes(1),
    };

    private async Task ServeAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_closing.Token);
                await TalkAsync(client.GetStream());
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException
                or System.Security.Authentication.AuthenticationException)
            {
                lock (Heard) Heard.Add("(hung up)");
            }
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        if (IsSilent) await Task.Delay(Timeout.Infinite, _closing.Token);
        await SayAsync(stream, "220 mail.test");
        while (await HearAsync(stream) is { } line)
        {
            lock (Heard) Heard.Add(line);
            switch (line.Split(' ', ':')[0])
            {
                case "EHLO":
                    await SayAsync(stream, [.. Offers.Select(offer => "250-" + offer), "250 8BITMIME"]);
                    break;
                case "STARTTLS":
                    await SayAsync(stream, "220 go on");
                    stream = await EncryptAsync(stream);
                    break;
                case "AUTH" when line == "AUTH LOGIN":
                    await LogInAsync(stream);
                    break;
                case "AUTH":
                    await SayAsync(stream, "235 welcome");
                    break;
                case "RCPT":
                    await SayAsync(stream, Refused.Any(line.Contains) ? "550 nobody here" : "250 fine");
                    break;
                case "DATA":
                    await SayAsync(stream, "354 go on");
                    await TakeMailAsync(stream);
                    break;
                case "QUIT":
                    await SayAsync(stream, "221 bye");
                    return;
                default:
                    await SayAsync(stream, "250 fine");
                    break;
            }
        }
    }

    private async Task<Stream> EncryptAsync(Stream stream)
    {
        var encrypted = new SslStream(stream);
        await encrypted.AuthenticateAsServerAsync(_certificate);
        lock (Heard) Heard.Add("(encrypted)");
        return encrypted;
    }

    private async Task LogInAsync(Stream stream)
    {
        foreach (var answer in (string[])["334 VXNlcg==", "334 UGFzcw=="])
        {
            await SayAsync(stream, answer);
            var said = await HearAsync(stream);
            lock (Heard) Heard.Add(Encoding.UTF8.GetString(Convert.FromBase64String(said!)));
        }

        await SayAsync(stream, "235 welcome");
    }

    private async Task TakeMailAsync(Stream stream)
    {
        var mail = new StringBuilder();
        while (await HearAsync(stream) is { } line && line != ".") mail.Append(line).Append('\n');
        Mails.Add(mail.ToString());
        await SayAsync(stream, "250 taken");
    }

    private async Task SayAsync(Stream stream, params string[] lines) =>
        await stream.WriteAsync(Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n"), _closing.Token);

    // Byte by byte: what follows STARTTLS is not this conversation's.
    private async Task<string?> HearAsync(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _closing.Token) == 1)
        {
            if (one[0] == '\n') return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(one[0]);
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        await _serving;
        _certificate.Dispose();
        _key.Dispose();
        _closing.Dispose();
    }
}
