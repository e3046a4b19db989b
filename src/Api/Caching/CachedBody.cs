using System.Security.Cryptography;
using System.Text;
using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>Runs a task unless a cache has its output for the same input.</summary>
/// <param name="inner">What it runs.</param>
/// <param name="identity">What the task is known by.</param>
/// <param name="input">What tells one input from another.</param>
/// <param name="options">How it is cached.</param>
/// <param name="flowStore">Where the flow keeps results; null for where the engine does.</param>
internal sealed class CachedBody<T>(
    TaskBody inner, string identity, Func<TaskCall, byte[]> input, CacheOptions options, ICacheStore? flowStore)
    : TaskBody
{
    private readonly byte[] _identity = Encoding.UTF8.GetBytes(identity);

    public override Type? Output => typeof(T);

    public override IReadOnlyList<ExecutableFlow> Templates => inner.Templates;

    public override async ValueTask<Payload> RunAsync(TaskCall call)
    {
        var store = options.Store ?? flowStore ?? call.Stores.Cache;
        var key = KeyOf(input(call));
        // A task that has added to its job looked before it did.
        if (call.LastStep is null && !call.IsForced
            && await FindAsync(call, store, key).ConfigureAwait(false) is { } found)
        {
            call.Note(new AttemptNotes
            {
                Reused = new Reuse(ReuseSource.Cache, key),
                IsUnchanged = true,
                Stamp = StampOf(key, found.Json),
            });
            return found;
        }

        var output = await inner.RunAsync(call).ConfigureAwait(false);
        if (!call.EndsOtherwise) await StoreAsync(call, store, key, output).ConfigureAwait(false);
        return output;
    }

    private string KeyOf(byte[] value)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // The length keeps what belongs to the one apart from what belongs to the other.
        hash.AppendData(BitConverter.GetBytes(_identity.Length));
        hash.AppendData(_identity);
        hash.AppendData(value);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // A result whose time was over may be another one when it is worked out anew: the key alone does not tell.
    private static string StampOf(string key, ReadOnlyMemory<byte> json)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(key));
        hash.AppendData(json.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async ValueTask<Payload?> FindAsync(TaskCall call, ICacheStore store, string key)
    {
        try
        {
            var entry = await store.GetAsync(key, call.CancellationToken).ConfigureAwait(false);
            if (entry is null) return null;
            if (entry.ExpiresAt <= call.Context.Time.GetUtcNow())
            {
                await store.RemoveAsync(key, call.CancellationToken).ConfigureAwait(false);
                return null;
            }

            var payload = entry.Json.Span.SequenceEqual("null"u8) ? Payload.None : Payload.FromJson(entry.Json);
            // What cannot be read as what the task gives is no result of it.
            _ = call.Stores.Json.Decode<T>(payload);
            return payload;
        }
        catch (Exception e) when (KeptResults.IsTroubleOfItsOwn(e, call))
        {
            KeepingLog.CacheNotRead(call.Context.Logger, e, key);
            return null;
        }
    }

    private async ValueTask StoreAsync(TaskCall call, ICacheStore store, string key, Payload output)
    {
        try
        {
            var json = KeptResults.JsonOf<T>(call, output);
            call.Note(new AttemptNotes { Stamp = StampOf(key, json) });
            var now = call.Context.Time.GetUtcNow();
            // A time to live beyond the end of time is one without end.
            var expiresAt = options.TimeToLive < DateTimeOffset.MaxValue - now ? now + options.TimeToLive : null;
            var entry = new CacheEntry(call.Task.Name, json, now, expiresAt);
            await store.PutAsync(key, entry, call.CancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (KeptResults.IsTroubleOfItsOwn(e, call))
        {
            KeepingLog.CacheNotWritten(call.Context.Logger, e, key);
        }
    }
}
