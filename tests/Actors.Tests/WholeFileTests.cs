using System.Text;
using ActorFlow.Journal;

namespace ActorFlow.Actors.Tests;

/// <summary>Files that are there whole or not at all, also after a power failure.</summary>
public sealed class WholeFileTests
{
    private const string Path = "/data/results/a";

    private static readonly string Old = new('o', 3000);
    private static readonly string New = new('n', 200_000);

    [Fact]
    public void A_file_that_was_written_is_there_after_a_power_failure()
    {
        var disk = DiskWithOld();
        Write(disk, New);
        disk.Crash(new Random(0), CrashMood.LosesAll);
        Assert.Equal(New, Read(disk));
        Assert.Equal([Path], disk.Files().Keys);
    }

    [Fact]
    public void A_power_failure_at_any_change_leaves_the_old_file_or_the_new_one()
    {
        var counted = DiskWithOld();
        var before = counted.Faults.Changes;
        Write(counted, New);
        var changes = counted.Faults.Changes - before;
        Assert.True(changes >= 5, $"{changes} changes");
        for (var at = 1; at <= changes; at++)
            for (var seed = 0; seed < 40; seed++)
            {
                var disk = DiskWithOld();
                disk.Faults.StopAtChange(at);
                Assert.Throws<IOException>(() => Write(disk, New));
                disk.Crash(new Random(seed));
                Assert.True(Read(disk) == Old || Read(disk) == New, $"change {at}, seed {seed}");
            }
    }

    [Theory]
    [InlineData(DiskCall.Create)]
    [InlineData(DiskCall.Write)]
    [InlineData(DiskCall.Sync)]
    [InlineData(DiskCall.Replace)]
    internal void What_the_disk_refuses_leaves_the_file_as_it_was(DiskCall call)
    {
        var disk = DiskWithOld();
        disk.Faults.Fail(1, call);
        Assert.Throws<IOException>(() => Write(disk, New));
        Assert.Equal(Old, Read(disk));
        Assert.Equal([Path], disk.Files().Keys);
        Assert.Equal(0, disk.OpenFiles);
    }

    [Fact]
    public void A_content_that_cannot_be_written_leaves_the_file_as_it_was()
    {
        var disk = DiskWithOld();
        Assert.Throws<FormatException>(() => WholeFile.Write(disk, Path, file =>
        {
            file.Write(Encoding.UTF8.GetBytes(New));
            throw new FormatException();
        }));
        Assert.Equal(Old, Read(disk));
        Assert.Equal([Path], disk.Files().Keys);
    }

    [Fact]
    public void What_is_cheap_to_lose_waits_for_no_disk()
    {
        var disk = DiskWithOld();
        var syncs = disk.Faults.Count(DiskCall.Sync) + disk.Faults.Count(DiskCall.SyncDirectory);
        WholeFile.Write(disk, Path, file => file.Write(Encoding.UTF8.GetBytes(New)), isSynced: false);
        Assert.Equal(New, Read(disk));
        Assert.Equal(syncs, disk.Faults.Count(DiskCall.Sync) + disk.Faults.Count(DiskCall.SyncDirectory));
    }

    [Fact]
    public void Files_are_written_to_the_disk_of_this_machine_by_any_path()
    {
        var directory = Directory.CreateTempSubdirectory("actorflow-");
        try
        {
            var path = System.IO.Path.Combine(directory.FullName, "a");
            WholeFile.WriteUnsynced(path, file => file.Write("old"u8));
            Assert.Equal("old", File.ReadAllText(path));
            WholeFile.Write(System.IO.Path.GetRelativePath(".", path), file => file.Write("new"u8));
            Assert.Equal("new", File.ReadAllText(path));
            Assert.Single(directory.GetFileSystemInfos());
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static SimulatedDisk DiskWithOld() =>
        SimulatedDisk.With(new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [Path] = Encoding.UTF8.GetBytes(Old),
        });

    private static void Write(IDisk disk, string content) =>
        WholeFile.Write(disk, Path, file => file.Write(Encoding.UTF8.GetBytes(content)));

    private static string Read(SimulatedDisk disk) => Encoding.UTF8.GetString(disk.Files()[Path]);
}
