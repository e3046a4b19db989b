using System.Net.Sockets;
using System.Security.Authentication;

namespace ActorFlow.Notify.Tests;

/// <summary>What is said of servers that cannot be talked to: who, and what to look at; no names of types.</summary>
public sealed class UnreachableTests
{
    [Theory]
    [InlineData(SocketError.HostNotFound, "is not known: there is no host of that name, or no name server answers.")]
    [InlineData(SocketError.TryAgain, "is not known: there is no host of that name, or no name server answers.")]
    [InlineData(SocketError.ConnectionRefused, "refused the connection: nothing listens there.")]
    [InlineData(SocketError.NetworkUnreachable, "cannot be reached over the network.")]
    [InlineData(SocketError.TimedOut, "did not answer.")]
    [InlineData(SocketError.ConnectionReset, "hung up.")]
    [InlineData(SocketError.TooManyOpenSockets, "could not be reached: ")]
    public void What_the_system_says_is_put_in_words(SocketError error, string said)
    {
        var why = Unreachable.Why(
            new HttpRequestException("wrapped", new SocketException((int)error)), "example.org", 8080);
        Assert.StartsWith($"example.org, port 8080, {said}", why, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_without_encryption_and_one_with_another_protocol_are_told_apart()
    {
        Assert.Equal(
            "a, port 1, cannot be trusted, or speaks no TLS: The certificate has expired.",
            Unreachable.Why(new AuthenticationException("The certificate has expired."), "a", 1));
        Assert.Equal(
            "a, port 1, hung up, or speaks another protocol: The response ended.",
            Unreachable.Why(new HttpRequestException("e", new IOException("The response ended")), "a", 1));
        Assert.Equal("a, port 1, could not be reached: odd.", Unreachable.Why(new HttpRequestException("odd"), "a", 1));
    }

    [Fact]
    public async Task A_time_out_may_be_as_long_as_one_likes()
    {
        var isDone = false;

        await TimeLimit.RunAsync("it", TimeSpan.MaxValue, _ => Task.FromResult(isDone = true), CancellationToken.None);

        Assert.True(isDone);
    }

    [Fact]
    public async Task A_mail_server_that_is_not_there_is_named_with_its_port()
    {
        using var probe = new TcpListener(System.Net.IPAddress.Loopback, 0);
        probe.Start();
        var port = ((System.Net.IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var channel = new EmailChannel(new EmailOptions
        {
            Host = "127.0.0.1",
            Port = port,
            From = "a@example.org",
            To = ["b@example.org"],
        });
        var result = await (await Reports.MixedAsync()).NotifyAsync([channel]);
        Assert.Equal(
            $"Mail server 127.0.0.1, port {port}, refused the connection: nothing listens there. "
            + "Check the host and the port.", result.Channels[0].Error!.Message);
    }
}
