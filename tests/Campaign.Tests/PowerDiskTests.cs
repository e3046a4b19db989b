namespace ActorFlow.Campaign;

/// <summary>The disk that fails with its process: what is synced is there, and what is not mostly is not.</summary>
public sealed class PowerDiskTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("actorflow-power-").FullName;

    [Fact]
    public void What_was_synced_is_in_the_real_file_and_its_name_in_the_real_directory() => Parallel.For(0, 50, seed =>
    {
        var (disk, directory) = Begin(seed);
        using var file = disk.Create(Path.Combine(directory, "a"));
        file.Write(0, [1, 2, 3, 4]);
        file.Write(2, [5]);
        file.Reserve(6);
        file.Sync();
        disk.SyncDirectory(directory);
        disk.Replace(Path.Combine(directory, "a"), Path.Combine(directory, "b"));
        disk.SyncDirectory(directory);

        Assert.Equal([1, 2, 5, 4, 0, 0], File.ReadAllBytes(Path.Combine(directory, "b")));
        Assert.Equal(["b"], Names(directory));
    });

    [Fact]
    public void What_was_not_synced_is_lost_whole_there_or_torn()
    {
        var found = Enumerable.Range(0, 200).Select(AfterAnUnsyncedWrite).ToHashSet(StringComparer.Ordinal);

        Assert.Contains("", found);
        Assert.Contains("7,8,9", found);
        Assert.Contains("7", found);
        Assert.Contains("0,8,9", found);
    }

    [Fact]
    public void A_name_that_was_not_synced_is_there_or_not() =>
        Assert.Equal([0, 1], Enumerable.Range(0, 50).Select(NamesWithoutSync).Distinct().Order());

    [Fact]
    public void The_process_itself_reads_what_it_wrote() => Parallel.For(0, 50, seed =>
    {
        var (disk, directory) = Begin(seed);
        var path = Path.Combine(directory, "a");
        using (var file = disk.Create(path)) file.Write(0, [7, 8, 9]);
        disk.Replace(path, path + "b");
        var bytes = new byte[8];
        using var again = disk.Open(path + "b", writable: true);

        Assert.Equal(3, again.Read(0, bytes));
        again.Truncate(1);
        Assert.Equal(1, again.Length);
        Assert.Equal(["ab"], disk.List(directory));
        disk.Delete(path + "b");
        Assert.Empty(disk.List(directory));
    });

    private string AfterAnUnsyncedWrite(int seed)
    {
        var (disk, directory) = Begin(seed);
        using var file = disk.Create(Path.Combine(directory, "a"));
        disk.SyncDirectory(directory);
        file.Write(0, [7, 8, 9]);
        return string.Join(',', File.ReadAllBytes(Path.Combine(directory, "a")));
    }

    private int NamesWithoutSync(int seed)
    {
        var (disk, directory) = Begin(seed);
        disk.Create(Path.Combine(directory, "a")).Dispose();
        return Names(directory).Length;
    }

    private (PowerDisk Disk, string Directory) Begin(int seed)
    {
        var directory = Path.Combine(_root, $"{Guid.NewGuid():N}");
        var disk = new PowerDisk(directory + ".nameless", new Random(seed));
        disk.CreateDirectory(directory);
        return (disk, directory);
    }

    private static string[] Names(string directory) =>
        [.. Directory.EnumerateFiles(directory).Select(path => Path.GetFileName(path))];

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
