using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ActorFlow.Journal;

/// <summary>What .NET has no call for: syncing data without the file's dates, and reserving room.</summary>
internal static partial class UnixCalls
{
    /// <summary>Makes data durable; where there is room reserved this saves the sync of the file's length.</summary>
    public static void SyncData(SafeFileHandle handle)
    {
        if (OperatingSystem.IsLinux()) Check(FDataSync(handle), "fdatasync");
        else RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Makes the names in a directory durable.</summary>
    public static void SyncDirectory(string path)
    {
        using var handle = OpenToRead(path);
        if (handle.IsInvalid) Check(-1, "open");
        Check(FSync(handle), "fsync");
    }

    /// <summary>Reserves room; on systems that cannot, the file just grows.</summary>
    public static void Reserve(SafeFileHandle handle, long length)
    {
        if (!OperatingSystem.IsLinux()) return;
        const int NotSupported = 95;
        const int Invalid = 22;
        var error = PosixFAllocate(handle, 0, length);
        if (error is not (0 or NotSupported or Invalid))
            throw new IOException($"No room could be reserved: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    /// <summary>Reads a file that another process has locked; null if it cannot be.</summary>
    public static string? ReadWithoutLock(string path)
    {
        if (!OperatingSystem.IsLinux()) return null;
        // The lock is advisory, and .NET asks for one of its own at every open: the plain call does not.
        using var handle = OpenToRead(path);
        if (handle.IsInvalid) return null;
        Span<byte> buffer = stackalloc byte[32];
        var read = RandomAccess.Read(handle, buffer, 0);
        return read == 0 ? null : System.Text.Encoding.ASCII.GetString(buffer[..read]);
    }

    private static SafeFileHandle OpenToRead(string path)
    {
        const int ReadOnly = 0;
        return new SafeFileHandle(Open(path, ReadOnly), ownsHandle: true);
    }

    private static void Check(int result, string call)
    {
        if (result == 0) return;
        var error = Marshal.GetLastPInvokeError();
        throw new IOException($"{call} failed: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FDataSync(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FSync(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int PosixFAllocate(SafeFileHandle handle, long offset, long length);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);
}
