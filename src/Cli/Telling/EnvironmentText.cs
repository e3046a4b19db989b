using System.Text.RegularExpressions;

namespace ActorFlow.Cli;

/// <summary>Texts with variables of the environment in them: <c>${env.NAME}</c>. Secrets stand in no file.</summary>
internal static partial class EnvironmentText
{
    [GeneratedRegex(@"\$\{env\.(?<name>[A-Za-z_][A-Za-z0-9_]*)\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();

    /// <summary>Whether a text is one variable, and nothing else.</summary>
    public static bool IsVariable(string text) =>
        Pattern().Match(text) is { Success: true } match && match.Length == text.Length;

    /// <summary>Whether a text has a <c>${</c> that is no variable: it would be sent as it stands there.</summary>
    public static bool HasOther(string text) =>
        Pattern().Replace(text, "").Contains("${", StringComparison.Ordinal);

    /// <summary>Whether a text has variables, and every <c>${</c> in it is one.</summary>
    public static bool HasVariables(string text) => Pattern().IsMatch(text) && !HasOther(text);

    /// <summary>Whether a text is the same everywhere.</summary>
    public static bool IsConstant(string text) => !Pattern().IsMatch(text);

    /// <summary>A text with another in the place of each variable, to look at what is known of it.</summary>
    public static string FillWith(string text, string other) => Pattern().Replace(text, _ => other);

    /// <summary>A text with the values of its variables.</summary>
    /// <param name="text">The text.</param>
    /// <param name="asker">Who asks for them, for messages.</param>
    /// <exception cref="ActorFlowException">One is not set.</exception>
    public static string Fill(string text, string asker = "'notify' of the flow") => Pattern().Replace(text, match =>
    {
        var name = match.Groups["name"].Value;
        return Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
            ? value
            : throw new ActorFlowException(
                $"The variable {name} is not set, and {asker} asks for {match.Value}: set it.");
    });
}
