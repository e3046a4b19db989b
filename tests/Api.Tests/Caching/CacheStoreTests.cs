using ActorFlow.Api.Tests.Engine;

namespace ActorFlow.Api.Tests.Caching;

/// <summary>Where cached results are kept.</summary>
public sealed class CacheStoreTests : IDisposable
{
    private const string Key = "abcdef0123";

    private static readonly CacheEntry Entry = new(
        "t", "{\"x\":1}"u8.ToArray(), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(1));

    private readonly DataDirectory _data = new();

    private string Root => Path.Combine(_data.Path, "cache");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_store_gives_back_what_was_put_and_forgets_what_was_removed(bool inFiles)
    {
        ICacheStore store = inFiles ? Files() : new MemoryCacheStore();
        Assert.Null(await store.GetAsync(Key));
        await store.PutAsync(Key, Entry with { Json = "null"u8.ToArray() });
        await store.PutAsync(Key, Entry);
        await store.PutAsync("abcdef9999", Entry);

        var read = (await store.GetAsync(Key))!;
        Assert.Equal(
            (Entry.Task, "{\"x\":1}", Entry.StoredAt, Entry.ExpiresAt),
            (read.Task, System.Text.Encoding.UTF8.GetString(read.Json.Span), read.StoredAt, read.ExpiresAt));
        await store.RemoveAsync(Key);
        Assert.Null(await store.GetAsync(Key));
        Assert.NotNull(await store.GetAsync("abcdef9999"));
        await store.ClearAsync();
        Assert.Null(await store.GetAsync("abcdef9999"));
    }

    [Fact]
    public async Task Files_are_laid_out_by_the_first_digits_of_the_key()
    {
        await Files().PutAsync(Key, Entry);

        Assert.Equal(
            ["ab/cdef0123", "ab/cdef0123.meta.json"],
            Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("cdef0123", "{\"x\":2}")]
    [InlineData("cdef0123", "{\"x\"")]
    [InlineData("cdef0123", "")]
    [InlineData("cdef0123.meta.json", "")]
    [InlineData("cdef0123.meta.json", "{}")]
    [InlineData("cdef0123.meta.json", "null")]
    [InlineData("cdef0123", null)]
    [InlineData("cdef0123.meta.json", null)]
    public async Task A_damaged_or_half_written_entry_is_not_there_and_is_overwritten(string file, string? content)
    {
        var store = Files();
        await store.PutAsync(Key, Entry);
        var path = Path.Combine(Root, "ab", file);
        if (content is null) File.Delete(path);
        else await File.WriteAllTextAsync(path, content);

        Assert.Null(await store.GetAsync(Key));
        await store.PutAsync(Key, Entry);
        Assert.NotNull(await store.GetAsync(Key));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("../../x")]
    [InlineData("abcg")]
    public async Task A_key_that_is_not_hexadecimal_leads_nowhere(string key) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Files().PutAsync(key, Entry));

    [Fact]
    public async Task Memory_is_bounded_and_what_is_oldest_goes_first()
    {
        var store = new MemoryCacheStore(maxBytes: 700);
        foreach (var i in Enumerable.Range(0, 5)) await store.PutAsync($"k{i}", Entry);

        Assert.Equal(3, store.Count);
        Assert.Null(await store.GetAsync("k1"));
        Assert.NotNull(await store.GetAsync("k2"));
    }

    public void Dispose() => _data.Dispose();

    private FileCacheStore Files() => new(Root);
}
