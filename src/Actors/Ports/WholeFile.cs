using ActorFlow.Journal;

namespace ActorFlow.Actors;

/// <summary>Writes files that are there whole or not at all.</summary>
public static class WholeFile
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Writes a file; one that is there is replaced. When this returns, no power failure undoes it.</summary>
    /// <param name="path">The file. Its directory must be there.</param>
    /// <param name="write">Writes the content. If it throws, the file is as it was.</param>
    public static void Write(string path, Action<Stream> write) => Write(PhysicalDisk.Instance, path, write);

    /// <summary>
    /// Writes a file that is cheap to lose: a power failure may leave none, or one that is empty or torn, and whoever
    /// reads it has to notice. While the machine runs, it is there whole or not at all.
    /// </summary>
    /// <param name="path">The file; one that is there is replaced. Its directory must be there.</param>
    /// <param name="write">Writes the content. If it throws, the file is as it was.</param>
    public static void WriteUnsynced(string path, Action<Stream> write) =>
        Write(PhysicalDisk.Instance, path, write, isSynced: false);

    internal static void Write(IDisk disk, string path, Action<Stream> write, bool isSynced = true)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(write);
        // Under another name first: whoever reads the file sees the old one or the new one, whole.
        var temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var file = disk.Create(temporary))
            {
                using (var content = new BufferedStream(new Content(file), BufferBytes)) write(content);
                // The name is not to be on the disk before what it stands for.
                if (isSynced) file.Sync();
            }

            disk.Replace(temporary, path);
            if (isSynced) disk.SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        finally
        {
            disk.Delete(temporary);
        }
    }

    /// <summary>A file that is written from its beginning to its end.</summary>
    private sealed class Content(IDiskFile file) : Stream
    {
        private long _length;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            file.Write(_length, buffer);
            _length += buffer.Length;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
