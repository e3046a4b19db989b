namespace ActorFlow.Campaign;

/// <summary>A soak of a few seconds, and whether its verdict notices what grows.</summary>
public sealed class SoakTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("actorflow-soak-").FullName;

    [Fact]
    public async Task Jobs_of_all_kinds_end_as_they_must_and_leave_nothing_behind()
    {
        const int Jobs = 400;
        using var run = new SoakRun(
            new SoakOptions
            {
                Jobs = Jobs,
                MostOpen = 40,
                SegmentBytes = 64 * 1024,
                CompactionInterval = TimeSpan.FromMilliseconds(50),
            },
            _root, static _ => { });

        await run.RunAsync();

        Assert.Equal(Jobs, run.Ended);
        Assert.Equal(0, run.Measurements[^1].Open);
    }

    [Fact]
    public void What_stays_as_it_is_apart_from_bursts_is_flat() =>
        Assert.Empty(NotFlat(minute => Flat with { HeapBytes = Flat.HeapBytes * (minute % 5 == 0 ? 3 : 1) }));

    [Fact]
    public void What_grows_only_while_it_warms_up_is_flat() =>
        Assert.Empty(NotFlat(minute => Flat with { HeapBytes = Flat.HeapBytes + Math.Min(minute, 8) * 4_000_000L }));

    [Fact]
    public void Each_thing_that_grows_with_the_jobs_is_noticed()
    {
        Assert.Equal(["heap bytes"], NotFlat(m => Flat with { HeapBytes = Flat.HeapBytes + 3000 * 40L * m }));
        Assert.Equal(["descriptors"], NotFlat(m => Flat with { Descriptors = Flat.Descriptors + m }));
        Assert.Equal(["threads"], NotFlat(m => Flat with { Threads = Flat.Threads + m }));
        Assert.Equal(
            ["bytes in the journal's directory"],
            NotFlat(m => Flat with { DirectoryBytes = Flat.DirectoryBytes + 3000 * 100L * m }));
    }

    private static Measurement Flat { get; } = new(
        default, Jobs: 0, Open: 0, HeapBytes: 9_000_000, WorkingSet: 0, Descriptors: 100, Threads: 20,
        DirectoryBytes: 30_000_000, Processor: default);

    private static IEnumerable<string> NotFlat(Func<int, Measurement> minutes) =>
        Flatness.Judge([.. Enumerable.Range(0, 60).Select(minutes)]).Where(line => !line.IsFlat)
            .Select(line => line.Line[..line.Line.IndexOf(':', StringComparison.Ordinal)]);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
