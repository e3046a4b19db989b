namespace ActorFlow.Actors;

/// <summary>Cuts texts that were made by others to the length that is kept of them.</summary>
internal static class CutText
{
    /// <summary>The text, or its beginning with an ellipsis behind it.</summary>
    public static string To(int length, string text)
    {
        if (text.Length <= length) return text;
        // Half a character has no UTF-8.
        var end = char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return text[..end] + "…";
    }
}
