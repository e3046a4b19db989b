namespace ActorFlow.Samples.CBuild;

/// <summary>What is built again is what make would build again.</summary>
public sealed class CBuildTests : IDisposable
{
    private const int Modules = 35;

    private readonly CProject _project = new(Modules);

    [MakeFact]
    public async Task After_a_change_the_same_is_built_again_as_by_make()
    {
        var first = await BuildAsync();
        Assert.Equal(Modules + 2, Built(first).Length);
        AssertSameAsMake(first);

        var second = await BuildAsync();
        Assert.True(second.NothingToDo);
        AssertSameAsMake(second);

        _project.WriteHeader(3, factor: 77);
        var third = await BuildAsync();
        int[] reached = [3, 6, 7, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31];
        string[] rebuilt = ["link", "main.c", .. reached.Select(module => $"m{module}.c")];
        Assert.Equal(rebuilt.Order(StringComparer.Ordinal), Built(third));
        AssertSameAsMake(third);

        _project.Write("m9.c", "#include \"m9.h\"\nlong m9(long x) { return x + FACTOR_9; }");
        var fourth = await BuildAsync();
        Assert.Equal(["link", "m9.c"], Built(fourth));
        AssertSameAsMake(fourth);
    }

    [MakeFact]
    public async Task A_source_that_does_not_compile_is_named_and_leaves_the_rest_built()
    {
        _project.Write("m9.c", "#include \"m9.h\"\nlong m9(long x) { return y; }");
        var broken = await BuildAsync();
        var errors = broken["objects[m9.c]"].Markers.Where(noted => noted.Marker.Severity == Severity.Error);
        Assert.Contains(errors, noted => noted.Marker is { Line: 2, Column: 26 });
        Assert.Equal(TaskPhase.Skipped, broken["link"].Phase);

        _project.Write("m9.c", "#include \"m9.h\"\nlong m9(long x) { return x; }");
        Assert.Equal(["link", "m9.c"], Built(await BuildAsync()));
    }

    public void Dispose() => _project.Dispose();

    private void AssertSameAsMake(JobReport report)
    {
        Assert.True(report.Phase == JobPhase.Succeeded, report.ToText());
        Assert.Equal(_project.Make(), Built(report));
        Assert.Equal(_project.RunMade(), CProject.Run(report["link"].Output!.ToString().Trim('"')));
    }

    // Every build is a process of its own.
    private async Task<JobReport> BuildAsync()
    {
        var sources = Directory.GetFiles(_project.Sources, "*.c").ToDictionary(path => Path.GetFileName(path));
        await using var engine = ActorFlowEngine.Create(new ActorFlowOptions { DataDirectory = _project.Data });
        var job = await engine.SubmitAsync(CBuildFlow.Build(), sources);
        await job.WaitAsync();
        return await job.GetReportAsync();
    }

    private static string[] Built(JobReport report) => [.. report.Tasks
        .Where(task => task is { Phase: TaskPhase.Succeeded, IsUpToDate: false } && task.Name != "objects")
        .Select(task => task.Name.StartsWith("objects[", StringComparison.Ordinal) ? task.Name[8..^1] : task.Name)
        .Order(StringComparer.Ordinal)];
}
