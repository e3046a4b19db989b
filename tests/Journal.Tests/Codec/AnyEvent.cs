using FsCheck;
using FsCheck.Fluent;

namespace ActorFlow.Journal.Tests.Codec;

/// <summary>Events of every kind, with values at the edges.</summary>
internal static class AnyEvent
{
    private static readonly Gen<DateTimeOffset> Time = Gen.OneOf(
        Gen.Choose(0, int.MaxValue).Select(n => DateTimeOffset.UnixEpoch.AddTicks(n * 7919L)),
        Gen.Elements(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch));

    private static readonly Gen<int> Number = Gen.OneOf(
        Gen.Choose(0, 300), Gen.Elements(0, 127, 128, 16383, 16384, int.MaxValue));

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Elements("", "a", "null", "ä€𝄞", "line\nline\0", new string('x', 127), new string('y', 20_000)),
        Gen.ArrayOf(Gen.Choose(0x20, 0xD7FF)).Select(chars => string.Concat(chars.Select(c => (char)c))));

    private static readonly Gen<string?> OptionalText = Gen.OneOf(
        Gen.Constant<string?>(null), Text.Select(t => (string?)t));

    private static readonly Gen<Payload> Value = Gen.OneOf(
        Gen.Constant(Payload.None), Text.Select(Payload.FromJson),
        Gen.ArrayOf(Gen.Choose(0, 255)).Select(bytes => Payload.FromJson(bytes.Select(b => (byte)b).ToArray())));

    private static readonly Gen<Reason> Why = Gen.Elements(Enum.GetValues<Reason>());

    private static readonly Gen<JobPhase> Outcome = Gen.Elements(
        JobPhase.Succeeded, JobPhase.Failed, JobPhase.Cancelled, JobPhase.TimedOut);

    private static readonly Gen<TracedValue[]> Traced = Gen.OneOf(
        Gen.Constant<TracedValue[]>([]),
        Gen.ArrayOf(
            from name in Text
            from value in Text
            select new TracedValue(name, value)));

    private static readonly Gen<Failure> Failed =
        from type in Text
        from message in Text
        from broader in Gen.ArrayOf(Text, 2)
        from hasBroader in Gen.Elements(true, false)
        from stack in OptionalText
        from after in Gen.Elements<TimeSpan?>(null, TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MaxValue)
        from traced in Traced
        select new Failure(type, message)
        {
            BroaderTypes = hasBroader ? broader : [],
            StackTrace = stack,
            RetryAfter = after,
            Traces = traced,
        };

    private static readonly Gen<Marker> Noted =
        from severity in Gen.Elements(Enum.GetValues<Severity>())
        from message in Text
        from file in OptionalText
        from line in Gen.Elements<int?>(null, 1, int.MaxValue)
        from column in Gen.Elements<int?>(null, 1, int.MaxValue)
        select new Marker(severity, message)
        {
            File = file,
            Line = line,
            Column = column,
        };

    private static readonly Gen<KeptFile> Left =
        from path in Text
        from bytes in Gen.Elements(0L, 1L, long.MaxValue)
        select new KeptFile(path, bytes);

    private static readonly Gen<SubmittedJob> Submitted =
        from id in Gen.Elements("a", "job/7", new string('ä', 200))
        from flow in Text
        from print in Text
        from names in Gen.ArrayOf(Text, 3)
        from digests in Gen.Elements<ulong[]>([], [0, 1, ulong.MaxValue])
        from input in Value
        from source in Gen.OneOf(Gen.Constant<Payload?>(null), Value.Select(v => (Payload?)v))
        from correlation in OptionalText
        from priority in Gen.Elements(0, 1, -1, int.MinValue, int.MaxValue)
        from force in Gen.Elements(true, false)
        select new SubmittedJob(new JobId(id), flow, print, names, input)
        {
            TaskDigests = digests,
            FlowSource = source,
            CorrelationId = correlation,
            Priority = priority,
            Force = force,
        };

    private static readonly Gen<AttemptNotes> Notes =
        from source in Gen.Elements<ReuseSource?>(null, ReuseSource.Cache, ReuseSource.LastRun)
        from key in Text
        from isUnchanged in Gen.Elements(true, false)
        from stamp in OptionalText
        from saved in Gen.ArrayOf(Text, 2)
        select new AttemptNotes
        {
            Reused = source is { } there ? new Reuse(there, key) : null,
            IsUnchanged = isUnchanged,
            Stamp = stamp,
            Saved = saved,
        };

    private static readonly Gen<int?> OptionalNumber = Gen.OneOf(
        Gen.Constant<int?>(null), Number.Select(n => (int?)n));

    private static readonly Gen<int[]> Numbers = Gen.OneOf(Gen.Constant<int[]>([]), Gen.ArrayOf(Number, 3));

    private static readonly Gen<ExpansionPart> Part =
        from name in Text
        from template in Number
        from input in Gen.OneOf(Gen.Constant<Payload?>(null), Value.Select(v => (Payload?)v))
        from taken in Numbers
        from collects in Gen.Elements(true, false)
        from after in Numbers
        select new ExpansionPart($"p{name}", template)
        {
            Input = input,
            From = taken,
            Collects = collects,
            After = after,
        };

    private static readonly Gen<Expansion> Added =
        from parts in Gen.OneOf(Gen.Constant<ExpansionPart[]>([]), Gen.ArrayOf(Part, 3))
        from failures in Number
        from handsOver in Gen.Elements(true, false)
        from most in OptionalNumber
        from result in OptionalNumber
        from key in OptionalText
        from source in Gen.OneOf(Gen.Constant<Payload?>(null), Value.Select(v => (Payload?)v))
        select new Expansion(parts)
        {
            StopAfterFailures = failures,
            HandsOverFailures = handsOver,
            MaxParallel = most,
            Result = result,
            Key = key,
            Source = source,
        };

    private static readonly Gen<DateTimeOffset?> OptionalTime = Gen.OneOf(
        Gen.Constant<DateTimeOffset?>(null), Time.Select(t => (DateTimeOffset?)t));

    private static readonly Gen<TakenTask> TakenTasks =
        from task in Number
        from phase in Gen.Elements(Enum.GetValues<TaskPhase>().Where(phase => phase.HasEnded()).ToArray())
        from isShared in Gen.Elements(true, false)
        from attempt in Number
        from why in Why
        from cause in Gen.Elements(-1, 0, int.MaxValue)
        from output in Gen.OneOf(Gen.Constant<Payload?>(null), Value.Select(v => (Payload?)v))
        from failure in Gen.OneOf(Gen.Constant<Failure?>(null), Failed.Select(f => (Failure?)f))
        from notes in Gen.OneOf(Gen.Constant<AttemptNotes?>(null), Notes.Select(n => (AttemptNotes?)n))
        from started in OptionalTime
        from ended in OptionalTime
        select new TakenTask(task, phase)
        {
            IsShared = isShared,
            Attempt = attempt,
            Reason = why,
            Cause = cause,
            Output = output,
            Failure = failure,
            Notes = notes,
            StartedAt = started,
            EndedAt = ended,
        };

    private static readonly Gen<SubmittedJob> Begun =
        from job in Submitted
        from tasks in Gen.ArrayOf(TakenTasks, 2)
        from scope in Added
        from names in Gen.ArrayOf(Text, 2)
        from owner in Number
        from used in Number
        from isFork in Gen.Elements(true, false)
        select job with
        {
            ForkedFrom = isFork ? new ForkOrigin(new JobId("old"), names[0]) : null,
            Taken = new TakenOver(tasks, [new TakenScope(owner, scope, names)], [new UsedAttempts(names[1], used)]),
        };

    /// <summary>One generator for each kind.</summary>
    public static readonly IReadOnlyList<Gen<JobEvent>> Kinds =
    [
        OfJob(at => from job in Gen.OneOf(Submitted, Begun) select (JobEvent)new JobEvent.JobSubmitted(at, job)),
        OfJob(at => from job in Gen.OneOf(Submitted, Begun) select (JobEvent)new JobEvent.FlowReplaced(at, job)),
        OfJob(at => Gen.Constant<JobEvent>(new JobEvent.JobPaused(at))),
        OfJob(at => Gen.Constant<JobEvent>(new JobEvent.JobContinued(at))),
        OfJob(at =>
            from outcome in Outcome
            from why in Why
            from detail in OptionalText
            select (JobEvent)new JobEvent.JobStopping(at, outcome, why, detail)),
        OfJob(at =>
            from outcome in Outcome
            from counts in Gen.ArrayOf(Number, 4)
            select (JobEvent)new JobEvent.JobEnded(
                at, outcome, new TaskCounts(counts[0], counts[1], counts[2], counts[3]))),
        OfJob(at => Gen.Constant<JobEvent>(new JobEvent.JobReopened(at))),
        OfTask((at, task) => from n in Number select (JobEvent)new JobEvent.TaskStarted(at, task, n)),
        OfTask((at, task) =>
            from n in Number
            from output in Value
            select (JobEvent)new JobEvent.TaskSucceeded(at, task, n, output)),
        OfTask((at, task) =>
            from n in Number
            from why in Why
            from failure in Failed
            select (JobEvent)new JobEvent.AttemptStopping(at, task, n, why, failure)),
        OfTask((at, task) => from n in Number select (JobEvent)new JobEvent.AttemptAbandoned(at, task, n)),
        OfTask((at, task) =>
            from n in Number
            from why in Why
            from failure in Failed
            select (JobEvent)new JobEvent.AttemptFailed(at, task, n, why, failure)),
        OfTask((at, task) =>
            from due in Time
            from why in Why
            select (JobEvent)new JobEvent.RetryScheduled(at, task, due, why)),
        OfTask((at, task) => Gen.Constant<JobEvent>(new JobEvent.RetryDue(at, task))),
        OfTask((at, task) => from why in Why select (JobEvent)new JobEvent.TaskHeld(at, task, why)),
        OfTask((at, task) =>
            from why in Why
            from output in Value
            select (JobEvent)new JobEvent.TaskIgnored(at, task, why, output)),
        OfTask((at, task) =>
            from why in Why
            from failure in Failed
            select (JobEvent)new JobEvent.TaskFailed(at, task, why, failure)),
        OfTask((at, task) =>
            from why in Why
            from cause in Gen.Elements(-1, 0, int.MaxValue)
            select (JobEvent)new JobEvent.TaskSkipped(at, task, why, cause)),
        OfTask((at, task) => from why in Why select (JobEvent)new JobEvent.TaskCancelled(at, task, why)),
        OfTask((at, task) =>
            from n in Number
            from notes in Notes
            select (JobEvent)new JobEvent.AttemptNoted(at, task, n, notes)),
        OfTask((at, task) =>
            from n in Number
            from expansion in Added
            from names in Gen.ArrayOf(Text, 2)
            select (JobEvent)new JobEvent.TaskExpanded(at, task, n, expansion, names)),
        OfTask((at, task) =>
            from n in Number
            from scope in Number
            select (JobEvent)new JobEvent.TaskAwaits(at, task, n, scope)),
        OfTask((at, task) =>
            from n in Number
            from scope in Number
            select (JobEvent)new JobEvent.TaskContinued(at, task, n, scope)),
        OfTask((at, task) =>
            from n in Number
            from markers in Gen.ArrayOf(Noted, 2)
            select (JobEvent)new JobEvent.TaskMarked(at, task, n, markers)),
        OfTask((at, task) =>
            from n in Number
            from directory in Text
            from files in Gen.ArrayOf(Left, 2)
            from more in Number
            select (JobEvent)new JobEvent.TaskKept(at, task, new KeptFiles(n, directory, files, more))),
    ];

    /// <summary>A few events of any kind.</summary>
    public static Arbitrary<JobEvent[]> Some { get; } = Arb.From(Gen.ArrayOf(Gen.OneOf(Kinds)));

    private static Gen<JobEvent> OfJob(Func<DateTimeOffset, Gen<JobEvent>> kind) => Time.SelectMany(kind);

    private static Gen<JobEvent> OfTask(Func<DateTimeOffset, int, Gen<JobEvent>> kind) =>
        Time.SelectMany(at => Number.SelectMany(task => kind(at, task)));
}
