using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace ActorFlow.Notify.Tests;

/// <summary>One request as it came over the wire.</summary>
internal sealed record Delivery(string Method, WebHeaderCollection Headers, byte[] Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}

/// <summary>A real HTTP server on this machine that keeps what is posted to it.</summary>
internal sealed class HookServer : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _serving;
    private readonly int _status;
    private readonly bool _answers;

    public HookServer(int status = 200, bool answers = true)
    {
        (_status, _answers) = (status, answers);
        (_listener, Url) = Listen();
        _serving = ServeAsync();
    }

    public Uri Url { get; }

    public List<Delivery> Deliveries { get; } = [];

    public Delivery Only => Assert.Single(Deliveries);

    // The listener cannot choose a port itself; one that is taken meanwhile is not the only one.
    private static (HttpListener Listener, Uri Url) Listen()
    {
        for (var attempt = 0; ; attempt++)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/hook/";
            probe.Stop();
            var listener = new HttpListener { Prefixes = { url } };
            try
            {
                listener.Start();
                return (listener, new Uri(url));
            }
            catch (HttpListenerException) when (attempt < 20)
            {
                listener.Close();
            }
        }
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            Deliveries.Add(new Delivery(
                context.Request.HttpMethod, (WebHeaderCollection)context.Request.Headers, body.ToArray()));
            if (!_answers) continue;
            context.Response.StatusCode = _status;
            if (_status is >= 300 and < 400) context.Response.RedirectLocation = Url.ToString();
            context.Response.Close();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }
}
