using System.Security.Cryptography;

namespace ActorFlow;

/// <summary>What a file held at one moment.</summary>
/// <param name="Path">The file.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="ModifiedAt">When it was written, in UTC ticks.</param>
/// <param name="Sha256">A digest of its content; empty if it was not there or changed meanwhile.</param>
/// <param name="IsSettled">
/// Whether the file was not written just then: only then do size and time say that it is the same.
/// </param>
internal sealed record FileMark(string Path, long Size, long ModifiedAt, string Sha256, bool IsSettled)
{
    // Clocks of file systems may be as coarse as this; a second write within it would not show.
    private static readonly TimeSpan Coarse = TimeSpan.FromSeconds(2);

    /// <summary>Whether the file was there, and its content is known.</summary>
    public bool IsKnown => Sha256.Length > 0;

    /// <summary>A file as it is now.</summary>
    /// <param name="path">The file.</param>
    /// <param name="known">What it was before: if size and time are the same, its content is not read.</param>
    public static FileMark Of(string path, FileMark? known = null)
    {
        // The clock of the file system is the real one, whatever clock the engine has.
        var now = TimeProvider.System.GetUtcNow();
        var file = new FileInfo(path);
        if (!file.Exists) return new FileMark(path, 0, 0, "", IsSettled: false);
        var (size, modifiedAt) = (file.Length, file.LastWriteTimeUtc.Ticks);
        if (known is { IsSettled: true, IsKnown: true } && known.Size == size && known.ModifiedAt == modifiedAt)
            return known;
        using var content = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var digest = Convert.ToHexStringLower(SHA256.HashData(content));
        return new FileMark(path, size, modifiedAt, digest, modifiedAt < (now - Coarse).UtcTicks);
    }

    /// <summary>
    /// The mark of a file that may have been written after a moment: then its content is not relied on.
    /// </summary>
    public static FileMark OfReadSince(string path, DateTimeOffset since)
    {
        var mark = Of(path);
        return mark.ModifiedAt < since.UtcTicks ? mark : mark with { Sha256 = "" };
    }

    /// <summary>Whether two marks are of the same content.</summary>
    public bool Matches(FileMark other) => IsKnown && Path == other.Path && Sha256 == other.Sha256;
}
