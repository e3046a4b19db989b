namespace ActorFlow.TestKit;

/// <summary>Events in a word; times are seconds after the start of 2030.</summary>
internal static class Examples
{
    public static readonly JobId Job = new("job-1");
    public static readonly JobId Other = new("job-2");

    /// <summary>Text with whatever a text may have: marks, quotes, zero, characters of one to four bytes.</summary>
    public const string OddText = "a 'b' \"c\" \\d %e _f \0 \t\r\n ä € 漢 𝄞 e\u0301 \u202E \uFEFF";

    public static DateTimeOffset At(int second) =>
        new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(second);

    public static JobEvent.JobSubmitted Submitted(JobId job, int second = 0) => new(
        At(second), new SubmittedJob(job, "flow", "f-1", ["only"], Payload.FromJson("{}")));

    public static JobEvent Started(int second = 0, int attempt = 1) =>
        new JobEvent.TaskStarted(At(second), 0, attempt);

    public static JobEvent Succeeded(int second = 1, string output = "42") =>
        Succeeded(second, Payload.FromJson(output));

    public static JobEvent Succeeded(int second, Payload output) =>
        new JobEvent.TaskSucceeded(At(second), 0, 1, output);

    public static JobEvent Ended(int second = 1) =>
        new JobEvent.JobEnded(At(second), JobPhase.Succeeded, new TaskCounts(1, 0, 0, 0));

    public static JobEvent Reopened(int second = 2) => new JobEvent.JobReopened(At(second));

    /// <summary>A job from its submit to its end: four events.</summary>
    public static JobEvent[] Whole(JobId job, int second = 0) =>
        [Submitted(job, second), Started(second), Succeeded(second + 1), Ended(second + 1)];

    /// <summary>Attempts that begin: each event has the number that comes after the one before.</summary>
    public static JobEvent[] Numbered(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(number => Started(number, number))];

    /// <summary>The numbers of such events.</summary>
    public static IEnumerable<int> NumbersOf(IEnumerable<JobEvent> events) =>
        events.Select(fact => fact is JobEvent.TaskStarted started ? started.Attempt : -1);

    /// <summary>
    /// Every kind of event at least once, with values at the edges; the first submits the job, and times go up.
    /// </summary>
    public static JobEvent[] OfEveryKind(JobId job)
    {
        var failure = new Failure("System.Exception", OddText);
        var richFailure = new Failure("", "")
        {
            BroaderTypes = ["System.SystemException", "", OddText],
            StackTrace = OddText,
            RetryAfter = TimeSpan.MaxValue,
        };
        var traced = richFailure with { Traces = [new TracedValue(OddText, "[1]"), new TracedValue("", OddText)] };
        var odd = At(0).AddTicks(1_234_567);
        return
        [
            new JobEvent.JobSubmitted(DateTimeOffset.MinValue, Rich(job)),
            new JobEvent.FlowReplaced(DateTimeOffset.MinValue, Rich(job) with { Taken = new TakenOver([], [], []) }),
            new JobEvent.FlowReplaced(
                DateTimeOffset.MinValue,
                Rich(job) with { Force = true, ForkedFrom = new ForkOrigin(Other, OddText), Taken = RichTaken }),
            new JobEvent.JobPaused(DateTimeOffset.UnixEpoch.AddTicks(-1)),
            new JobEvent.JobContinued(DateTimeOffset.UnixEpoch.AddTicks(1)),
            new JobEvent.TaskStarted(odd, 0, 1),
            new JobEvent.TaskStarted(odd, int.MaxValue, int.MaxValue),
            new JobEvent.TaskSucceeded(odd, 0, 1, Payload.FromJson("[1, 2.50,\n \"" + @"\u00e4\u0000ä" + "\"]")),
            new JobEvent.TaskSucceeded(odd, 127, 128, Payload.None),
            new JobEvent.AttemptStopping(odd, 1, 2, Reason.AttemptTimeout, failure),
            new JobEvent.AttemptAbandoned(odd.AddTicks(1), 16383, 16384),
            new JobEvent.AttemptFailed(odd.AddTicks(2), 1, 3, Reason.AttemptThrew, richFailure),
            new JobEvent.AttemptFailed(
                odd.AddTicks(2), 1, 4, Reason.NotRetryable, failure with { RetryAfter = TimeSpan.Zero }),
            new JobEvent.RetryScheduled(odd.AddTicks(3), 1, DateTimeOffset.MaxValue, Reason.AttemptThrew),
            new JobEvent.RetryScheduled(odd.AddTicks(3), 1, DateTimeOffset.MinValue, Reason.RetryRequested),
            new JobEvent.RetryDue(odd.AddTicks(4), 1),
            new JobEvent.TaskHeld(odd.AddTicks(5), 1, Reason.AttemptsExhausted),
            new JobEvent.TaskIgnored(odd.AddTicks(6), 1, Reason.Operator, Payload.FromJson("null")),
            new JobEvent.AttemptFailed(odd.AddTicks(6), 1, 5, Reason.AttemptThrew, traced),
            new JobEvent.TaskFailed(odd.AddTicks(7), 2, Reason.Abandoned, richFailure),
            new JobEvent.TaskFailed(odd.AddTicks(7), 2, Reason.Abandoned, traced),
            new JobEvent.TaskSkipped(odd.AddTicks(8), 3, Reason.UpstreamNotSucceeded, -1),
            new JobEvent.TaskSkipped(odd.AddTicks(8), 4, Reason.UpstreamNotSucceeded, int.MaxValue),
            new JobEvent.TaskCancelled(odd.AddTicks(9), 5, Reason.None),
            new JobEvent.TaskExpanded(odd.AddTicks(9), 6, 1, new Expansion([]), []),
            new JobEvent.TaskExpanded(odd.AddTicks(9), int.MaxValue, int.MaxValue, RichExpansion, ["x", "", OddText]),
            new JobEvent.TaskAwaits(odd.AddTicks(9), 7, 128, 16384),
            new JobEvent.TaskContinued(odd.AddTicks(9), 7, 128, int.MaxValue),
            new JobEvent.AttemptNoted(odd.AddTicks(9), 1, 2, new AttemptNotes()),
            new JobEvent.AttemptNoted(odd.AddTicks(9), 1, int.MaxValue, RichNotes),
            new JobEvent.TaskMarked(odd.AddTicks(9), 1, 2,
            [
                new Marker(Severity.Error, OddText) { File = "", Line = int.MaxValue },
                new Marker(Severity.Info, "") { Column = 1 },
            ]),
            new JobEvent.TaskKept(
                odd.AddTicks(9), 1, new KeptFiles(2, OddText, [new KeptFile("a/b", long.MaxValue)], 3)),
            new JobEvent.JobStopping(odd.AddTicks(9), JobPhase.TimedOut, Reason.JobTimeout, null),
            new JobEvent.JobStopping(odd.AddTicks(9), JobPhase.Cancelled, Reason.JobCancelled, OddText),
            new JobEvent.JobEnded(odd.AddTicks(9), JobPhase.Failed, new TaskCounts(1, 0, int.MaxValue, 128)),
            new JobEvent.JobReopened(odd.AddYears(5000)),
            new JobEvent.JobEnded(DateTimeOffset.MaxValue, JobPhase.TimedOut, new TaskCounts(0, 1, 2, 3)),
        ];
    }

    private static AttemptNotes RichNotes { get; } = new()
    {
        Reused = new Reuse(ReuseSource.LastRun, OddText),
        IsUnchanged = true,
        Stamp = "",
        Saved = ["a/b", OddText],
    };

    private static TakenOver RichTaken => new(
        [
            new TakenTask(0, TaskPhase.Succeeded),
            new TakenTask(int.MaxValue, TaskPhase.Failed)
            {
                IsShared = true,
                Attempt = int.MaxValue,
                Reason = Reason.OwnerEnded,
                Cause = int.MaxValue,
                Output = Payload.FromJson("[1, 2.50]"),
                Failure = new Failure("", OddText) { Traces = [new TracedValue(OddText, "1")] },
                Notes = RichNotes,
                StartedAt = DateTimeOffset.MinValue,
                EndedAt = DateTimeOffset.MaxValue,
            },
        ],
        [new TakenScope(0, RichExpansion, ["x", "", OddText]), new TakenScope(128, new Expansion([]), [])],
        [new UsedAttempts(OddText, int.MaxValue), new UsedAttempts("", 1)]);

    private static Expansion RichExpansion => new(
    [
        new ExpansionPart("x", 0) { Input = Payload.FromJson("[1, 2.50]") },
        new ExpansionPart("[7]", int.MaxValue) { Input = Payload.None, After = [0] },
        new ExpansionPart(OddText, 128) { From = [0, 1, int.MaxValue], Collects = true, After = [1] },
        new ExpansionPart("y", 1) { From = [0] },
    ])
    {
        StopAfterFailures = int.MaxValue,
        HandsOverFailures = true,
        MaxParallel = 128,
        Result = 3,
        Key = OddText,
        Source = Payload.FromJson("[1, 2.50]"),
    };

    private static SubmittedJob Rich(JobId job) =>
        new(job, "flow", OddText, ["a", "", OddText], Payload.FromJson("\"" + new string('x', 20_000) + "\""))
        {
            TaskDigests = [0, 1, ulong.MaxValue],
            FlowSource = Payload.FromJson("{ \"flow\" : \"𝄞\" }"),
            CorrelationId = OddText,
            Priority = int.MinValue,
        };
}
