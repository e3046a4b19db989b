using System.IO.Enumeration;

namespace ActorFlow;

/// <summary>
/// Finds files by patterns: <c>*</c> and <c>?</c> within a name, <c>**</c> for any number of directories.
/// </summary>
internal static class FileGlob
{
    private static readonly EnumerationOptions Entries = new()
    {
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
    };

    /// <summary>Whether a pattern may mean several files.</summary>
    public static bool IsPattern(string pattern) => pattern.AsSpan().IndexOfAny('*', '?') >= 0;

    /// <summary>
    /// The full paths of the files that match, in ordinal order; a name without patterns is given as it is.
    /// </summary>
    /// <param name="directory">The directory that a relative pattern is below.</param>
    /// <param name="pattern">The pattern.</param>
    public static IReadOnlyCollection<string> Find(string directory, string pattern)
    {
        var full = Path.GetFullPath(pattern, directory);
        if (!IsPattern(pattern)) return [full];
        var root = Path.GetPathRoot(full)!;
        var names = full[root.Length..].Split(
            [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        var found = new SortedSet<string>(StringComparer.Ordinal);
        // What comes before the first pattern need not be looked for.
        var fixedNames = names.TakeWhile(name => !IsPattern(name)).Count();
        Walk(Path.Combine([root, .. names.Take(fixedNames)]), names.AsSpan(fixedNames), found);
        return found;
    }

    private static void Walk(string directory, ReadOnlySpan<string> names, SortedSet<string> found)
    {
        if (!Directory.Exists(directory)) return;
        var name = names[0];
        var rest = names[1..];
        if (name == "**")
        {
            if (rest.IsEmpty) AddFiles(directory, "*", found);
            else Walk(directory, rest, found);
            // Links are not followed here: they may lead in a circle.
            foreach (var below in Directories(directory, "*").Where(below => below.LinkTarget is null))
                Walk(below.FullName, names, found);
        }
        else if (rest.IsEmpty)
        {
            AddFiles(directory, name, found);
        }
        else if (!IsPattern(name))
        {
            Walk(Path.Combine(directory, name), rest, found);
        }
        else
        {
            foreach (var below in Directories(directory, name)) Walk(below.FullName, rest, found);
        }
    }

    private static void AddFiles(string directory, string name, SortedSet<string> found)
    {
        foreach (var file in new DirectoryInfo(directory).EnumerateFiles("*", Entries))
            if (Matches(name, file.Name) && !LeadsNowhere(file)) found.Add(file.FullName);
    }

    // As the locks of some editors do.
    private static bool LeadsNowhere(FileInfo file) =>
        file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is not { Exists: true };

    private static IEnumerable<DirectoryInfo> Directories(string directory, string name) =>
        new DirectoryInfo(directory).EnumerateDirectories("*", Entries).Where(below => Matches(name, below.Name));

    private static bool Matches(string pattern, string name) =>
        FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: OperatingSystem.IsWindows());
}
