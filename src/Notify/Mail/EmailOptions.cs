using System.Net;
using System.Net.Mail;
using System.Net.Security;

namespace ActorFlow;

/// <summary>Which server takes mail, from whom and to whom.</summary>
public sealed record EmailOptions
{
    /// <summary>The server's name or address.</summary>
    public required string Host { get; init; }

    /// <summary>The server's port. The default is 25; servers that want credentials are often at 587.</summary>
    public int Port { get; init; } = 25;

    /// <summary>The sender: <c>reports@example.org</c>, or with a name before the address in angle brackets.</summary>
    public required string From { get; init; }

    /// <summary>The recipients; all of them are named in the mail.</summary>
    public required IReadOnlyList<string> To { get; init; }

    /// <summary>The user and the password; null, the default, to send without.</summary>
    public NetworkCredential? Credentials { get; init; }

    /// <summary>
    /// Whether the connection is encrypted by STARTTLS before anything is said; a server that does not offer it is then
    /// refused. Null, the default, for yes if there are credentials, and no if there are none.
    /// </summary>
    public bool? UseStartTls { get; init; }

    /// <summary>Judges the server's certificate; null, the default, for the rules of the system.</summary>
    public RemoteCertificateValidationCallback? CertificateValidation { get; init; }

    /// <summary>How long sending may take in all. The default is 5 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How the mail looks: colours, language, and what is shown.</summary>
    public HtmlStyle Style { get; init; } = new();

    /// <summary>The clock that the mail is dated by. The default is the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal bool IsEncrypted => UseStartTls ?? Credentials is not null;

    /// <summary>The addresses, if everything makes sense.</summary>
    /// <exception cref="ActorFlowException">Something makes no sense.</exception>
    internal (MailAddress From, IReadOnlyList<MailAddress> To) Check()
    {
        if (string.IsNullOrWhiteSpace(Host)) throw new ActorFlowException("The mail server's Host is empty; name one.");
        if (Port is < 1 or > 65535)
            throw new ActorFlowException($"The mail server's Port is {Port}; it must be from 1 to 65535.");
        if (Timeout <= TimeSpan.Zero)
            throw new ActorFlowException($"The mail server's Timeout is {Timeout}; it must be longer than zero.");
        if (To is not { Count: > 0 }) throw new ActorFlowException("The mail has no recipients; name one in To.");
        return (Address("From", From), [.. To.Select(to => Address("To", to))]);
    }

    /// <summary>Whether a text is an address that a mail can have: with a name or without, in plain letters.</summary>
    public static bool IsAddress(string text) => Parsed(text) is not null;

    private static MailAddress? Parsed(string text) =>
        MailAddress.TryCreate(text, out var address) && address.Address.All(c => c is > ' ' and < '\x7f')
            ? address
            : null;

    private static MailAddress Address(string where, string text) =>
        Parsed(text) ?? throw new ActorFlowException(
                $"'{text}' in {where} is no mail address; write one such as reports@example.org in plain letters.");
}
