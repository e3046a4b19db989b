namespace ActorFlow.House.Tests.ApiText.Samples;

/// <summary>A class with one of each kind of member.</summary>
public abstract class Everything<T> : IDisposable where T : class, new()
{
    public const string Word = "a";
    private readonly List<T?> _hidden = [];

    protected Everything(int size) => _hidden.Capacity = size;

    public event EventHandler? Changed;

    public required T First { get; init; }

    public virtual string? Text { get; protected set; }

    public T? this[int index] => _hidden[index];

    public static implicit operator int(Everything<T> each) => each._hidden.Count;

    public abstract bool TryFind<TKey>(in TKey key, out T? found, params int[] at) where TKey : struct;

    public void Dispose()
    {
        Changed?.Invoke(this, EventArgs.Empty);
        GC.SuppressFinalize(this);
    }

    internal void Unseen() => Text = "";

    public Dictionary<string, (int, T?)[]>? Deep(TimeSpan? wait = null, CancellationToken token = default) =>
        wait is null || token.IsCancellationRequested ? null : [];
}

/// <summary>A record on one line.</summary>
public sealed record Pair(string Name, int? Size = 3);

/// <summary>A record struct without anything of its own.</summary>
public readonly record struct Empty;

/// <summary>An enumeration.</summary>
public enum Level : byte
{
    Low = 1,
    High = 2,
}

/// <summary>A delegate.</summary>
public delegate string? Ask<in T>(T about);

/// <summary>Methods on others.</summary>
public static class Extensions
{
    public static bool IsLow(this Level level) => level == Level.Low;
}
