namespace ActorFlow.Engine;

/// <summary>Cuts texts that were made by others to the length that is kept or shown of them.</summary>
public static class CutText
{
    private const int ShownInMessages = 80;

    /// <summary>A value as a message shows it: a long one cut, with its length.</summary>
    public static string Shown(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= ShownInMessages ? text : $"{To(ShownInMessages, text)} ({text.Length} characters)";
    }

    /// <summary>The text, or its beginning with an ellipsis behind it.</summary>
    /// <param name="length">The most characters (UTF-16) of the text that are left of it, at least 1.</param>
    /// <param name="text">The text.</param>
    public static string To(int length, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= length) return text;
        // Half a character has no UTF-8.
        var end = char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return text[..end] + "…";
    }
}
