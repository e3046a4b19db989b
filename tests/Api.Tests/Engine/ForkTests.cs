namespace ActorFlow.Api.Tests.Engine;

/// <summary>New jobs that share the results of ended ones.</summary>
public sealed class ForkTests : IDisposable
{
    private static readonly JobId Old = new("old");
    private static readonly JobOptions New = new() { Id = new JobId("new") };
    private readonly DataDirectory _data = new();

    [Fact]
    public async Task A_fork_runs_from_its_task_on_and_leaves_the_old_job_as_it_was()
    {
        await using var engine = _data.Open();
        var flaky = new Flaky(failures: 1);
        var failed = await FailAsync(engine, flaky);
        var before = (await failed.GetReportAsync()).ToJson();
        var fork = await engine.ForkAsync(Old, "middle", flaky.Flow(), New);
        Assert.Equal(60, await fork.GetResultAsync());
        var report = await fork.GetReportAsync();
        Assert.Equal([0, 1, 1], report.Tasks.Select(task => task.Attempts));
        Assert.Equal(Old, report["first"].TakenFrom);
        Assert.Equal(new ForkOrigin(Old, "middle"), report.ForkedFrom);
        Assert.Equal(before, (await failed.GetReportAsync()).ToJson());
    }

    [Fact]
    public async Task A_fork_can_have_another_input_and_another_flow()
    {
        await using var engine = _data.Open();
        var flaky = new Flaky(failures: 0);
        await engine.RunAsync(flaky.Flow(), 5, new JobOptions { Id = Old });
        Assert.Equal(60, await (await engine.ForkAsync(Old, "last", flaky.Flow(), 7, New)).GetResultAsync());
        Assert.Equal(80, await (await engine.ForkAsync(Old, "first", flaky.Flow(), 7)).GetResultAsync());
        var changed = FlowBuilder.Create<int>("flaky");
        var first = changed.Task("first", changed.Input, x => x);
        var flow = changed.Build(changed.Task("other", first, x => -x));
        Assert.Equal(-5, await (await engine.ForkAsync(Old, "other", flow)).GetResultAsync());
    }

    [Fact]
    public async Task The_same_fork_is_the_job_that_is_there_and_any_other_a_conflict()
    {
        await using var engine = _data.Open();
        var flow = new Flaky(failures: 0).Flow();
        await engine.RunAsync(flow, 5, new JobOptions { Id = Old });
        await (await engine.ForkAsync(Old, "last", flow, New)).WaitAsync();
        var again = await engine.ForkAsync(Old, "LAST", flow, New);
        Assert.Equal(60, await again.GetResultAsync());
        await ConflictsAsync("'old', from task 'last' on", () => engine.ForkAsync(Old, "middle", flow, New));
        await ConflictsAsync("another input", () => engine.ForkAsync(Old, "last", flow, 6, New));
        await ConflictsAsync("from task 'last' on", () => engine.SubmitAsync(flow, 5, New));
        await ConflictsAsync("all its own", () => engine.ForkAsync(Old, "last", flow, new JobOptions { Id = Old }));

        static async Task ConflictsAsync(string difference, Func<Task> fork) =>
            Assert.Contains(difference, (await Assert.ThrowsAsync<JobConflictException>(fork)).Message);
    }

    [Fact]
    public async Task A_fork_needs_nothing_of_the_old_job_once_it_is_there()
    {
        var flaky = new Flaky(failures: 1);
        await using (var engine = _data.Open()) await FailAsync(engine, flaky);
        await using (var engine = _data.Open())
            await (await engine.ForkAsync(Old, "middle", flaky.Flow(), New)).WaitAsync();
        await using (var journal = Journal.FileJournal.Open(new Journal.FileJournalOptions
        {
            Directory = Path.Combine(_data.Path, "journal"),
        }))
            await journal.ForgetAsync(Old, CancellationToken.None);
        await using var last = _data.Open();
        last.Register(flaky.Flow());
        Assert.Null(await last.GetAsync(Old));
        var report = await (await last.GetAsync(New.Id!.Value))!.GetReportAsync();
        Assert.Equal("5", report["first"].Output!.ToString());
        Assert.Equal(JobPhase.Succeeded, report.Phase);
    }

    [Fact]
    public async Task What_cannot_be_forked_is_refused_with_the_reason()
    {
        await using var engine = _data.Open();
        var gate = new Gate();
        await Assert.ThrowsAsync<JobNotFoundException>(() => engine.ForkAsync(Old, "gate"));
        var job = await engine.SubmitAsync(gate.Flow(), 3, new JobOptions { Id = Old });
        await gate.Began;
        Assert.Contains("has not ended", (await RejectedAsync("gate")).Message);
        await job.CancelAsync();
        await job.WaitAsync();
        Assert.Contains("'gate', which 'twice' needs", (await RejectedAsync("twice")).Message);
        var unknown = await Assert.ThrowsAsync<ActorFlowException>(() => engine.ForkAsync(Old, "gat"));
        Assert.Contains("Did you mean 'gate'?", unknown.Message);
        var builder = FlowBuilder.Create<DateTimeOffset>("gated");
        builder.Task("year", builder.Input, at => at.Year);
        var other = builder.Build();
        var error = await Assert.ThrowsAsync<JobRejectedException>(() => engine.ForkAsync(Old, "year", other));
        Assert.Contains("cannot read its input", error.Message);
        Assert.Single(await engine.ListAsync());

        Task<JobRejectedException> RejectedAsync(string from) =>
            Assert.ThrowsAsync<JobRejectedException>(() => engine.ForkAsync(Old, from));
    }

    [Fact]
    public async Task A_fork_in_memory_shares_the_items_of_a_map_too()
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var album = FlowBuilder.Create<IReadOnlyList<string>>("album");
        var resized = album.Map("resize", album.Input, photo => $"{photo} (small)");
        var flow = album.Build(album.Task("page", resized, photos => string.Join(", ", photos)));
        await engine.RunAsync(flow, ["sea", "hill"], new JobOptions { Id = Old });
        var fork = await engine.ForkAsync(Old, "page", flow);
        Assert.Equal("sea (small), hill (small)", await fork.GetResultAsync());
        var report = await fork.GetReportAsync();
        Assert.Equal(Old, report["resize[1]"].TakenFrom);
        Assert.Equal(4, report.Counts.Succeeded);
        var whole = await engine.ForkAsync(Old, "resize", flow);
        await whole.WaitAsync();
        Assert.Null((await whole.GetReportAsync())["resize[1]"].TakenFrom);
    }

    private static async Task<JobHandle<int>> FailAsync(ActorFlowEngine engine, Flaky flaky)
    {
        var job = await engine.SubmitAsync(flaky.Flow(), 5, new JobOptions { Id = Old });
        Assert.Equal(JobPhase.Failed, await job.WaitAsync());
        return job;
    }

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task The_task_that_a_fork_begins_with_runs_though_its_result_is_cached()
    {
        var runs = 0;
        var flow = FlowBuilder.Create<int>("f");
        var first = flow.Task("first", flow.Input, x => x + ++runs).Cache();
        var built = flow.Build(flow.Task("last", first, x => x));
        await using var engine = ActorFlowEngine.CreateInMemory();
        var job = await engine.SubmitAsync(built, 1);
        Assert.Equal(2, await job.GetResultAsync());
        var fork = await engine.ForkAsync(job.Id, "first", built, 1);
        Assert.Equal(3, await fork.GetResultAsync());
    }
}
