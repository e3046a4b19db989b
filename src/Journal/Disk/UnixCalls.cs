using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ActorFlow.Journal;

/// <summary>What .NET has no call for: syncing data without the file's dates, and syncing names.</summary>
internal static partial class UnixCalls
{
    private const int Interrupted = 4;
    private const int Invalid = 22;

    /// <summary>Makes data durable; where there is room reserved this saves the sync of the file's length.</summary>
    public static void SyncData(SafeFileHandle handle)
    {
        if (OperatingSystem.IsLinux()) Check(Uninterrupted(() => ErrorOf(FDataSync(handle))), "fdatasync");
        else RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Makes the names in a directory durable.</summary>
    public static void SyncDirectory(string path)
    {
        using var handle = OpenToRead(path, out var error);
        Check(error, "open");
        error = Uninterrupted(() => ErrorOf(FSync(handle)));
        // Some file systems, mostly of networks, have no such call for directories.
        if (error != Invalid) Check(error, "fsync");
    }

    /// <summary>Reads a file that another process has locked; null if it cannot be.</summary>
    public static string? ReadWithoutLock(string path)
    {
        if (!OperatingSystem.IsLinux()) return null;
        // The lock is advisory, and .NET asks for one of its own at every open: the plain call does not.
        using var handle = OpenToRead(path, out var error);
        if (error != 0) return null;
        Span<byte> buffer = stackalloc byte[32];
        var read = RandomAccess.Read(handle, buffer, 0);
        return read == 0 ? null : System.Text.Encoding.ASCII.GetString(buffer[..read]);
    }

    /// <summary>Makes a call, and again when a signal has interrupted it, but not after any other error.</summary>
    /// <param name="call">Gives the number of the error; 0 for none.</param>
    internal static int Uninterrupted(Func<int> call)
    {
        int error;
        do error = call();
        while (error == Interrupted);
        return error;
    }

    private static int ErrorOf(int result) => result < 0 ? Marshal.GetLastPInvokeError() : 0;

    private static SafeFileHandle OpenToRead(string path, out int error)
    {
        const int ReadOnly = 0;
        var descriptor = -1;
        error = Uninterrupted(() => ErrorOf(descriptor = Open(path, ReadOnly)));
        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    private static void Check(int error, string call)
    {
        if (error == 0) return;
        throw new IOException($"{call} failed: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FDataSync(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FSync(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);
}
