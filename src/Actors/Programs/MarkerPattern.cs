using System.Globalization;
using System.Text.RegularExpressions;

namespace ActorFlow;

/// <summary>Makes markers of lines that a pattern fits: what <see cref="ProcessSpec.LogFilter"/> takes.</summary>
public sealed class MarkerPattern
{
    // A pattern is tried on every line that a program prints: its time must not explode, whatever it prints.
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    private readonly Regex _pattern;

    private MarkerPattern(Regex pattern) => _pattern = pattern;

    /// <summary>As gcc, clang and many others print: <c>file:line:column: warning: message</c>.</summary>
    public static MarkerPattern Gcc { get; } = new(new Regex(
        @"^(?<file>[^\s:][^:]*):(?<line>\d+):(?:(?<column>\d+):)?\s*"
        + @"(?<severity>fatal error|error|warning|note|info): (?<message>.*)$", Options));

    /// <summary>As MSBuild and the compilers of .NET print: <c>file(line,column): error CS0103: message</c>.</summary>
    public static MarkerPattern MsBuild { get; } = new(new Regex(
        @"^\s*(?<file>[^\s(:][^(:]*)(?:\((?<line>\d+)(?:,(?<column>\d+))?[^)]*\))?\s*:\s*(?:[\w ]+ )?"
        + @"(?<severity>error|warning|info|message) (?<message>[A-Za-z]+\d+\s*: .*)$", Options));

    /// <summary>The patterns that have names, in the order of their names: <c>gcc</c> and <c>msbuild</c>.</summary>
    public static IReadOnlyDictionary<string, MarkerPattern> Named { get; } =
        new SortedDictionary<string, MarkerPattern>(StringComparer.Ordinal) { ["gcc"] = Gcc, ["msbuild"] = MsBuild };

    /// <summary>A pattern of one's own.</summary>
    /// <param name="pattern">
    /// A regular expression with a group <c>message</c>, and as far as known <c>file</c>, <c>line</c>, <c>column</c>
    /// and <c>severity</c>: what that holds is an error if it begins with e or f, a warning with w, an info otherwise.
    /// It must get by without looking back or around: its time grows with the line and no faster.
    /// </param>
    /// <exception cref="ActorFlowException">It is no regular expression, or has no group <c>message</c>.</exception>
    public static MarkerPattern Of(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        try
        {
            var made = new Regex(pattern, Options);
            return made.GetGroupNames().Contains("message", StringComparer.Ordinal)
                ? new MarkerPattern(made)
                : throw new ActorFlowException(
                    $"The pattern '{pattern}' has no group for what a marker says; write (?<message>…) in it, or use "
                    + $"one of {string.Join(", ", Named.Keys)}.");
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new ActorFlowException($"'{pattern}' is no pattern: {e.Message}", e);
        }
    }

    /// <summary>The marker that a line is; null if it is none.</summary>
    public Marker? Match(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var match = _pattern.Match(line);
        if (!match.Success) return null;
        return new Marker(SeverityOf(match.Groups["severity"].Value), match.Groups["message"].Value.Trim())
        {
            File = match.Groups["file"] is { Success: true, Length: > 0 } file ? file.Value.Trim() : null,
            Line = NumberOf(match.Groups["line"].Value),
            Column = NumberOf(match.Groups["column"].Value),
        };
    }

    /// <summary>A filter that asks several patterns; the first that fits decides.</summary>
    public static Func<string, Marker?> FirstOf(params IReadOnlyList<MarkerPattern> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        return line => patterns.Select(pattern => pattern.Match(line)).FirstOrDefault(marker => marker is not null);
    }

    private static Severity SeverityOf(string word) => word switch
    {
        ['e' or 'E' or 'f' or 'F', ..] => Severity.Error,
        ['w' or 'W', ..] => Severity.Warning,
        _ => Severity.Info,
    };

    private static int? NumberOf(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
