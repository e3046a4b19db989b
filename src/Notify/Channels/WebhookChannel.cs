using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace ActorFlow;

/// <summary>Posts reports as JSON to an address, signed if there is a secret.</summary>
/// <remarks>An answer of another class than 2xx is a failure; redirects are not followed.</remarks>
public sealed class WebhookChannel : IReportChannel
{
    /// <summary>The header with the signature.</summary>
    public const string SignatureHeader = "X-Signature-SHA256";

    // One for all channels: connections are kept, and go in time for addresses that move.
    private static readonly HttpClient Shared = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
    };

    private readonly WebhookOptions _options;
    private readonly HttpClient _client;

    /// <summary>Makes a channel.</summary>
    /// <param name="options">Where to, and what.</param>
    /// <param name="client">What sends; null for a client of the channel. It is not disposed.</param>
    /// <exception cref="ActorFlowException">The options make no sense.</exception>
    public WebhookChannel(WebhookOptions options, HttpClient? client = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        _options = options;
        _client = client ?? Shared;
    }

    /// <summary>The word <c>webhook</c> and the host.</summary>
    public string Name => $"webhook {_options.Url.Host}";

    /// <summary>The signature of a body: its HMAC-SHA256 in lower-case hexadecimal.</summary>
    /// <param name="body">The bytes of the body.</param>
    /// <param name="secret">The secret, in UTF-8.</param>
    public static string Sign(ReadOnlySpan<byte> body, string secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    /// <inheritdoc />
    public async Task SendAsync(ReportNotification notification, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notification);
        var body = WebhookPayload.Of(notification.Report, _options);
        using var request = new HttpRequestMessage(HttpMethod.Post, _options.Url);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        foreach (var (name, value) in _options.Headers) AddHeader(request, name, value);
        if (_options.Secret is { } secret) request.Headers.Add(SignatureHeader, Sign(body, secret));
        await TimeLimit.RunAsync($"Webhook {_options.Url.Authority}", _options.Timeout, async stop =>
        {
            using var response = await PostAsync(request, stop).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                throw new NotificationException(
                    $"Webhook {_options.Url.Authority} answered {(int)response.StatusCode} {response.ReasonPhrase}.");
        }, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> PostAsync(HttpRequestMessage request, CancellationToken stop)
    {
        try
        {
            return await _client.SendAsync(request, stop).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (!stop.IsCancellationRequested)
        {
            var (host, port) = (_options.Url.IdnHost, _options.Url.Port);
            throw new NotificationException($"Webhook {Unreachable.Why(e, host, port)}", e);
        }
    }

    private static void AddHeader(HttpRequestMessage request, string name, string value)
    {
        if (request.Headers.TryAddWithoutValidation(name, value)) return;
        request.Content!.Headers.Remove(name);
        if (!request.Content.Headers.TryAddWithoutValidation(name, value))
            throw new NotificationException($"'{name}' cannot be the name of a header.");
    }
}
