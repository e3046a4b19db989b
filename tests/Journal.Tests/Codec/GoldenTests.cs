using ActorFlow.TestKit;

namespace ActorFlow.Journal.Tests.Codec;

/// <summary>
/// The bytes of format 1, for ever: a journal written today is read by every later version. A test that fails here
/// means that the format has changed: give the event a new tag, or the format a new version, and add lines, but change
/// none.
/// </summary>
public sealed class GoldenTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.MinValue.AddTicks(64);

    private static readonly Failure Failure = new("E", "m")
    {
        BroaderTypes = ["B"],
        StackTrace = "s",
        RetryAfter = TimeSpan.FromTicks(1),
    };

    private static readonly Failure Traced = Failure with { Traces = [new TracedValue("V", "1")] };

    private static readonly SubmittedJob Submitted = new(new JobId("j"), "f", "p", ["a", "b"], Payload.FromJson("1"))
    {
        TaskDigests = [1],
        FlowSource = Payload.FromJson("2"),
        CorrelationId = "c",
        Priority = -1,
    };

    private static readonly Expansion Added = new(
    [
        new ExpansionPart("x", 0) { Input = Payload.FromJson("27") },
        new ExpansionPart("y", 1) { From = [0], Collects = true, After = [0] },
    ])
    {
        StopAfterFailures = 1,
        HandsOverFailures = true,
        MaxParallel = 2,
        Result = 1,
        Key = "k",
    };

    private static readonly AttemptNotes Notes = new()
    {
        Reused = new Reuse(ReuseSource.Cache, "k"),
        IsUnchanged = true,
        Stamp = "s",
        Saved = ["a", "b"],
    };

    private static readonly TakenOver Taken = new(
        [
            new TakenTask(0, TaskPhase.Succeeded)
            {
                IsShared = true,
                Attempt = 2,
                Reason = Reason.Operator,
                Cause = 1,
                Output = Payload.FromJson("27"),
                Failure = Traced,
                Notes = Notes,
                StartedAt = At.AddTicks(-2),
                EndedAt = At.AddTicks(-1),
            },
            new TakenTask(1, TaskPhase.Skipped),
        ],
        [new TakenScope(1, new Expansion([]), ["t"])],
        [new UsedAttempts("b", 3)]);

    private static readonly Dictionary<string, (string Hex, JobEvent Event)> Golden = new(StringComparer.Ordinal)
    {
        ["job.submitted/1"] = ("018001016A01660170020161016201010000000000000001013101010132026301",
            new JobEvent.JobSubmitted(At, Submitted)),
        ["job.paused/1"] = ("028001", new JobEvent.JobPaused(At)),
        ["job.continued/1"] = ("038001", new JobEvent.JobContinued(At)),
        ["job.stopping/1"] = ("04800105100264",
            new JobEvent.JobStopping(At, JobPhase.Cancelled, Reason.JobCancelled, "d")),
        ["job.ended/1"] = ("0580010401020304", new JobEvent.JobEnded(At, JobPhase.Failed, new TaskCounts(1, 2, 3, 4))),
        ["job.reopened/1"] = ("068001", new JobEvent.JobReopened(At)),
        ["task.started/1"] = ("108001AC0202", new JobEvent.TaskStarted(At, 300, 2)),
        ["task.succeeded/1"] = ("118001030201023432", new JobEvent.TaskSucceeded(At, 3, 2, Payload.FromJson("42"))),
        ["attempt.stopping/1"] = ("1280010302040145016D01014202730102",
            new JobEvent.AttemptStopping(At, 3, 2, Reason.AttemptTimeout, Failure)),
        ["attempt.abandoned/1"] = ("1380010302", new JobEvent.AttemptAbandoned(At, 3, 2)),
        ["attempt.failed/1"] = ("1480010302030145016D01014202730102",
            new JobEvent.AttemptFailed(At, 3, 2, Reason.AttemptThrew, Failure)),
        ["retry.scheduled/1"] = ("158001030A03",
            new JobEvent.RetryScheduled(At, 3, At.AddTicks(5), Reason.AttemptThrew)),
        ["retry.due/1"] = ("16800103", new JobEvent.RetryDue(At, 3)),
        ["task.held/1"] = ("178001030A", new JobEvent.TaskHeld(At, 3, Reason.AttemptsExhausted)),
        ["task.ignored/1"] = ("188001030D00", new JobEvent.TaskIgnored(At, 3, Reason.Supervised, Payload.None)),
        ["task.failed/1"] = ("19800103090145016D000000",
            new JobEvent.TaskFailed(At, 3, Reason.NotRetryable, new Failure("E", "m"))),
        ["task.skipped/1"] = ("1A8001030E01", new JobEvent.TaskSkipped(At, 3, Reason.UpstreamNotSucceeded, -1)),
        ["task.marked/1"] = ("4A800103020201017704612E63030700016D000000",
            new JobEvent.TaskMarked(At, 3, 2,
            [
                new Marker(Severity.Warning, "w")
                {
                    File = "a.c",
                    Line = 3,
                    Column = 7,
                },
                new Marker(Severity.Info, "m"),
            ])),
        ["task.kept/1"] = ("4B800103020164050101660A",
            new JobEvent.TaskKept(At, 3, new KeptFiles(2, "d", [new KeptFile("f", 5)], 5))),
        ["task.cancelled/1"] = ("1B80010311", new JobEvent.TaskCancelled(At, 3, Reason.JobTimeout)),
        ["task.expanded/1"] = ("1C8001030207010201026B0201780001010232370000000179010001010001000201740175",
            new JobEvent.TaskExpanded(At, 3, 2, Added, ["t", "u"])),
        ["task.awaits/1"] = ("1D8001030201", new JobEvent.TaskAwaits(At, 3, 2, 1)),
        ["task.continued/1"] = ("1E8001030201", new JobEvent.TaskContinued(At, 3, 2, 1)),
        ["attempt.stopping/2"] = ("4080010302040145016D010142027301020101560131",
            new JobEvent.AttemptStopping(At, 3, 2, Reason.AttemptTimeout, Traced)),
        ["attempt.failed/2"] = ("4180010302030145016D010142027301020101560131",
            new JobEvent.AttemptFailed(At, 3, 2, Reason.AttemptThrew, Traced)),
        ["task.failed/2"] = ("42800103090145016D010142027301020101560131",
            new JobEvent.TaskFailed(At, 3, Reason.NotRetryable, Traced)),
        ["attempt.noted/1"] = ("48800103020301016B02730201610162",
            new JobEvent.AttemptNoted(At, 3, 2, Notes)),
        ["job.submitted/2"] = ("498001016A0166017002016101620101000000000000000101310101013202630101",
            new JobEvent.JobSubmitted(At, Submitted with { Force = true })),
        ["job.submitted/3"] = (
            "508001016A0166017002016101620101000000000000000101310101013202630100026F016201010100000000"
            + "0101740200063F021402010232370145016D0101420273010201015601310301016B0273020161016203010108"
            + "0000000101016203",
            new JobEvent.JobSubmitted(
                At, Submitted with { ForkedFrom = new ForkOrigin(new JobId("o"), "b"), Taken = Taken })),
        ["flow.replaced/1"] = ("518001016A01660170020161016201010000000000000001013101010132026301010000",
            new JobEvent.FlowReplaced(At, Submitted with { Force = true })),
    };

    public static TheoryData<string> Names => [.. Golden.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_event_has_the_bytes_that_it_has_always_had(string name)
    {
        var (hex, fact) = Golden[name];
        Assert.Equal(name, EventTags.NameOf(EventTags.Of(fact)));
        Assert.Equal(hex, Convert.ToHexString(EventCodecTests.Encode([fact])));
    }

    [Fact]
    public void An_expansion_with_a_source_has_the_bytes_that_it_has_always_had() => Assert.Equal(
        "1C800103020F010201026B010232370201780001010232370000000179010001010001000201740175",
        Convert.ToHexString(EventCodecTests.Encode(
            [new JobEvent.TaskExpanded(At, 3, 2, Added with { Source = Payload.FromJson("27") }, ["t", "u"])])));

    [Fact]
    public void Every_tag_has_golden_bytes() =>
        Assert.Equal(Enum.GetValues<EventTag>().Select(EventTags.NameOf).Order(), Golden.Keys.Order());

    private const string SegmentHeader =
        "41435452464C4F5701000000000000000100000000000000010000006F5E78EA";

    private const string FirstFrame =
        "2014736A2A00000001000000000000000000000000000000260000000101010100018001016A0166"
        + "0170020161016201010000000000000001013101010132026301";

    private const string SecondFrame =
        "70ECE7B012000000020000000000000001000000000000000E000000010102020010800100011002"
        + "0101";

    [Fact]
    public async Task A_journal_has_the_bytes_that_it_has_always_had()
    {
        var disk = await TestJournal.DiskAfterAsync(async journal =>
        {
            await journal.AppendAsync(Submitted.Id, 0, new JobEvent.JobSubmitted(At, Submitted));
            await journal.AppendAsync(
                Submitted.Id, 1, new JobEvent.TaskStarted(At, 0, 1), new JobEvent.TaskStarted(At.AddTicks(1), 1, 1));
        });

        var file = Assert.Single(disk.Files());
        Assert.Equal("/data/journal/00000001.journal", file.Key);
        Assert.Equal(SegmentHeader + FirstFrame + SecondFrame, Convert.ToHexString(file.Value));
    }

    [Fact]
    public async Task A_journal_of_format_1_is_read()
    {
        var disk = SimulatedDisk.With(new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [TestJournal.PathOf(1)] = Convert.FromHexString(SegmentHeader + FirstFrame + SecondFrame),
        });
        await using var journal = TestJournal.Open(disk);

        JobEvent[] expected =
        [
            new JobEvent.JobSubmitted(At, Submitted), new JobEvent.TaskStarted(At, 0, 1),
            new JobEvent.TaskStarted(At.AddTicks(1), 1, 1),
        ];
        Assert.Equal(expected.Select(EventText.Of), await journal.TextsAsync(Submitted.Id));
    }
}
