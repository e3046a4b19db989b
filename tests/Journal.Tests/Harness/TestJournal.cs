using ActorFlow.TestKit;

namespace ActorFlow.Journal.Tests;

/// <summary>Embedded journals on a simulated disk.</summary>
internal static class TestJournal
{
    public const string Directory = "/data/journal";

    /// <summary>Options under which everything happens on the caller's thread.</summary>
    public static FileJournalOptions On(SimulatedDisk disk, SimulatedTime? time = null) => new()
    {
        Directory = Directory,
        Disk = disk,
        Time = time ?? new SimulatedTime(),
        Schedule = static work => work(),
    };

    public static FileJournal Open(SimulatedDisk disk) => FileJournal.Open(On(disk));

    public static string PathOf(int segment) => $"{Directory}/{segment:D8}.journal";

    /// <summary>The disk after some work was done on a journal and the journal closed.</summary>
    public static async Task<SimulatedDisk> DiskAfterAsync(Func<FileJournal, Task> work)
    {
        var disk = new SimulatedDisk();
        await using var journal = Open(disk);
        await work(journal);
        return disk;
    }
}
