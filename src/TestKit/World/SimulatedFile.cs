using ActorFlow.Journal;

namespace ActorFlow.TestKit;

/// <summary>The content of a file: what a reader sees, and what the disk has for sure.</summary>
internal sealed class SimulatedFile
{
    private readonly List<Change> _unsynced = [];
    private readonly List<Change> _doomed = [];
    private readonly Content _durable = new([]);
    private Content _seen = new([]);

    public SimulatedFile() { }

    public SimulatedFile(byte[] bytes) => (_durable, _seen) = (new Content([.. bytes]), new Content([.. bytes]));

    public long Length => _seen.Length;

    public byte[] ToArray() => _seen.ToArray();

    public int Read(long offset, Span<byte> buffer) => _seen.Read(offset, buffer);

    public void Write(long offset, ReadOnlySpan<byte> bytes) => Make(new Change(offset, bytes.ToArray()));

    public void SetLength(long length) => Make(new Change(length, null));

    /// <summary>Makes all of it durable, but for what a failed sync gave up: that is lost.</summary>
    public void Sync()
    {
        // None of it may come back over what is newer.
        _doomed.Clear();
        foreach (var change in _unsynced) change.ApplyTo(_durable);
        _unsynced.Clear();
    }

    /// <summary>
    /// A sync failed: as on Linux, later ones succeed and still do not make durable what this one was to.
    /// </summary>
    public void FailSync()
    {
        _doomed.AddRange(_unsynced);
        _unsynced.Clear();
    }

    /// <summary>The power failed: each change that was not synced is kept, lost or torn.</summary>
    public void Crash(Random random, CrashMood mood)
    {
        foreach (var change in _doomed.Concat(_unsynced)) change.Survive(random, mood)?.ApplyTo(_durable);
        _doomed.Clear();
        _unsynced.Clear();
        _seen = _durable.Copy();
    }

    /// <summary>The sizes of the changes that were not synced; 0 for one of the length.</summary>
    public IEnumerable<int> AtRisk => _doomed.Concat(_unsynced).Select(change => change.Bytes?.Length ?? 0);

    /// <summary>The content after a power failure.</summary>
    /// <param name="fates">Of each change at risk, taken from the front.</param>
    public byte[] After(Queue<Range?> fates)
    {
        var content = _durable.Copy();
        foreach (var change in _doomed.Concat(_unsynced)) change.Part(fates.Dequeue())?.ApplyTo(content);
        return content.ToArray();
    }

    private void Make(Change change)
    {
        change.ApplyTo(_seen);
        _unsynced.Add(change);
    }

    /// <summary>A write at an offset, or, without bytes, a change of the length.</summary>
    private sealed record Change(long At, byte[]? Bytes)
    {
        public void ApplyTo(Content content)
        {
            if (Bytes is null) content.SetLength(At);
            else content.Write(At, Bytes);
        }

        /// <summary>What is left if some of its bytes get to the disk; null if none do.</summary>
        public Change? Part(Range? kept) =>
            kept is not { } range ? null
            : Bytes is null ? this
            : new Change(At + range.Start.GetOffset(Bytes.Length), Bytes[range]);

        public Change? Survive(Random random, CrashMood mood)
        {
            if (mood == CrashMood.KeepsAll || (mood == CrashMood.Mixed && random.Next(3) == 0)) return this;
            if (mood == CrashMood.LosesAll || Bytes is null || random.Next(2) == 0) return null;
            // Mostly the front got there; sectors know no order, so it may be the back.
            var cut = random.Next(Bytes.Length + 1);
            return random.Next(4) == 0 ? new Change(At + cut, Bytes[cut..]) : this with { Bytes = Bytes[..cut] };
        }
    }

    /// <summary>Bytes that grow by zeros.</summary>
    private sealed class Content(byte[] bytes)
    {
        private byte[] _bytes = bytes;

        public int Length { get; private set; } = bytes.Length;

        public byte[] ToArray() => _bytes[..Length];

        public Content Copy() => new(ToArray());

        public int Read(long offset, Span<byte> buffer)
        {
            var count = (int)Math.Clamp(Length - offset, 0, buffer.Length);
            if (count > 0) _bytes.AsSpan((int)offset, count).CopyTo(buffer);
            return count;
        }

        public void Write(long offset, byte[] written)
        {
            if (offset + written.Length > Length) SetLength(offset + written.Length);
            written.CopyTo(_bytes, offset);
        }

        public void SetLength(long length)
        {
            if (length > _bytes.Length) Array.Resize(ref _bytes, Math.Max((int)length, _bytes.Length * 2));
            if (length < Length) _bytes.AsSpan((int)length, Length - (int)length).Clear();
            Length = (int)length;
        }
    }
}

/// <summary>How a power failure treats what was not synced.</summary>
internal enum CrashMood { KeepsAll, LosesAll, Mixed }

/// <summary>An open simulated file; dead once its process is.</summary>
internal sealed class SimulatedHandle(SimulatedDisk disk, SimulatedFile file, bool writable) : IDiskFile
{
    private bool _isDisposed;

    public long Length => disk.Use(this, DiskCall.Read, () => file.Length);

    /// <summary>Whether it can still be used, and for what.</summary>
    public bool IsWritable => writable;

    public bool IsDisposed => _isDisposed;

    public int Read(long offset, Span<byte> buffer)
    {
        var copy = new byte[buffer.Length];
        var read = disk.Use(this, DiskCall.Read, () => file.Read(offset, copy));
        copy.AsSpan(0, read).CopyTo(buffer);
        return read;
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        disk.Use(
            this, DiskCall.Write, () => file.Write(offset, copy),
            // What is under way when the power goes may get there; a full disk takes a part.
            failing: isDown => file.Write(offset, isDown ? copy : copy.AsSpan(0, copy.Length / 2)));
    }

    public void Reserve(long length) => disk.Use(this, DiskCall.Reserve, () =>
    {
        if (length > file.Length) file.SetLength(length);
    });

    public void Truncate(long length) => disk.Use(this, DiskCall.Truncate, () => file.SetLength(length));

    public void Sync() => disk.Use(this, DiskCall.Sync, file.Sync, failing: isDown =>
    {
        if (!isDown) file.FailSync();
    });

    public void Dispose()
    {
        if (!_isDisposed) disk.Forget(this);
        _isDisposed = true;
    }
}
