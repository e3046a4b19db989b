using System.Net.Sockets;
using System.Security.Authentication;

namespace ActorFlow;

/// <summary>Says in words why a server could not be talked to.</summary>
internal static class Unreachable
{
    /// <summary>What is wrong, as the rest of a sentence that begins with what the server is.</summary>
    /// <param name="error">What the platform says.</param>
    /// <param name="host">The server's name or address.</param>
    /// <param name="port">Its port.</param>
    public static string Why(Exception error, string host, int port)
    {
        var at = $"{host}, port {port},";
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is AuthenticationException)
                return $"{at} cannot be trusted, or speaks no TLS: {Said(cause)}";
            if (cause is SocketException socket) return $"{at} {Of(socket)}";
        }

        var last = error.InnerException ?? error;
        return last is IOException
            ? $"{at} hung up, or speaks another protocol: {Said(last)}"
            : $"{at} could not be reached: {Said(error)}";
    }

    private static string Of(SocketException error) => error.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain =>
            "is not known: there is no host of that name, or no name server answers. Check the host.",
        SocketError.ConnectionRefused => "refused the connection: nothing listens there. Check the host and the port.",
        SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown
            or SocketError.HostDown => "cannot be reached over the network. Check the host, and the network.",
        SocketError.TimedOut => "did not answer. Check the host and the port.",
        SocketError.ConnectionReset => "hung up.",
        _ => $"could not be reached: {Said(error)}",
    };

    private static string Said(Exception error) => $"{error.Message.TrimEnd('.')}.";
}
