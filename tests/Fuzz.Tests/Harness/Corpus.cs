namespace ActorFlow.Fuzz.Tests;

/// <summary>
/// The inputs that are kept in the repository: what mutations start from, and what once found a fault.
/// </summary>
internal static class Corpus
{
    private const string HexEnding = ".hex";

    /// <summary>What mutations start from.</summary>
    public static IReadOnlyList<byte[]> Of(FuzzTarget target) =>
        [.. FilesIn(Folder("corpus", target.Name)).Select(Read)];

    /// <summary>What mutations start from, and what once found a fault.</summary>
    public static IEnumerable<byte[]> All(string target) =>
        FilesIn(Folder("corpus", target)).Concat(FilesIn(Folder("regressions", target))).Select(Read);

    /// <summary>The names of the inputs that once found a fault, as target and file.</summary>
    public static IEnumerable<(string Target, string File)> Regressions(IEnumerable<string> targets) =>
        from target in targets
        from file in FilesIn(Folder("regressions", target))
        select (target, Path.GetFileName(file));

    /// <summary>An input that once found a fault.</summary>
    public static byte[] Regression(string target, string file) =>
        Read(Path.Combine(Folder("regressions", target), file));

    /// <summary>What was saved in a folder.</summary>
    public static IEnumerable<byte[]> Saved(string folder) => FilesIn(PathOfSaved(folder)).Select(Read);

    /// <summary>
    /// Keeps an input where the build leaves it alone: as it is if it is plain text, or else in hex.
    /// </summary>
    /// <returns>The path of the file.</returns>
    public static string Save(string name, byte[] input)
    {
        var isText = Array.TrueForAll(input, b => b is >= 0x20 and < 0x7F or (byte)'\n');
        var path = PathOfSaved(isText ? name : name + HexEnding);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (isText) File.WriteAllBytes(path, input);
        else File.WriteAllLines(path, Convert.ToHexString(input).Chunk(100).Select(digits => new string(digits)));
        return path;
    }

    /// <summary>Deletes what was saved in a folder.</summary>
    public static void Forget(string folder)
    {
        if (Directory.Exists(PathOfSaved(folder))) Directory.Delete(PathOfSaved(folder), recursive: true);
    }

    private static string PathOfSaved(string name) => Repository.PathOf("artifacts", "fuzz", name);

    private static string[] FilesIn(string path)
    {
        if (!Directory.Exists(path)) return [];
        var files = Directory.GetFiles(path);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private static string Folder(string folder, string target) =>
        Repository.PathOf("tests", "Fuzz.Tests", folder, target);

    // Bytes that are no text are kept in hex, with remarks behind a '#'.
    public static byte[] Read(string path)
    {
        if (!path.EndsWith(HexEnding, StringComparison.Ordinal)) return File.ReadAllBytes(path);
        var digits = File.ReadLines(path).SelectMany(line => line.Split('#')[0]).Where(char.IsAsciiHexDigit);
        return Convert.FromHexString(string.Concat(digits));
    }
}
