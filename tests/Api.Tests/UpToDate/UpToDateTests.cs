using ActorFlow.Api.Tests.Engine;

namespace ActorFlow.Api.Tests.UpToDate;

/// <summary>Tasks that run only when something has changed.</summary>
public sealed class UpToDateTests : IDisposable
{
    private readonly Workshop _shop = new();

    [Fact]
    public async Task A_second_run_has_nothing_to_do_and_gives_the_same()
    {
        var first = await _shop.RunAsync(Copy(), "a");
        Assert.Equal(("copy", "1"), (_shop.Ran, first["copy"].Output!.ToString()));
        Assert.True(first["copy"].Changed);
        Assert.False(first.NothingToDo);

        var second = await _shop.RunAsync(Copy(), "a");
        Assert.Equal(("", "1"), (_shop.Ran, second["copy"].Output!.ToString()));
        Assert.True(second["copy"].IsUpToDate);
        Assert.False(second["copy"].Changed);
        Assert.True(second.NothingToDo);
        Assert.Contains("nothing to do", second.ToString(), StringComparison.Ordinal);
        Assert.Contains("up to date", second.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_input_runs_it()
    {
        await _shop.RunAsync(Copy(), "a");
        await _shop.RunAsync(Copy(), "b");
        Assert.Equal("copy, copy", _shop.Ran);
    }

    [Fact]
    public async Task Another_version_runs_it()
    {
        await _shop.RunAsync(Copy(version: "1"), "a");
        await _shop.RunAsync(Copy(version: "2"), "a");
        Assert.Equal("copy, copy", _shop.Ran);
    }

    [Fact]
    public async Task A_forced_job_runs_it()
    {
        await _shop.RunAsync(Copy(), "a");
        await _shop.RunAsync(Copy(), "a", new JobOptions { Force = true });
        Assert.Equal("copy, copy", _shop.Ran);
    }

    [Fact]
    public async Task A_changed_input_file_runs_it_and_a_touched_one_does_not()
    {
        await _shop.RunAsync(Copy(), "a");
        File.SetLastWriteTimeUtc(Path.Combine(_shop.Files, "in.txt"), DateTime.UtcNow.AddDays(1));
        await _shop.RunAsync(Copy(), "a");
        Assert.Equal("copy", _shop.Ran);

        await _shop.RunAsync(Copy("other"), "a");
        Assert.Equal("copy", _shop.Ran);
    }

    [Fact]
    public async Task A_file_of_the_same_size_and_time_with_other_content_is_noticed_if_it_was_written_just_then()
    {
        var path = Path.Combine(_shop.Files, "in.txt");
        await _shop.RunAsync(Copy("old"), "a");
        var time = File.GetLastWriteTimeUtc(path);
        var flow = Copy("new");
        File.SetLastWriteTimeUtc(path, time);
        await _shop.RunAsync(flow, "a");

        Assert.Equal("copy, copy", _shop.Ran);
    }

    [Fact]
    public async Task A_file_more_or_less_that_a_pattern_means_runs_it()
    {
        var options = new UpToDateOptions { Inputs = ["**/*.txt"], InputDirectory = _shop.Files };
        _shop.Write("a/1.txt", "1");
        await _shop.RunAsync(Plain(options), 1);
        _shop.Write("a/b/2.txt", "2");
        await _shop.RunAsync(Plain(options), 1);
        Assert.Equal("plain, plain", _shop.Ran);

        _shop.Write("a/b/2.doc", "2");
        await _shop.RunAsync(Plain(options), 1);
        Assert.Equal("", _shop.Ran);

        File.Delete(Path.Combine(_shop.Files, "a", "1.txt"));
        await _shop.RunAsync(Plain(options), 1);
        Assert.Equal("plain", _shop.Ran);
    }

    [Theory]
    [InlineData("changed")]
    [InlineData(null)]
    public async Task An_output_file_that_was_changed_or_is_gone_runs_it(string? content)
    {
        await _shop.RunAsync(Copy(), "a");
        var path = Directory.GetFiles(_shop.DataPath, "out.txt", SearchOption.AllDirectories).Single();
        if (content is null) File.Delete(path);
        else await File.WriteAllTextAsync(path, content);
        await _shop.RunAsync(Copy(), "a");

        Assert.Equal("copy, copy", _shop.Ran);
        Assert.Equal("text", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task Files_that_the_code_says_to_have_read_and_written_count()
    {
        var (read, written) = (_shop.Write("read.txt", "1"), _shop.Write("written.txt", "1"));
        var flow = FlowBuilder.Create<int>("said");
        flow.Task("t", flow.Input, (int x, TaskContext context) =>
        {
            _shop.Runs("t");
            context.HasRead(read);
            context.HasWritten(written);
            return x;
        }).UpToDate();
        var built = flow.Build();
        // What is read must not be younger than the run that reads it.
        File.SetLastWriteTimeUtc(read, DateTime.UtcNow.AddHours(-1));
        await _shop.RunAsync(built, 1);
        await _shop.RunAsync(built, 1);
        Assert.Equal("t", _shop.Ran);

        _shop.Write("read.txt", "2");
        File.SetLastWriteTimeUtc(read, DateTime.UtcNow.AddHours(-1));
        await _shop.RunAsync(built, 1);
        Assert.Equal("t", _shop.Ran);

        _shop.Write("written.txt", "2");
        await _shop.RunAsync(built, 1);
        Assert.Equal("t", _shop.Ran);
    }

    [Fact]
    public async Task A_run_that_failed_is_not_up_to_date_and_its_memento_is_not_kept()
    {
        var fails = false;
        var flow = FlowBuilder.Create<int>("shaky");
        var shaky = flow.Task("t", flow.Input, (int x, TaskContext context) =>
        {
            var count = context.Memento.Get<int>() + 1;
            context.Memento.Set(count);
            return fails ? throw new IOException("no") : count;
        }).UpToDate(new UpToDateOptions { Always = true });
        var built = flow.Build(shaky);

        Assert.Equal("1", (await _shop.RunAsync(built, 1))["t"].Output!.ToString());
        fails = true;
        Assert.Equal(JobPhase.Failed, (await _shop.RunAsync(built, 1)).Phase);
        fails = false;
        Assert.Equal("2", (await _shop.RunAsync(built, 1))["t"].Output!.ToString());
    }

    [Fact]
    public async Task A_failure_after_a_success_is_not_up_to_date()
    {
        var fails = false;
        var flow = FlowBuilder.Create<int>("shaky");
        flow.Task("t", flow.Input, x =>
        {
            _shop.Runs("t");
            return fails ? throw new IOException("no") : x;
        }).UpToDate();
        var built = flow.Build();
        await _shop.RunAsync(built, 1);
        fails = true;
        await _shop.RunAsync(built, 2);
        fails = false;
        await _shop.RunAsync(built, 1);

        Assert.Equal("t, t, t", _shop.Ran);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("0000\n{}")]
    public async Task A_damaged_state_is_not_up_to_date(string content)
    {
        await _shop.RunAsync(Copy(), "a");
        var state = Directory.GetFiles(_shop.DataPath, "*.run.json", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(state, content);
        var report = await _shop.RunAsync(Copy(), "a");

        Assert.Equal(JobPhase.Succeeded, report.Phase);
        Assert.Equal("copy, copy", _shop.Ran);
    }

    [Fact]
    public async Task A_check_of_its_own_may_say_no_and_one_that_throws_says_no()
    {
        Func<UpToDateCheck, bool> answer = _ => true;
        var options = new UpToDateOptions { Check = (check, _) => new(answer(check)) };
        await _shop.RunAsync(Plain(options), 1);
        await _shop.RunAsync(Plain(options), 1);
        Assert.Equal("plain", _shop.Ran);
        answer = check => !Directory.Exists(check.RunDirectory);
        await _shop.RunAsync(Plain(options), 1);
        Assert.Equal("plain", _shop.Ran);
        // The second is what an HttpClient throws whose time is over.
        foreach (var error in (Exception[])[new IOException("no"), new TaskCanceledException("too slow")])
        {
            answer = _ => throw error;
            Assert.Equal(JobPhase.Succeeded, (await _shop.RunAsync(Plain(options), 1)).Phase);
            Assert.Equal("plain", _shop.Ran);
        }
    }

    [Fact]
    public async Task What_a_task_declares_to_read_must_be_there_and_to_write_too()
    {
        var reads = await _shop.RunAsync(Plain(new UpToDateOptions { Inputs = ["none.txt"] }), 1);
        Assert.Contains("none.txt, and it is not there", reads["plain"].Error!.Message, StringComparison.Ordinal);
        Assert.Equal("", _shop.Ran);

        var writes = await _shop.RunAsync(Plain(new UpToDateOptions { Outputs = ["none.txt"] }), 1);
        Assert.Contains("was to write 'none.txt'", writes["plain"].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_directory_may_be_given_and_stays()
    {
        var flow = FlowBuilder.Create<string>("dirs");
        flow.Task("t", flow.Input, (string _, TaskContext context) =>
        {
            File.AppendAllText(Path.Combine(context.RunDirectory, "log"), "x");
            return context.RunDirectory;
        }).UpToDate(new UpToDateOptions { RunDirectory = Path.Combine(_shop.Files, "{input}"), Always = true });
        flow.Task("own", (TaskContext context) => context.RunDirectory);
        var built = flow.Build();
        await _shop.RunAsync(built, "here");
        var report = await _shop.RunAsync(built, "here");

        Assert.Equal("xx", await File.ReadAllTextAsync(Path.Combine(_shop.Files, "here", "log")));
        Assert.Contains("own", report["own"].Output!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_memento_needs_a_task_that_keeps_its_state()
    {
        var flow = FlowBuilder.Create<int>("f");
        flow.Task("t", flow.Input, (int _, TaskContext context) => context.Memento.Exists);
        var report = await _shop.RunAsync(flow.Build(), 1);

        Assert.Contains("declare it with UpToDate()", report["t"].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_jobs_at_once_the_second_waits_and_has_nothing_to_do()
    {
        var gate = new Gate();
        var flow = FlowBuilder.Create<int>("two");
        var built = flow.Build(flow.Task("t", flow.Input, async (int x, CancellationToken stop) =>
        {
            _shop.Runs("t");
            return await gate.PassAsync(x, stop);
        }).UpToDate());
        await using var engine = _shop.Open();
        var first = await engine.SubmitAsync(built, 1);
        await gate.Began;
        var second = await engine.SubmitAsync(built, 1);
        gate.Open();

        Assert.Equal((1, 1), (await first.GetResultAsync(), await second.GetResultAsync()));
        Assert.Equal("t", _shop.Ran);
        Assert.True((await second.GetReportAsync())["t"].IsUpToDate);
    }

    public void Dispose() => _shop.Dispose();

    private Flow<string, int> Copy(string text = "text", string? version = null)
    {
        var path = _shop.Write("in.txt", text);
        var flow = FlowBuilder.Create<string>("copies");
        var copy = flow.Task("copy", flow.Input, (string _, TaskContext context) =>
        {
            _shop.Runs("copy");
            File.Copy(path, Path.Combine(context.RunDirectory, "out.txt"), overwrite: true);
            return 1;
        }).UpToDate(new UpToDateOptions { Inputs = ["in.txt"], InputDirectory = _shop.Files, Outputs = ["*.txt"] });
        if (version is not null) copy.Version(version);
        return flow.Build(copy);
    }

    private Flow<int, int> Plain(UpToDateOptions options)
    {
        var flow = FlowBuilder.Create<int>("plain");
        return flow.Build(flow.Task("plain", flow.Input, x =>
        {
            _shop.Runs("plain");
            return x;
        }).UpToDate(options));
    }
}
