using System.Text.RegularExpressions;
using ActorFlow.Api.Tests.Building;

namespace ActorFlow.Api.Tests.Peers;

/// <summary>The two long examples of taskmaestro: a text is analysed, and a package released.</summary>
public sealed partial class TaskmaestroExampleTests
{
    private const string Overview =
        "Python is a high-level programming language known for its clear syntax and readability. Python supports "
        + "multiple programming paradigms, including structured, object-oriented, and functional programming. Its "
        + "comprehensive standard library and active community make Python an excellent choice for web development, "
        + "data science, artificial intelligence, and automation. Python's design philosophy emphasizes code "
        + "readability and simplicity, allowing developers to express concepts in fewer lines of code compared to "
        + "languages like C++ or Java. The language continues to grow in popularity, consistently ranking among the "
        + "top programming languages worldwide.";

    private static readonly Dictionary<string, Target> Targets = new(StringComparer.Ordinal)
    {
        ["linux-x64"] = new("linux", "x86_64", "tar.gz"),
        ["windows-x64"] = new("windows", "x86_64", "zip"),
        ["macos-arm64"] = new("macos", "arm64", "tar.gz"),
    };

    [Fact]
    public async Task Taskmaestro_T19_a_text_is_analysed_in_a_diamond_with_fields_of_its_own()
    {
        var flow = FlowBuilder.Create<string>("text_analysis");
        var text = flow.Task("prepare_text", flow.Input, text => new Text(
            [.. Word().Matches(text.ToLowerInvariant()).Select(word => word.Value)],
            SentenceEnd().Split(text).Count(part => part.Trim().Length > 0)));
        var stop = flow.Task("generate_stop_words", () =>
            "a an and are as at be by for from has in is it its of on or that the to was will with".Split(' '));
        var stats = flow.Task(
            "compute_word_stats", text,
            t => (t.Words.Count, t.Sentences, Length: Math.Round(t.Words.Average(word => word.Length), 2)));
        var keywords = flow.Task("extract_keywords", text.Select(t => t.Words), stop, (words, stopWords) =>
        {
            var kept = words.Where(word => word.Length > 2 && !stopWords.Contains(word)).ToList();
            return new Keywords(
                [.. kept.CountBy(word => word).OrderByDescending(each => each.Value).Take(5).Select(each => each.Key)],
                words.Count - kept.Count);
        });
        var score = flow.Task("score_readability", text, t => Math.Round(Math.Max(
            0,
            206.835 - 1.015 * t.Words.Count / t.Sentences - 84.6 * t.Words.Sum(Syllables) / t.Words.Count), 1));
        flow.Task(
            "build_report", stats, keywords.Select(k => k.Top), keywords.Select(k => k.Removed), score,
            (counts, top, removed, flesch) =>
                $"{counts.Count} words, {counts.Sentences} sentences, {counts.Length}, {removed} removed, "
                + $"{string.Join(' ', top)}, {flesch} {(flesch < 30 ? "College graduate (very difficult)" : "")}");

        Assert.Equal(
            "87 words, 5 sentences, 6.36, 22 removed, programming python language readability code, "
                + "7.3 College graduate (very difficult)",
            await Jobs.ResultOf(flow.Build<string>(), Overview));
    }

    [Fact]
    public async Task Taskmaestro_T20_the_targets_of_a_release_are_mapped_by_their_names()
    {
        var report = await Jobs.ReportOf(Release(), new Package("demo", "1.0.0", Files("assert True")));

        Assert.Equal(
            "linux-x64: demo-1.0.0-linux-x86_64.tar.gz; windows-x64: demo-1.0.0-windows-x86_64.zip; "
                + "macos-arm64: demo-1.0.0-macos-arm64.tar.gz",
            report["create_release_manifest"].Output!.Value);
        Assert.Equal(
            ["build_targets[linux-x64]", "build_targets[windows-x64]", "build_targets[macos-arm64]"],
            report.Tasks.Select(task => task.Name).Where(name => name.Contains('[', StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Taskmaestro_T20_a_file_that_fails_its_test_stops_the_release_with_its_name()
    {
        var report = await Jobs.ReportOf(Release(), new Package("demo", "1.0.0", Files("FAIL_TEST")));

        Assert.Equal(
            "Release validation failed: tests: Test failures in: tests/test_demo.py",
            report["validate_release"].Error!.Message);
        Assert.Equal("validate_release", report["create_release_manifest"].SkippedBecause);
        Assert.DoesNotContain(report.Tasks, task => task.Name.Contains('[', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Taskmaestro_T20_all_targets_are_built_before_those_that_failed_are_named()
    {
        var flow = Release(target => target.System == "windows"
            ? throw new InvalidOperationException("no linker")
            : target.Extension);
        var report = await Jobs.ReportOf(flow, new Package("demo", "1.0.0", Files("assert True")));

        Assert.Equal(
            "1 of the 3 tasks that 'build_targets' had added failed: 'build_targets[windows-x64]': "
            + "System.InvalidOperationException: no linker",
            report["build_targets"].Error!.Message);
        Assert.Equal(TaskPhase.Succeeded, report["build_targets[macos-arm64]"].Phase);
    }

    private static Flow<Package, string> Release(Func<Target, string>? build = null)
    {
        var each = FlowBuilder.Chain<Build>("each").Then("build", one =>
            $"{one.Package.Name}-{one.Package.Version}-{one.Target.System}-{one.Target.Architecture}."
            + (build is null ? one.Target.Extension : build(one.Target))).Build();
        var flow = FlowBuilder.Create<Package>("release_pipeline");
        var package = flow.Task("load_package", flow.Input, package => package);
        TaskHandle<string> Check(string name, string bad, string problem) => flow.Task(name, package, p =>
            string.Join(", ", p.Files.Where(file => file.Value.Contains(bad, StringComparison.Ordinal))
                .Select(file => file.Key)) is { Length: > 0 } files ? $"{problem}: {files}" : "");
        var checks = Source.CollectNamed(
            ("tests", Check("run_tests", "FAIL_TEST", "Test failures in")),
            ("lint", Check("run_lint", "\t", "Tabs found in")),
            ("types", Check("check_types", "# type: ignore", "Unchecked types in")));
        var valid = flow.Task("validate_release", package, checks, (p, results) =>
            string.Join("; ", results.Where(each => each.Value.Length > 0).Select(each => $"{each.Key}: {each.Value}"))
                is { Length: > 0 } failed
                ? throw new InvalidDataException($"Release validation failed: {failed}")
                : p);
        var targets = flow.Task(
            "targets", valid, Source.Setting<Dictionary<string, Target>>("Targets"),
            IReadOnlyDictionary<string, Build> (p, all) => all.ToDictionary(t => t.Key, t => new Build(p, t.Value)));
        targets.Configure(new { Targets });
        var artifacts = flow.MapValues("build_targets", targets, each, new MapOptions { MaxFailures = 0 });
        return flow.Build(flow.Task(
            "create_release_manifest", artifacts, all => string.Join("; ", all.Select(a => $"{a.Key}: {a.Value}"))));
    }

    private static Dictionary<string, string> Files(string test) => new(StringComparer.Ordinal)
    {
        ["src/demo.py"] = "def greet(name: str) -> str:\n    return f'Hello {name}'\n",
        ["tests/test_demo.py"] = $"def test_greet():\n    {test}\n",
    };

    private static int Syllables(string word) => Math.Max(1, Vowels().Count(word.TrimEnd('e')));

    [GeneratedRegex("[a-z']+")]
    private static partial Regex Word();

    [GeneratedRegex("[.!?]+")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex("[aeiouy]+")]
    private static partial Regex Vowels();

    private sealed record Text(List<string> Words, int Sentences);

    private sealed record Keywords(IReadOnlyList<string> Top, int Removed);

    private sealed record Package(string Name, string Version, Dictionary<string, string> Files);

    private sealed record Target(string System, string Architecture, string Extension);

    private sealed record Build(Package Package, Target Target);
}
