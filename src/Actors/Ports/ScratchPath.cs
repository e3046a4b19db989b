namespace ActorFlow.Actors;

/// <summary>Paths below a scratch directory, and nowhere else.</summary>
internal static class ScratchPath
{
    /// <summary>The whole path of a file in a directory.</summary>
    /// <exception cref="ActorFlowException">It leads out of the directory, by its names or by a link.</exception>
    public static string In(string directory, string path)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)) + Path.DirectorySeparatorChar;
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) || Path.EndsInDirectorySeparator(path))
            throw new ActorFlowException(
                $"'{path.Replace("\0", "?", StringComparison.Ordinal)}' is no path of a file.");
        var file = Path.GetFullPath(Path.Combine(root, path));
        if (!file.StartsWith(root, StringComparison.Ordinal))
            throw new ActorFlowException(
                $"'{path}' leads out of the scratch directory '{directory}'; name a path below it.");
        for (var at = file; at.Length >= root.Length; at = Path.GetDirectoryName(at)!)
            if (new FileInfo(at).LinkTarget is { } target)
                throw new ActorFlowException(
                    $"'{path}' leads over a link to '{target}', which may be outside of the scratch directory; "
                    + "name a path without links.");
        return file;
    }
}
