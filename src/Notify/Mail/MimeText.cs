using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace ActorFlow;

/// <summary>An HTML page as the text of a mail: plain letters, short lines, none of which begins with a dot.</summary>
internal static class MimeText
{
    // An encoded word has at most 75 characters: what is around it takes 12, and base64 four for every three bytes.
    private const int BytesPerWord = 45;

    public static byte[] Of(
        MailAddress from, IReadOnlyList<MailAddress> to, string subject, string html, DateTimeOffset at)
    {
        var text = new StringBuilder();
        Header("From", Address(from));
        Header("To", string.Join(",\r\n ", to.Select(Address)));
        Header("Subject", Words(subject));
        Header("Date", at.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        Header("Message-ID", $"<{Guid.NewGuid():N}@{from.Host}>");
        Header("MIME-Version", "1.0");
        Header("Content-Type", "text/html; charset=utf-8");
        Header("Content-Transfer-Encoding", "base64");
        text.Append("\r\n");
        var body = Convert.ToBase64String(Encoding.UTF8.GetBytes(html), Base64FormattingOptions.InsertLineBreaks);
        return Encoding.ASCII.GetBytes(text.Append(body).Append("\r\n").ToString());

        void Header(string name, string value) => text.Append(name).Append(": ").Append(value).Append("\r\n");
    }

    private static string Address(MailAddress address) =>
        address.DisplayName.Length == 0 ? address.Address : $"{Words(address.DisplayName)} <{address.Address}>";

    /// <summary>A text of any letters as encoded words, a line each: nothing in it can end a header.</summary>
    private static string Words(string text)
    {
        var words = new List<string>();
        var word = new List<byte>(BytesPerWord);
        Span<byte> letter = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(letter);
            if (word.Count + length > BytesPerWord) Close();
            word.AddRange(letter[..length]);
        }

        Close();
        return string.Join("\r\n ", words);

        void Close()
        {
            if (word.Count > 0) words.Add($"=?utf-8?B?{Convert.ToBase64String([.. word])}?=");
            word.Clear();
        }
    }
}
