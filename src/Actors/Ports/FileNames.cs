namespace ActorFlow.Actors;

/// <summary>Makes names of jobs and tasks fit for file systems: what is not plain is percent-encoded.</summary>
public static class FileNames
{
    /// <summary>A file name for a name; different names give different file names.</summary>
    public static string Safe(string name)
    {
        var encoded = Uri.EscapeDataString(name).Replace("~", "%7E", StringComparison.Ordinal);
        // File systems allow 255 bytes: what is longer keeps its start and is told apart by a digest.
        if (encoded.Length > 150)
            encoded = string.Concat(encoded.AsSpan(0, 110), "~", Convert.ToHexStringLower(
                System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)).AsSpan(0, 16)));
        return encoded is "." or ".." ? encoded.Replace(".", "%2E", StringComparison.Ordinal) : encoded;
    }
}
