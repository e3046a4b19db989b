namespace ActorFlow.Simulation;

/// <summary>A way to break the engine: pieces of its source, and what stands there instead.</summary>
/// <param name="Name">What it does wrong then.</param>
/// <param name="Edits">The pieces; each must be there once.</param>
internal sealed record Breakage(string Name, params IReadOnlyList<Edit> Edits)
{
    private const string Apply = "src/Engine/Machine/JobState.Apply.cs";
    private const string Attempts = "src/Engine/Machine/JobMachine.Attempts.cs";
    private const string Control = "src/Engine/Machine/JobMachine.Control.cs";
    private const string Machine = "src/Engine/Machine/JobMachine.cs";
    private const string Expansions = "src/Engine/Expansions/JobMachine.Expansions.cs";
    private const string Scopes = "src/Engine/Expansions/JobState.Scopes.cs";
    private const string Parts = "src/Engine/Expansions/JobState.Parts.cs";
    private const string Takes = "src/Engine/Takeovers/JobState.Takeovers.cs";
    private const string Takeover = "src/Engine/Takeovers/Takeover.cs";
    private const string Moves = "src/Engine/Machine/JobState.Moves.cs";
    private const string Commit = "src/Journal/Files/GroupCommit.cs";
    private const string Opener = "src/Journal/Files/JournalOpener.cs";
    private const string Segments = "src/Journal/Files/SegmentLog.cs";
    private const string Codec = "src/Journal/Codec/ExpansionCodec.cs";
    private const string Actor = "src/Actors/Jobs/JobActor.cs";
    private const string Effects = "src/Actors/Jobs/EffectRunner.cs";
    private const string Messages = "src/Actors/Jobs/Messages.cs";
    private const string Recovery = "src/Actors/Jobs/LifeMessages.cs";
    private const string Reports = "src/Actors/Tasks/TaskActor.Reports.cs";
    private const string Marks = "src/Actors/Tasks/AttemptMarks.cs";
    private const string Awaited = "src/Actors/Tasks/AwaitedParts.cs";
    private const string Resources = "src/Actors/Tasks/AttemptResources.cs";

    public static IReadOnlyList<Breakage> All { get; } =
        [.. OfJournal, .. OfMachine, .. OfGrowth, .. OfForks, .. OfShell];

    private static IEnumerable<Breakage> OfJournal =>
    [
        new("writes are not synced", new Edit(Commit, "if (mustSync) _log.Sync();", "")),
        new("the name of a new file is not synced", new Edit(
            Segments, "options.Disk.SyncDirectory(options.Directory);", "")),
        new("an append is acknowledged before it is written", new Edit(
            Commit, "failure ?? Write(mustSync: sync is not null || _options.Durability.Interval is null)",
            "TellAndWrite(failure, sync is not null)"),
            new Edit(Commit, "foreach (var written in _written) written.Tell(error);", ""),
            Edit.Insert(Commit, "    private JournalWriteException? Write(bool mustSync)", """
                private JournalException? TellAndWrite(JournalException? failure, bool mustSync)
                {
                    foreach (var written in _written) written.Tell(failure);
                    return failure ?? Write(mustSync || _options.Durability.Interval is null);
                }

            """)),
        new("a failed write is acknowledged", new Edit(Commit, "written.Tell(error);", "written.Tell(null);")),
        new("what was torn stays in the file", new Edit(
            Opener, "if (tail.Length > 0) segment.File.Truncate(segment.End);", "")),
        new("frames that no sync covers are relied on", new Edit(
            Opener, "WriteAgain(last, reader.UnsyncedFrom);", "")),
    ];

    private static IEnumerable<Breakage> OfMachine =>
    [
        new("a skip is forgotten", new Edit(
            Moves, "Doomed.Enqueue((task, reason, cause));",
            "if (task % 4 != 3) Doomed.Enqueue((task, reason, cause));")),
        new("the number of an attempt is used again", new Edit(
            Attempts, "State.AttemptOf(task) + 1", "Math.Max(1, State.AttemptOf(task))")),
        new("a task gets an attempt too many", new Edit(
            Attempts, "failures >= retry.MaxAttempts", "failures > retry.MaxAttempts")),
        new("lost attempts have no limit", new Edit(
            Attempts, "State.LostOf(command.Task) > Graph.PolicyOf(command.Task).Retry.MaxLost", "false")),
        new("the last need is not waited for", new Edit(
            Moves, "cell.Pending == 0 && !cell.IsDoomed", "cell.Pending <= 1 && !cell.IsDoomed")),
        new("a stopped job lets what runs go on", new Edit(
            Control, "if (!State.PhaseOf(task).HasEnded()) StopTask(at, task, reason, failure);",
            "if (!State.PhaseOf(task).HasEnded() && State.PhaseOf(task) != TaskPhase.Running) "
            + "StopTask(at, task, reason, failure);")),
        new("a grace time never ends", new Edit(
            Apply,
            "Deadlines.Add(new Deadline(Calendar.After(e.At, grace).UtcTicks, DeadlineKind.Grace, e.Task, e.Attempt));",
            "_ = grace;")),
        new("what succeeded runs again with what failed", new Edit(
            Moves, "_cells[task].Phase is TaskPhase.Failed or TaskPhase.Skipped or TaskPhase.Cancelled",
            "_cells[task].Phase.HasEnded()")),
        new("a job ends with a task open", new Edit(Machine, "State.OpenTasks == 0", "State.OpenTasks <= 1")),
    ];

    private static IEnumerable<Breakage> OfGrowth =>
    [
        new("the limit of an expansion is forgotten", new Edit(Scopes, "scope.Active++;", "_ = most;")),
        new("a task goes on before its last part has ended", new Edit(
            Scopes, "scope.Open == 0", "scope.Open == (scope.Scope.Count > 1 ? 1 : 0)")),
        new("parts go on though the task that added them has ended", new Edit(
            Expansions, "foreach (var scope in State.OpenScopesOf(task)) _orphans.Enqueue(scope);", "_ = task;")),
        new("parts go on though enough of them failed", new Edit(
            Expansions, "StopScope(at, scope, Reason.FailedFast);", "_ = at;")),
        new("parts that failed do not run again with their task", new Edit(
            Moves, "Graph.HasGrown && HasSpoiltParts(task)", "task < 0")),
        new("an attempt that asks again for what has ended is not told", new Edit(
            Scopes, "if (state.Open == 0) Close(fact, scope);", "_ = fact;")),
        new("a part runs though one that it needs has failed", new Edit(Parts, "cause >= 0", "cause < -1")),
        new("an attempt that waits for parts is not answered", new Edit(
            Awaited, "foreach (var answer in answers) answer.Keep(outcome);", "_ = outcome;")),
        new("what a flow was made of is lost with the process", new Edit(
            Codec, "(flags & HasSource) != 0 ? EventDecoder.ReadPayload(ref reader) : null",
            "(flags & HasSource) != 0 && EventDecoder.ReadPayload(ref reader) is null ? Payload.None : null")),
    ];

    private static IEnumerable<Breakage> OfForks =>
    [
        new("a fork runs what it shares", new Edit(
            Takes, "foreach (var result in taken.Tasks) Take(fact, result);",
            "foreach (var result in taken.Tasks.Skip(1)) Take(fact, result);")),
        new("a fork shares what it is to run", new Edit(Takeover, "task != point", "true")),
        new("with another flow attempts are numbered anew", new Edit(Takes, "UsedBy(task)", "0")),
        new("a fork forgets what tasks had added", new Edit(Takeover, "_past.Scopes", "new List<PastScope>()")),
    ];

    private static IEnumerable<Breakage> OfShell =>
    [
        new("effects come before the append", new Edit(
            Actor, "Decide(mail);\n        _isAppending = true;",
            "Decide(mail); Effects.Run(Step.Effects); Step.Effects.Clear(); _isAppending = true;")),
        new("failed appends are overlooked", new Edit(Actor, "_append.ThrowIfFailed();", "")),
        new("commands are answered before they are durable", new Edit(
            Messages, "_rejection = job.Decide(given);\n        job.AnswerLater(this);",
            "_rejection = job.Decide(given);\n        Answer();")),
        new("what ran at the crash is forgotten", new Edit(
            Recovery, "job.Decide(new JobCommand.LoseAttempt(job.Now, attempt.Task, attempt.Attempt));",
            "_ = attempt;")),
        new("the alarm is not set after a crash", new Edit(
            Recovery, "effects.AddRange(resumed.OfType<JobEffect.SetAlarm>());", "")),
        new("slots are lost with attempts that are abandoned", new Edit(
            Effects, "_job.Ref.Post(new SlotFreed(actor.Claim));", "")),
        new("abandoned attempts report all the same", new Edit(
            Reports, "standing is not (Running or Waiting)", "standing == Reported")),
        new("slots are given back twice", new Edit(
            Effects, "_job.Ref.Post(new SlotFreed(actor.Claim));",
            "for (var i = 0; i < 2; i++) _job.Ref.Post(new SlotFreed(actor.Claim));")),
        new("what is said beside an output is forgotten", new Edit(
            Reports, "new JobCommand.CompleteAttempt(At, Task, Attempt, Output) { Notes = WithParts(notes) }",
            "new JobCommand.CompleteAttempt(At, Task, Attempt, Output)")),
        new("the last marker is forgotten", new Edit(Marks, "_waiting.Count == 1", "_waiting.Count == 2")),
        new("scratch directories stay", new Edit(Resources, "!_keepScratch", "_keepScratch")),
    ];
}

/// <summary>One piece of source and what stands there instead.</summary>
/// <param name="File">Where, below the root of the repository.</param>
/// <param name="Right">A statement, or an expression.</param>
/// <param name="Wrong">The same kind of thing; nothing instead of a statement leaves it out.</param>
internal sealed record Edit(string File, string Right, string Wrong)
{
    /// <summary>Whether <see cref="Wrong"/> is there in any case, before <see cref="Right"/>.</summary>
    public bool IsInsertion { get; private init; }

    /// <summary>Something that the wrong way needs and the right one does not mind.</summary>
    public static Edit Insert(string file, string before, string text) =>
        new(file, before, text) { IsInsertion = true };
}
