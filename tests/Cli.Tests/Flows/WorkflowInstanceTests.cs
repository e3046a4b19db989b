using System.IO.Compression;
using System.Text;

namespace ActorFlow.Cli.Tests.Flows;

/// <summary>Small recorded workflows of our own, in every version that is read.</summary>
public sealed class WorkflowInstanceTests : IDisposable
{
    private const string Version13 = """
        { "name": "small", "schemaVersion": "1.3", "workflow": { "makespan": 3, "tasks": [
          { "name": "split", "type": "compute", "runtime": 1, "children": ["left", "right"] },
          { "name": "left", "type": "compute", "runtime": 2, "parents": ["split"] },
          { "name": "right", "type": "compute", "runtime": 0.5, "parents": ["split"] },
          { "name": "join", "type": "compute", "parents": ["left", "right"] } ] } }
        """;

    private const string Version14 = """
        { "name": "small", "schemaVersion": "1.4", "workflow": { "makespanInSeconds": 3, "tasks": [
          { "name": "split", "id": "1", "type": "compute", "runtimeInSeconds": 1, "parents": [] },
          { "name": "left", "id": "2", "type": "compute", "runtimeInSeconds": 2, "parents": ["split"] },
          { "name": "right", "id": "3", "type": "compute", "runtimeInSeconds": 0.5, "parents": ["split"] },
          { "name": "join", "id": "4", "type": "compute", "parents": ["left", "right"] } ] } }
        """;

    // The tasks stand in another order than their runtimes, and children come before their parents.
    private const string Version15 = """
        { "name": "small", "schemaVersion": "1.5", "workflow": {
          "specification": { "tasks": [
            { "id": "join", "name": "j", "parents": ["left", "right"], "children": [] },
            { "id": "left", "name": "branch", "parents": ["split"], "children": ["join"] },
            { "id": "right", "name": "branch", "parents": ["split"], "children": ["join"] },
            { "id": "split", "name": "s", "parents": [], "children": ["left", "right"] } ] },
          "execution": { "makespanInSeconds": 3, "executedAt": "03-23-21T05:57:15Z", "tasks": [
            { "id": "split", "runtimeInSeconds": 1 }, { "id": "right", "runtimeInSeconds": 0.5 },
            { "id": "left", "runtimeInSeconds": 2 } ] } } }
        """;

    // As Nextflow writes 1.4: names repeat, nothing is listed, and the order is in the files.
    private const string ByFiles = """
        { "name": "small", "schemaVersion": "1.4", "workflow": { "tasks": [
          { "name": "a", "id": "1", "parents": [], "children": [],
            "files": [{ "link": "output", "name": "out", "path": "/1/" }] },
          { "name": "a", "id": "2", "parents": [], "children": [],
            "files": [{ "link": "output", "name": "out", "path": "/2/" }] },
          { "name": "b", "id": "3", "parents": [], "children": [],
            "files": [{ "link": "input", "name": "out", "path": "/2/" }] } ] } }
        """;

    private readonly CommandLine _command = new();

    [Fact]
    public void A_byte_order_mark_in_front_does_not_matter() =>
        Assert.Equal(EdgesOf(Load("small.json", Version15)), EdgesOf(Load("marked.json", "\uFEFF" + Version15)));

    [Theory]
    [InlineData(Version13)]
    [InlineData(Version14)]
    [InlineData(Version15)]
    public void The_same_workflow_in_each_version_is_the_same_graph(string instance)
    {
        var flow = Load("small.json", instance);
        Assert.Equal(
            ["left -> join", "right -> join", "split -> left", "split -> right"], EdgesOf(flow).Order());
    }

    [Fact]
    public void Where_names_repeat_the_ids_are_the_keys_and_files_give_the_order() =>
        Assert.Equal(["2 -> 3"], EdgesOf(Load("files.json", ByFiles)));

    [Theory]
    [InlineData(Version13)]
    [InlineData(Version14)]
    [InlineData(Version15)]
    public async Task Each_task_sleeps_as_long_as_it_once_ran_and_one_without_a_runtime_not_at_all(string instance)
    {
        var file = _command.File("small.json", instance);
        var source = FlowFile.Load(file);
        var runtimes = source.Draft.Tasks.Zip(source.Recipes, (task, recipe) =>
            (task.Name, ((TaskRecipe.Sleep)recipe).Recorded.TotalSeconds)).ToDictionary();
        Assert.Equal((1, 2, 0.5, 0), (runtimes["split"], runtimes["left"], runtimes["right"], runtimes["join"]));
        var (exitCode, report) = await ReportAsync(file, "--time-scale", "0.001");
        Assert.Equal((0, "small"), (exitCode, report.GetProperty("flow").GetString()));
    }

    [Fact]
    public async Task A_compressed_workflow_is_recognised_by_what_is_in_it()
    {
        var file = _command.PathOf("small.json.gz");
        await using (var gzip = new GZipStream(File.Create(file), CompressionLevel.Fastest))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Version15));
        var (exitCode, report) = await ReportAsync(file);
        Assert.Equal(0, exitCode);
        Assert.Equal(4, report.GetProperty("counts").GetProperty("succeeded").GetInt32());
    }

    [Fact]
    public async Task A_compressed_file_that_was_cut_is_refused()
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Version15));
        var file = _command.PathOf("cut.json.gz");
        foreach (var length in Enumerable.Range(0, (int)packed.Length))
        {
            await File.WriteAllBytesAsync(file, packed.ToArray()[..length]);
            Assert.Equal(2, (await CommandLine.RunAsync("validate", file)).ExitCode);
        }
    }

    [Theory]
    [InlineData("\"1.5\"", "\"1.9\"", "1.9")]
    [InlineData("\"parents\": [\"split\"]", "\"parents\": [\"spilt\"]", "'spilt'")]
    [InlineData("\"id\": \"right\", \"name\"", "\"id\": \"left\", \"name\"", "left")]
    [InlineData("\"runtimeInSeconds\": 2", "\"runtimeInSeconds\": -2", "runtimeInSeconds")]
    [InlineData("\"parents\": [], ", "\"parents\": [\"join\"], ", "cycle")]
    public async Task A_workflow_that_makes_no_sense_is_refused_with_what_is_wrong(
        string sound, string damaged, string named)
    {
        Assert.Contains(sound, Version15, StringComparison.Ordinal);
        var file = _command.File("bad.json", Version15.Replace(sound, damaged, StringComparison.Ordinal));
        var ran = await CommandLine.RunAsync("validate", file);
        Assert.Equal((2, ""), (ran.ExitCode, ran.Output));
        Assert.Contains(named, ran.Errors, StringComparison.Ordinal);
    }

    private async Task<(int, System.Text.Json.JsonElement)> ReportAsync(string file, params string[] more)
    {
        var report = _command.PathOf("report.json");
        var ran = await CommandLine.RunAsync(["run", file, "--in-memory", "--quiet", "--report", report, .. more]);
        Assert.Equal("", ran.Errors);
        return (ran.ExitCode, System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(report)).RootElement);
    }

    private Flow Load(string name, string instance) =>
        FlowFile.Load(_command.File(name, instance)).Draft.Build();

    private static IEnumerable<string> EdgesOf(Flow flow) => flow.Tasks.SelectMany(task =>
        flow.Edges.Upstream(task.Number).ToArray().Select(up => $"{flow.Tasks[up.Task].Name} -> {task.Name}"));

    public void Dispose() => _command.Dispose();
}
