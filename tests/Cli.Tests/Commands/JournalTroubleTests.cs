using System.Numerics;
using ActorFlow.Journal;

namespace ActorFlow.Cli.Tests.Commands;

public sealed class JournalTroubleTests : IDisposable
{
    private readonly CommandLine _command = new();

    [Fact]
    public async Task A_journal_that_another_process_has_is_locked()
    {
        var slow = _command.File("slow.yaml", "flow: f\ntasks: { a: { run: 'sleep 1000' } }\n");
        using var other = ToolProcess.Start(_command.Directory, "run", slow, "--data", _command.Data, "--job", "j");
        var id = other.Id;
        await Waiting.UntilAsync(() => Directory.Exists(Path.Combine(_command.Data, "logs", "j")));
        var ran = await _command.InDataAsync("run", slow);
        var listed = await _command.InDataAsync("list");
        other.Kill();
        await other.EndAsync();
        Assert.Equal((3, ""), (ran.ExitCode, ran.Output));
        Assert.Equal(
            $"actorflow: The journal in '{_command.Data}/journal' is in use by process {id}. "
            + "Wait until it has ended, interrupt it, or use another data directory.\n", ran.Errors);
        Assert.Equal(0, listed.ExitCode);
        Assert.Matches(@"\nj +running +\S+ +0 of 1 done +f\n$", listed.Output);
        var left = (await _command.InDataAsync("list", "--json")).Json.EnumerateArray().Single();
        Assert.Equal("interrupted", left.GetProperty("status").GetString());
        Assert.Equal(1, left.GetProperty("tasks").GetInt32());
    }

    [Fact]
    public async Task A_damaged_journal_is_left_as_it_is_and_verify_lists_the_damage()
    {
        var file = _command.File("f.yaml", "flow: f\ntasks: { a: { run: 'echo 1' }, b: { run: 'echo 2' } }\n");
        Assert.Equal(0, (await _command.InDataAsync("run", file)).ExitCode);
        Assert.Equal(0, (await _command.InDataAsync("journal", "verify")).ExitCode);
        var segment = Directory.GetFiles(Path.Combine(_command.Data, "journal"), "*.journal").Single();
        var bytes = await File.ReadAllBytesAsync(segment);
        bytes[100] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes);
        foreach (var command in (string[][])[["run", file], ["resume"], ["list"], ["journal", "verify"],
            ["journal", "dump"]])
        {
            var ran = await _command.InDataAsync(command);
            Assert.Equal(3, ran.ExitCode);
            Assert.Contains(Path.GetFileName(segment), ran.Errors, StringComparison.Ordinal);
        }

        Assert.Equal(bytes, await File.ReadAllBytesAsync(segment));
    }

    [Fact]
    public async Task A_torn_tail_that_was_cut_is_told_on_standard_error()
    {
        var file = _command.File("f.yaml", "flow: f\ntasks: { a: { run: 'echo 1' } }\n");
        Assert.Equal(0, (await _command.InDataAsync("run", file)).ExitCode);
        var segment = Directory.GetFiles(Path.Combine(_command.Data, "journal"), "*.journal").Single();
        await using (var cut = File.OpenWrite(segment)) cut.SetLength(cut.Length - 5);

        var ran = await ToolProcess.RunAsync(_command.Directory, "run", file, "--data", _command.Data);
        Assert.Equal(0, ran.ExitCode);
        Assert.StartsWith($"actorflow: {segment} ended in a torn write: ", ran.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_made_is_journal_trouble()
    {
        var file = _command.File("f.yaml", "flow: f\ntasks: { a: { run: 'echo 1' } }\n");
        var ran = await CommandLine.RunAsync("run", file, "--data", file);
        Assert.Equal((3, ""), (ran.ExitCode, ran.Output));
        Assert.DoesNotContain("   at ", ran.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dump_prints_every_event()
    {
        var file = _command.File("f.yaml", "flow: f\ntasks: { a: { run: 'echo 1' } }\n");
        await _command.InDataAsync("run", file, "--job", "j");
        var text = await _command.InDataAsync("journal", "dump");
        var json = await _command.InDataAsync("journal", "dump", "--json");
        Assert.Equal(4, text.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(4, json.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("task.succeeded/1      a  attempt 1  \"1\"", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_name_tasks_that_were_added_while_the_job_ran()
    {
        await RecordGrownJobAsync();
        var dump = await _command.InDataAsync("journal", "dump");
        var json = await _command.InDataAsync("journal", "dump", "--json");
        var show = await _command.InDataAsync("show", "j", "--events");
        foreach (var text in (string[])[dump.Output, show.Output])
        {
            Assert.Contains(
                "task.expanded/1       a  attempt 1  2 tasks: a[0], a[1]\n", text, StringComparison.Ordinal);
            Assert.Contains("task.started/1        a[1]  attempt 1\n", text, StringComparison.Ordinal);
            Assert.Contains("task.continued/1      a  attempt 1\n", text, StringComparison.Ordinal);
        }

        Assert.Contains("\"task\":\"a[1]\",\"attempt\":1", json.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_job_that_a_newer_ActorFlow_has_written_is_listed_as_unreadable_beside_the_others(bool hasEnded)
    {
        var file = _command.File("f.yaml", "flow: f\ntasks: { a: { run: 'echo 1' } }\n");
        await _command.InDataAsync("run", file, "--job", "older");
        await RecordNewerJobAsync(new JobId("newer"), hasEnded);
        var listed = await _command.InDataAsync("list");
        Assert.Equal(0, listed.ExitCode);
        Assert.Matches(@"\nolder +succeeded .*\nnewer +unreadable +\S+ +- +f\n$", listed.Output);
        Assert.StartsWith("actorflow: Job 'newer' cannot be read: The j", listed.Errors, StringComparison.Ordinal);

        var json = (await _command.InDataAsync("list", "--json")).Json.EnumerateArray().Last();
        Assert.Equal("unreadable", json.GetProperty("status").GetString());
        Assert.Contains(json.GetProperty("problem").GetString()!, listed.Errors, StringComparison.Ordinal);
        var resumed = await _command.InDataAsync("resume");
        Assert.StartsWith("actorflow: Job 'newer' stays as it is: The j", resumed.Errors, StringComparison.Ordinal);
        Assert.Equal(3, (await _command.InDataAsync("show", "newer")).ExitCode);
    }

    /// <summary>Records a job, and makes its task's last event one of a kind that is not known.</summary>
    private async Task RecordNewerJobAsync(JobId id, bool hasEnded)
    {
        var at = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        JobEvent[] events =
        [
            new JobEvent.JobSubmitted(at, new SubmittedJob(id, "f", "p", ["a"], Payload.None)),
            new JobEvent.TaskStarted(at, 0, 1),
        ];
        await RecordAsync(id, !hasEnded ? events :
        [
            .. events, new JobEvent.TaskSucceeded(at, 0, 1, Payload.None),
            new JobEvent.JobEnded(at, JobPhase.Succeeded, new TaskCounts(1, 0, 0, 0)),
        ]);
        var segment = Directory.GetFiles(Path.Combine(_command.Data, "journal"), "*.journal").Single();
        var bytes = await File.ReadAllBytesAsync(segment);
        // Frames begin behind the file's header: checksum, length of what follows the 24 bytes of their own header.
        var (frame, next) = (0, 32);
        while (next < bytes.Length) (frame, next) = (next, next + 24 + BitConverter.ToInt32(bytes, next + 4));
        bytes[bytes.AsSpan().LastIndexOf((byte)(hasEnded ? 17 : 16))] = 250;
        var sum = bytes[(frame + 4)..].Aggregate(uint.MaxValue, BitOperations.Crc32C);
        BitConverter.TryWriteBytes(bytes.AsSpan(frame), ~sum);
        await File.WriteAllBytesAsync(segment, bytes);
    }

    private async Task RecordGrownJobAsync()
    {
        var at = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var part = new ExpansionPart("[0]", 0) { Input = Payload.None };
        var expansion = new Expansion([part, part with { Name = "[1]" }]) { Key = "k" };
        var id = new JobId("j");
        await RecordAsync(id,
        [
            new JobEvent.JobSubmitted(at, new SubmittedJob(id, "f", "p", ["a"], Payload.None)),
            new JobEvent.TaskStarted(at, 0, 1),
            new JobEvent.TaskExpanded(at, 0, 1, expansion, ["a[0]", "a[1]"]),
            new JobEvent.TaskStarted(at, 2, 1),
            new JobEvent.TaskContinued(at, 0, 1, 0),
        ]);
    }

    private async Task RecordAsync(JobId id, IReadOnlyList<JobEvent> events)
    {
        await using var journal = FileJournal.Open(new FileJournalOptions
        {
            Directory = Path.Combine(_command.Data, "journal"),
            Retention = null,
        });
        var write = new Recorded(id, events);
        journal.Append(write);
        Assert.Null(await write.Done.Task);
    }

    public void Dispose() => _command.Dispose();

    /// <summary>An append that is waited for.</summary>
    private sealed class Recorded(JobId job, IReadOnlyList<JobEvent> events) : JournalWrite
    {
        public TaskCompletionSource<Exception?> Done { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override JobId Job => job;

        public override long ExpectedVersion => 0;

        public override IReadOnlyList<JobEvent> Events => events;

        public override void Completed(Exception? error) => Done.SetResult(error);
    }
}
