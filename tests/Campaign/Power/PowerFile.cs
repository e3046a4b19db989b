using Microsoft.Win32.SafeHandles;

namespace ActorFlow.Campaign;

/// <summary>A file of a <see cref="PowerDisk"/>: what is seen is in memory, what is durable in a real file.</summary>
internal sealed class PowerFile
{
    private readonly Random _random;
    private readonly List<Change> _unsynced = [];
    private readonly Lazy<SafeFileHandle> _durable;
    private byte[] _seen = [];
    private string _path;
    private bool _isRead;

    private PowerFile(string path, Random random)
    {
        (_path, _random) = (path, random);
        _durable = new(() => File.OpenHandle(
            _path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete));
    }

    public long Length { get; private set; }

    /// <summary>A file that is there; not read before it is opened, as nobody opens that of the lock.</summary>
    public static PowerFile OfExisting(string path, Random random) => new(path, random);

    /// <summary>A new one.</summary>
    public static PowerFile Create(string path, Random random)
    {
        File.Create(path).Dispose();
        return new PowerFile(path, random) { _isRead = true };
    }

    /// <summary>Reads what is durable, if that has not been done.</summary>
    public void Open()
    {
        if (_isRead) return;
        _seen = File.ReadAllBytes(_path);
        (_isRead, Length) = (true, _seen.Length);
    }

    public int Read(long offset, Span<byte> buffer)
    {
        var count = (int)Math.Clamp(Length - offset, 0, buffer.Length);
        if (count > 0) _seen.AsSpan((int)offset, count).CopyTo(buffer);
        return count;
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        if (offset + bytes.Length > Length) SetSeenLength(offset + bytes.Length);
        bytes.CopyTo(_seen.AsSpan((int)offset));
        var copy = bytes.ToArray();
        _unsynced.Add(new Change(offset, copy));
        // Mostly it waits for the sync; some of it gets there before, and if torn then mostly its front.
        var cut = _random.Next(copy.Length + 1);
        switch (_random.Next(8))
        {
            case 0: new Change(offset, copy).ApplyTo(_durable.Value); break;
            case 1: new Change(offset, copy[..cut]).ApplyTo(_durable.Value); break;
            case 2: new Change(offset + cut, copy[cut..]).ApplyTo(_durable.Value); break;
        }
    }

    public void SetLength(long length)
    {
        SetSeenLength(length);
        var change = new Change(length, null);
        _unsynced.Add(change);
        if (_random.Next(4) == 0) change.ApplyTo(_durable.Value);
    }

    /// <summary>Brings everything to the real file, in order: what got there before is written once more.</summary>
    public void Sync()
    {
        foreach (var change in _unsynced) change.ApplyTo(_durable.Value);
        _unsynced.Clear();
    }

    /// <summary>Gives the real file another name.</summary>
    public void MoveTo(string path)
    {
        File.Move(_path, path, overwrite: true);
        _path = path;
    }

    private void SetSeenLength(long length)
    {
        if (length > _seen.Length) Array.Resize(ref _seen, Math.Max((int)length, _seen.Length * 2));
        if (length < Length) _seen.AsSpan((int)length, (int)(Length - length)).Clear();
        Length = length;
    }

    /// <summary>A write at an offset, or, without bytes, a change of the length.</summary>
    private sealed record Change(long At, byte[]? Bytes)
    {
        public void ApplyTo(SafeFileHandle file)
        {
            if (Bytes is null) RandomAccess.SetLength(file, At);
            else if (Bytes.Length > 0) RandomAccess.Write(file, Bytes, At);
        }
    }
}
