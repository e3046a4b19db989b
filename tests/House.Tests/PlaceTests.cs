using ActorFlow.House.Tests.Tree;

namespace ActorFlow.House.Tests;

/// <summary>The repository works wherever it is cloned: it names no machine's folders and no registry.</summary>
public sealed class PlaceTests
{
    // Put together from halves, so that this file passes its own rule.
    private static readonly string[] Folders =
    [
        "/wo" + "rk/", "/ro" + "ot/", "/t" + "mp/", "/ho" + "me/", "C:" + @"\Us",
    ];

    private static readonly string[] Registries =
    [
        "nuget." + "org", "pkgs." + "dev.azure.com", "npm" + "js.", "py" + "pi.org", "ghcr" + ".io",
        "mcr." + "microsoft.com", "docker" + ".io",
    ];

    [Fact]
    public void No_file_names_a_folder_of_some_machine() => Findings.AreNone(
        "Take temporary folders from Path.GetTempPath or mktemp, and the rest from the root.",
        SourceTree.Files.SelectMany(file => Mentions(file, Folders)));

    [Fact]
    public void No_file_names_the_host_of_a_registry() => Findings.AreNone(
        "Where packages come from is for the machine that restores them to say.",
        SourceTree.Files.SelectMany(file => Mentions(file, Registries)));

    [Fact]
    public void A_mention_is_found_with_its_line()
    {
        var file = new TreeFile(
            "a.md", "Fine.\nSee " + Folders[0] + "x.\nAlso fine: https://example.org" + Folders[0] + "x.\n");

        Assert.Equal(["a.md:2: " + Folders[0]], Mentions(file, Folders));
    }

    private static IEnumerable<string> Mentions(TreeFile file, IReadOnlyList<string> words)
    {
        for (var i = 0; i < file.Lines.Count; i++)
            foreach (var word in words)
                if (Names(file.Lines[i], word)) yield return $"{file.Path}:{i + 1}: {word}";
    }

    /// <summary>A folder is named where its path begins; further on in a longer path it is another one.</summary>
    private static bool Names(string line, string word)
    {
        for (var at = line.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0;)
        {
            var before = at == 0 ? ' ' : line[at - 1];
            if (word[0] != '/' || !(char.IsLetterOrDigit(before) || before is '.' or '_' or '-' or '}' or ')'))
                return true;
            at = line.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase);
        }

        return false;
    }
}
