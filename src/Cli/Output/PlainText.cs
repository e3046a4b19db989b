using System.Text;

namespace ActorFlow.Cli;

/// <summary>Makes text of others fit to print: one line, no control codes.</summary>
internal static class PlainText
{
    private const int MaxLength = 300;

    /// <summary>The text on one line, cut if it is long.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, MaxLength));
        foreach (var c in text)
        {
            if (line.Length == MaxLength) return line.Append('…').ToString();
            line.Append(char.IsControl(c) ? ' ' : c);
        }

        return line.ToString().Trim();
    }

    /// <summary>"1 task", "2 tasks".</summary>
    public static string Count(long count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    /// <summary><c>TimedOut</c> as <c>timed-out</c>, as flow files have it too.</summary>
    public static string Hyphenated(string name) => Words(name).Replace(' ', '-');

    /// <summary><c>AttemptThrew</c> as "attempt threw".</summary>
    public static string Words(string name)
    {
        var words = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c) && words.Length > 0) words.Append(' ');
            words.Append(char.ToLowerInvariant(c));
        }

        return words.ToString();
    }
}
