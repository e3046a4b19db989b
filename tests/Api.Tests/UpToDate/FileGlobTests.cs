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
}
