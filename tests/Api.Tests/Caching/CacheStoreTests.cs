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

    [Fact]
    public async Task Cleaning_removes_what_is_over_what_nobody_used_and_what_is_too_much()
    {
        var clock = new Clock();
        var limits = new CacheLimits { MaxUnused = TimeSpan.FromDays(2), MaxBytes = 600 };
        var store = new FileCacheStore(Root, limits, clock);
        var forEver = Entry with { ExpiresAt = null };
        await store.PutAsync("aa01", forEver);
        await store.PutAsync("aa02", Entry with { ExpiresAt = clock.Now.AddHours(3) });
        await store.PutAsync("aa03", forEver);
        clock.Now = clock.Now.AddDays(1);
        Assert.NotNull(await store.GetAsync("aa01"));
        clock.Now = clock.Now.AddDays(1.5);
        foreach (var key in (string[])["aa04", "aa05", "aa06"]) await store.PutAsync(key, forEver);

        var cleaned = await store.CleanAsync();

        // Gone are 02, whose time is over, 03, which nobody has used, and 01 because there is room for three only.
        Assert.Equal((3, 3), (cleaned.Removed, cleaned.Kept));
        Assert.InRange(cleaned.KeptBytes, 400, 600);
        Assert.Equal(
            ["04", "04.meta.json", "05", "05.meta.json", "06", "06.meta.json"],
            Directory.GetFiles(Path.Combine(Root, "aa")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.NotNull(await store.GetAsync("aa04"));
    }

    [Fact]
    public async Task Cleaning_goes_on_where_a_crash_left_it_and_leaves_what_is_being_written()
    {
        var clock = new Clock();
        var store = new FileCacheStore(Root, CacheLimits.None, clock);
        foreach (var key in (string[])["ab01", "ab02", "ab03"])
            await store.PutAsync(key, Entry with { ExpiresAt = null });
        // A crash between the two files of an entry, and one while a file was written.
        File.Delete(PathOf("01.meta.json"));
        File.Delete(PathOf("02"));
        foreach (var file in (string[])["01", "02.meta.json", "04.x.tmp", "05.y.tmp"])
        {
            if (!File.Exists(PathOf(file))) await File.WriteAllTextAsync(PathOf(file), "half");
            File.SetLastWriteTimeUtc(PathOf(file), clock.Now.AddHours(file[1] == '5' ? -0.5 : -2).UtcDateTime);
        }

        await File.WriteAllTextAsync(Path.Combine(Root, "notes"), "not of the store");
        var cleaned = await store.CleanAsync();

        Assert.Equal((0, 1), (cleaned.Removed, cleaned.Kept));
        Assert.Equal(
            ["03", "03.meta.json", "05.y.tmp"],
            Directory.GetFiles(Path.Combine(Root, "ab")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(Path.Combine(Root, "notes")));

        string PathOf(string file) => Path.Combine(Root, "ab", file);
    }

    [Fact]
    public async Task An_engine_cleans_its_cache_when_it_opens_once_a_day()
    {
        var clock = new Clock();
        var options = new ActorFlowOptions { DataDirectory = _data.Path, Time = clock };
        var flow = FlowBuilder.Create<int>("f");
        flow.Task("t", flow.Input, x => x).Cache(new CacheOptions { TimeToLive = TimeSpan.FromHours(1) });
        var built = flow.Build();
        await using (var engine = ActorFlowEngine.Create(options))
            await (await engine.SubmitAsync(built, 1)).WaitAsync();
        Assert.Equal(2, Cached());
        clock.Now = clock.Now.AddHours(2);

        await OpenAndCloseAsync();
        Assert.Equal(0, Cached());
        await new FileCacheStore(Root, null, clock).PutAsync(Key, Entry with { ExpiresAt = clock.Now });
        await OpenAndCloseAsync();
        Assert.Equal(2, Cached());
        clock.Now = clock.Now.AddDays(1);
        await OpenAndCloseAsync();
        Assert.Equal(0, Cached());

        int Cached() => Directory.EnumerateDirectories(Root).Sum(folder => Directory.GetFiles(folder).Length);

        TimeSpan CleanedBefore() => clock.Now.UtcDateTime - File.GetLastWriteTimeUtc(Path.Combine(Root, "cleaned"));

        // What closes stops the cleaning, and the next one goes on: here it is to come to its end.
        async Task OpenAndCloseAsync()
        {
            await using var engine = ActorFlowEngine.Create(options);
            while (Cached() > 0 && CleanedBefore() > TimeSpan.FromDays(0.9))
                await Task.Yield();
        }
    }

    [Fact]
    public void Limits_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new FileCacheStore(Root, new CacheLimits { MaxUnused = TimeSpan.Zero }));
        var options = new ActorFlowOptions { CacheLimits = new CacheLimits { MaxBytes = 0 } };
        Assert.Equal(["CacheLimits.MaxBytes is 0; it must be at least 1, or null."], options.Faults());
    }

    public void Dispose() => _data.Dispose();

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private FileCacheStore Files() => new(Root);
}
