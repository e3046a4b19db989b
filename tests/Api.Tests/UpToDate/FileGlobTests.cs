namespace ActorFlow.Api.Tests.UpToDate;

/// <summary>Patterns find the files that they mean.</summary>
public sealed class FileGlobTests : IDisposable
{
    private readonly Workshop _shop = new();

    public FileGlobTests()
    {
        foreach (var file in new[] { "a.c", "b.c", "b.h", "src/a.c", "src/x/a.c", "src/x/y/b.h", "lib/x/a.c" })
            _shop.Write(file, "");
    }

    [Theory]
    [InlineData("*.c", "a.c b.c")]
    [InlineData("?.h", "b.h")]
    [InlineData("src/*.c", "src/a.c")]
    [InlineData("src/**/*.c", "src/a.c src/x/a.c")]
    [InlineData("**/*.h", "b.h src/x/y/b.h")]
    [InlineData("**/x/*", "lib/x/a.c src/x/a.c")]
    [InlineData("src/**", "src/a.c src/x/a.c src/x/y/b.h")]
    [InlineData("*/x/a.c", "lib/x/a.c src/x/a.c")]
    [InlineData("none/**", "")]
    [InlineData("**/none", "")]
    [InlineData("src/../b.*", "b.c b.h")]
    [InlineData("a.c", "a.c")]
    [InlineData("none.c", "none.c")]
    public void A_pattern_finds_what_it_means_in_order(string pattern, string files) => Assert.Equal(
        files.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(file => Path.GetFullPath(file, _shop.Files)),
        FileGlob.Find(_shop.Files, pattern));

    [Fact]
    public void A_full_path_needs_no_directory() =>
        Assert.Equal(2, FileGlob.Find(Path.GetTempPath(), Path.Combine(_shop.Files, "*.c")).Count);

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void Links_to_directories_are_entered_by_name_and_never_by_any_number_of_directories()
    {
        Directory.CreateSymbolicLink(Path.Combine(_shop.Files, "link"), Path.Combine(_shop.Files, "src"));
        Assert.Equal(
            [Path.Combine(_shop.Files, "link/a.c"), Path.Combine(_shop.Files, "src/a.c")],
            FileGlob.Find(_shop.Files, "*/a.c"));
        Assert.DoesNotContain(
            FileGlob.Find(_shop.Files, "**/*.c"), file => file.Contains("link", StringComparison.Ordinal));
    }

    [Fact]
    public void Links_that_lead_nowhere_are_no_files()
    {
        File.CreateSymbolicLink(Path.Combine(_shop.Files, ".#a.c"), "somebody@host.1");
        File.CreateSymbolicLink(Path.Combine(_shop.Files, "z.c"), Path.Combine(_shop.Files, "a.c"));
        Assert.Equal(
            ["a.c", "b.c", "z.c"], FileGlob.Find(_shop.Files, "*.c").Select(file => Path.GetFileName(file)));
    }
}
