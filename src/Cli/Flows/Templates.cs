using System.Text;
using System.Text.RegularExpressions;

namespace ActorFlow.Cli;

/// <summary>
/// Texts with references in them: <c>${input.NAME}</c> and <c>${needs.NAME}</c>; <c>$${</c> is just <c>${</c>.
/// </summary>
internal static partial class Templates
{
    [GeneratedRegex(@"\$?\$\{(?<source>input|needs)\.(?<path>[^{}]+)\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();

    /// <summary>The references in a text: what they refer to, and how they are written.</summary>
    public static IEnumerable<(string Source, string Reference)> References(string text) =>
        Pattern().Matches(text).Where(m => !IsEscaped(m)).Select(m => (m.Groups["source"].Value, m.Value));

    /// <summary>The path behind <c>input.</c> or <c>needs.</c>.</summary>
    public static string PathOf(string reference) => Pattern().Match(reference).Groups["path"].Value;

    /// <summary>The path of the input that a text is, whole; null if it is not just that.</summary>
    public static string? WholeInput(string text) =>
        Pattern().Match(text) is { Success: true } match && match.Length == text.Length && !IsEscaped(match)
            && match.Groups["source"].Value == "input"
                ? match.Groups["path"].Value
                : null;

    /// <summary>Puts values in the places of references.</summary>
    public static string Fill(string text, Func<string, string, string> valueOf)
    {
        var filled = new StringBuilder();
        var done = 0;
        foreach (Match match in Pattern().Matches(text))
        {
            filled.Append(text, done, match.Index - done);
            filled.Append(IsEscaped(match)
                ? match.Value[1..]
                : valueOf(match.Groups["source"].Value, match.Groups["path"].Value));
            done = match.Index + match.Length;
        }

        return filled.Append(text, done, text.Length - done).ToString();
    }

    private static bool IsEscaped(Match match) => match.Value.StartsWith("$$", StringComparison.Ordinal);
}
