namespace ActorFlow.Actors;

/// <summary>What a <c>/proc</c> says of the processes of this machine; nothing where there is none.</summary>
internal static class ProcFiles
{
    /// <summary>Whether there is one.</summary>
    public static bool AreThere => Directory.Exists("/proc");

    /// <summary>One file of every process that can be read.</summary>
    /// <param name="name">Its name in the directory of a process.</param>
    public static IEnumerable<(int Process, byte[] Content)> All(string name)
    {
        if (!AreThere) yield break;
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(directory), out var process)
                && Read(Path.Combine(directory, name)) is { } content)
                yield return (process, content);
    }

    /// <summary>One file of a process; null if it cannot be read.</summary>
    /// <param name="process">Its number.</param>
    /// <param name="name">The file's name in its directory.</param>
    public static byte[]? Of(string process, string name) => Read(Path.Combine("/proc", process, name));

    private static byte[]? Read(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended just now, or belongs to somebody else.
            return null;
        }
    }
}
