namespace ActorFlow.House.Tests.Tree;

/// <summary>One text file of the repository.</summary>
/// <param name="Path">Its path from the root, with forward slashes.</param>
/// <param name="Text">What it says.</param>
internal sealed record TreeFile(string Path, string Text)
{
    /// <summary>Its lines; the line break at the end of the file starts no new one.</summary>
    public IReadOnlyList<string> Lines { get; } = Text.TrimEnd('\n').Split('\n');

    /// <summary>Whether it lies in a folder of the root, such as <c>src</c>.</summary>
    public bool IsIn(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);
}
