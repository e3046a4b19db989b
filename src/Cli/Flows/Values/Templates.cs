using System.Text;
using System.Text.RegularExpressions;

namespace ActorFlow.Cli;

/// <summary>A reference in a text.</summary>
/// <param name="Source">What it begins with: <c>input</c>, <c>needs</c>, <c>item</c>…</param>
/// <param name="Path">The fields behind it, separated by dots; null for the whole value.</param>
/// <param name="Text">How it is written.</param>
internal sealed record Reference(string Source, string? Path, string Text)
{
    /// <summary>The first name of the path; null if there is none.</summary>
    public string? FirstName => Path?.Split('.')[0];

    /// <summary>The same as an expression.</summary>
    public Expression ToExpression() => (Path?.Split('.') ?? []).Aggregate(
        (Expression)new Expression.Root(Source == "matrix" ? ValueScope.Item : Source, 0),
        (owner, name) => new Expression.Field(owner, name));
}

/// <summary>
/// Texts with references in them: <c>${input.NAME}</c>, <c>${needs.NAME}</c>, <c>${item}</c>…; <c>$${</c> is just
/// <c>${</c>.
/// </summary>
internal static partial class Templates
{
    [GeneratedRegex(
        @"\$\$\{|\$\{(?:(?<source>input|needs)\.(?<path>[^{}]+)"
        + @"|(?<source>item|key|matrix|value|round|job|task|flow)(?:\.(?<path>[^{}]+))?)\}",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();

    /// <summary>The references in a text.</summary>
    public static IEnumerable<Reference> References(string text) => MayHaveOne(text)
        ? Pattern().Matches(text).Where(match => !IsEscaped(match)).Select(Of)
        : [];

    /// <summary>Whether a text has a <c>${</c> that begins no reference and is not said to be text.</summary>
    public static bool HasOther(string text) =>
        MayHaveOne(text) && Pattern().Replace(text, "").Contains("${", StringComparison.Ordinal);

    /// <summary>The reference that a text is, whole; null if it is not just that.</summary>
    public static Reference? Whole(string text) =>
        MayHaveOne(text) && Pattern().Match(text) is { Success: true } match && match.Length == text.Length
            && !IsEscaped(match)
            ? Of(match)
            : null;

    /// <summary>Puts values in the places of references.</summary>
    public static string Fill(string text, Func<Reference, string> valueOf)
    {
        var filled = new StringBuilder();
        var done = 0;
        foreach (Match match in Pattern().Matches(text))
        {
            filled.Append(text, done, match.Index - done);
            filled.Append(IsEscaped(match) ? match.Value[1..] : valueOf(Of(match)));
            done = match.Index + match.Length;
        }

        return filled.Append(text, done, text.Length - done).ToString();
    }

    private static bool MayHaveOne(string text) => text.Contains("${", StringComparison.Ordinal);

    private static Reference Of(Match match) => new(
        match.Groups["source"].Value, match.Groups["path"] is { Success: true } path ? path.Value : null, match.Value);

    private static bool IsEscaped(Match match) => match.Value.StartsWith("$$", StringComparison.Ordinal);
}
