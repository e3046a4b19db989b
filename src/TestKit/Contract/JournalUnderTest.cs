using ActorFlow.Journal;

namespace ActorFlow.TestKit;

/// <summary>
/// What the contract asks of the author of a journal: how to open one in a place of its own, what it promises, and how
/// to clean up.
/// </summary>
/// <remarks>
/// Each check makes one of these and disposes of it. The journal must not forget ended jobs by itself meanwhile: the
/// contract uses times from the first year to the last, so turn off what clears old jobs away.
/// </remarks>
public abstract class JournalUnderTest : IAsyncDisposable
{
    /// <summary>
    /// Whether what is stored outlives the journal object. If not, it is opened once only, and rules about opening
    /// again ask for nothing. The default is true.
    /// </summary>
    public virtual bool IsDurable => true;

    /// <summary>
    /// Whether payloads that hold live objects are kept as they are, as in memory; otherwise appends with them must
    /// fail. The default is false.
    /// </summary>
    public virtual bool KeepsLiveValues => false;

    /// <summary>
    /// How long to wait for one call or one answer before it counts as lost. The default is 30 seconds.
    /// </summary>
    public virtual TimeSpan Patience => TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many generated histories the journal is to live through; they have the seeds from 1 on. The default is 50.
    /// </summary>
    public virtual int Histories => 50;

    /// <summary>
    /// Opens the journal: empty the first time; after that, when the one before was disposed of, with what it stored.
    /// </summary>
    public abstract ValueTask<IJournal> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Deletes what was stored; the journal is closed by then. The default does nothing.</summary>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }
}
