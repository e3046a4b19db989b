namespace ActorFlow.TestKit;

/// <summary>What can be asked of a simulated disk.</summary>
internal enum DiskCall
{
    List, Open, Read, Lock, CreateDirectory, Create, Replace, Delete, SyncDirectory, Write, Reserve, Truncate, Sync,
}

/// <summary>What a simulated disk is to do wrong, and when.</summary>
internal sealed class DiskFaults
{
    private readonly int[] _counts = new int[(int)DiskCall.Sync + 1];
    private readonly List<Fault> _faults = [];
    private int _stopAt = -1;

    /// <summary>How many calls there were that change something, syncs included.</summary>
    public int Changes { get; private set; }

    /// <summary>Whether the power is gone: every call fails until the crash is over.</summary>
    public bool IsDown { get; private set; }

    /// <summary>How many calls of a kind there were.</summary>
    public int Count(DiskCall call) => _counts[(int)call];

    /// <summary>
    /// Lets a call fail: a failed write writes half of its bytes; after a failed sync nothing is known.
    /// </summary>
    /// <param name="nth">Which one, counted from now and from 1.</param>
    /// <param name="call">Of which kind; null for any.</param>
    /// <param name="forEver">Whether all later ones of that kind fail too.</param>
    /// <param name="error">What the failure says.</param>
    /// <param name="meanwhile">What happens elsewhere before the call comes back.</param>
    public void Fail(
        int nth, DiskCall? call = null, bool forEver = false, string error = "No space left on device.",
        Action? meanwhile = null) =>
        _faults.Add(new Fault(call, (call is { } kind ? Count(kind) : _counts.Sum()) + nth, forEver, error, meanwhile));

    /// <summary>Lets the power go at a change: it and all that comes later fail, until <c>Crash</c>.</summary>
    /// <param name="nth">At which one, counted from now and from 1.</param>
    public void StopAtChange(int nth) => _stopAt = Changes + nth;

    /// <summary>Nothing goes wrong any more.</summary>
    public void Clear()
    {
        _faults.Clear();
        _stopAt = -1;
        IsDown = false;
    }

    /// <summary>Counts a call.</summary>
    /// <returns>Why it fails; null if it does not.</returns>
    public IOException? Next(DiskCall call)
    {
        if (IsDown) return PowerIsGone();
        _counts[(int)call]++;
        if (call >= DiskCall.CreateDirectory && ++Changes == _stopAt)
        {
            IsDown = true;
            return PowerIsGone();
        }

        var total = _counts.Sum();
        var fault = _faults.Find(f => f.Call is null ? f.Hits(total) : f.Call == call && f.Hits(Count(call)));
        fault?.Meanwhile?.Invoke();
        return fault is null ? null : new IOException(fault.Error);
    }

    private static IOException PowerIsGone() => new("The power is gone.");

    private sealed record Fault(DiskCall? Call, int At, bool ForEver, string Error, Action? Meanwhile)
    {
        public bool Hits(int count) => ForEver ? count >= At : count == At;
    }
}
