using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ActorFlow.Journal;

/// <summary>The disk of this machine.</summary>
public sealed class PhysicalDisk : IDisk
{
    private static readonly TimeSpan LookTime = TimeSpan.FromMilliseconds(20);
    private static readonly byte[] Zeros = new byte[64 * 1024];

    /// <summary>The one instance.</summary>
    public static PhysicalDisk Instance { get; } = new();

    /// <inheritdoc />
    public void CreateDirectory(string path)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full)) return;
        var parent = Path.GetDirectoryName(full);
        if (parent is not null) CreateDirectory(parent);
        Directory.CreateDirectory(full);
        if (parent is not null) SyncDirectory(parent);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> List(string directory) => Directory.Exists(directory)
        ? [.. Directory.EnumerateFiles(directory).Select(path => Path.GetFileName(path))]
        : [];

    /// <inheritdoc />
    public IDiskFile Open(string path, bool writable) => new PhysicalFile(File.OpenHandle(
        path, FileMode.Open, writable ? FileAccess.ReadWrite : FileAccess.Read, Sharing));

    /// <inheritdoc />
    public IDiskFile Create(string path) =>
        new PhysicalFile(File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, Sharing));

    /// <inheritdoc />
    public void Replace(string from, string to) => File.Move(from, to, overwrite: true);

    /// <inheritdoc />
    public void Delete(string path) => File.Delete(path);

    /// <inheritdoc />
    public void SyncDirectory(string directory)
    {
        // Windows has no such call and needs none: its file systems log changes of names.
        if (!OperatingSystem.IsWindows()) UnixCalls.SyncDirectory(directory);
    }

    /// <inheritdoc />
    public IDisposable? TryLock(string path, out string? owner)
    {
        owner = null;
        FileStream? file = null;
        // Whoever only looks whether it is locked has it for a moment, too.
        if (!SpinWait.SpinUntil(() => (file = OpenLock(path)) is not null, LookTime))
        {
            owner = UnixCalls.ReadWithoutLock(path);
            return null;
        }

        try
        {
            file!.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            file.Flush();
            return file;
        }
        catch
        {
            file!.Dispose();
            throw;
        }
    }

    /// <summary>Whether a process has a lock.</summary>
    internal static bool IsLocked(string path)
    {
        if (!File.Exists(path)) return false;
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException e) when (IsLocked(e))
        {
            return true;
        }
    }

    private static FileStream? OpenLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsLocked(e))
        {
            return null;
        }
    }

    // "Sharing violation" on Windows; "would block" on Linux and on macOS.
    private static bool IsLocked(IOException error) => error.HResult is unchecked((int)0x80070020) or 11 or 35;

    private const FileShare Sharing = FileShare.ReadWrite | FileShare.Delete;

    private sealed class PhysicalFile(SafeFileHandle handle) : IDiskFile
    {
        public long Length => RandomAccess.GetLength(handle);

        public int Read(long offset, Span<byte> buffer)
        {
            var total = 0;
            while (total < buffer.Length)
            {
                var read = RandomAccess.Read(handle, buffer[total..], offset + total);
                if (read == 0) break;
                total += read;
            }

            return total;
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(handle, bytes, offset);

        public void Reserve(long length)
        {
            for (var at = Length; at < length; at += Zeros.Length)
                Write(at, Zeros.AsSpan(0, (int)Math.Min(Zeros.Length, length - at)));
        }

        public void Truncate(long length) => RandomAccess.SetLength(handle, length);

        public void Sync() => UnixCalls.SyncData(handle);

        public void Dispose() => handle.Dispose();
    }
}
