using System.Runtime.InteropServices;

namespace ActorFlow.Engine.Tests.Enumeration;

/// <summary>What must hold in every state of every history.</summary>
internal static class Verdicts
{
    /// <summary>A report leads to what it says, and nothing else does.</summary>
    public static void AnswerIsRight(Life before, Move move, Life after)
    {
        var first = after.Events.Count > after.EventsBefore ? after.Events[after.EventsBefore] : null;
        var wasAsked = move.Task >= 0 && before.State.PhaseOf(move.Task) == TaskPhase.Stopping;
        var isRight = (move.Deed, first) switch
        {
            (Deed.Submit, JobEvent.JobSubmitted) => true,
            (Deed.Succeed, JobEvent.TaskSucceeded e) => !wasAsked && (e.Task, e.Attempt) == (move.Task, move.Attempt),
            (Deed.Succeed or Deed.Fail, JobEvent.AttemptFailed e) =>
                (e.Task, e.Attempt) == (move.Task, move.Attempt)
                && (wasAsked ? e.Reason != Reason.AttemptThrew : move.Deed == Deed.Fail),
            (Deed.WakeUp, JobEvent.AttemptStopping or JobEvent.AttemptAbandoned or JobEvent.RetryDue) => true,
            (Deed.Cancel, JobEvent.JobStopping) => true,
            (Deed.RetryFailed, JobEvent.JobReopened) => true,
            _ => false,
        };
        if (!isRight) throw after.Wrong($"{move} led to {first}.");
    }

    /// <summary>Every task stands where the books and the reference model say that it stands.</summary>
    public static void StandsAsExpected(Life life, Ledger ledger, int slots)
    {
        var state = life.State;
        for (var task = 0; task < life.Flow.Tasks.Count; task++)
        {
            if (!StandsAsExpected(life, ledger, task, slots))
                throw life.Wrong($"Task {task} is {state.PhaseOf(task)}.");
            if (state.AttemptOf(task) != ledger.Attempts[task] || state.LostOf(task) != ledger.Lost[task])
                throw life.Wrong($"Task {task} has other numbers of attempts than its events.");
        }

        var hasEnded = state.OpenTasks == 0;
        if (state.Phase.HasEnded() != hasEnded || ledger.HasEnded != hasEnded)
            throw life.Wrong($"The job is {state.Phase} with {state.OpenTasks} open tasks.");
    }

    private static bool StandsAsExpected(Life life, Ledger ledger, int task, int slots)
    {
        var (said, stands, expected) = (ledger.PhaseOf(task), life.State.PhaseOf(task), ledger.Expected);
        if (said != TaskPhase.Waiting) return stands == said;
        if (ledger.IsStopping || expected.Blamable[task] is not null) return false;
        if (!expected.MayRun[task]) return stands == TaskPhase.Waiting;
        return stands == TaskPhase.BackingOff
            ? life.State.DueAtOf(task) >= life.Now
            : stands == TaskPhase.Ready && ledger.Open == slots;
    }

    /// <summary>The second law.</summary>
    /// <returns>Whether the job waits for its alarm.</returns>
    public static bool ResumeAsksForWhatIsOutstanding(Life life, Ledger ledger, JobMachine folded)
    {
        var step = new JobStep();
        folded.Resume(step);
        var alarm = step.Effects is [.., JobEffect.SetAlarm last] ? last.DueAt : (DateTimeOffset?)null;
        if (alarm is not null) step.Effects.RemoveFrom(step.Effects.Count - 1);
        if (step.Events.Count > 0 || !step.Effects.SequenceEqual(life.Outstanding))
            throw life.Wrong($"Resume asks for {string.Join(", ", step.Effects)}.");
        if (alarm is not null && alarm != life.Alarm)
            throw life.Wrong($"Resume sets the alarm at {alarm}, and the job had set it at {life.Alarm}.");
        if (alarm != ledger.NextDeadline) throw life.Wrong($"The alarm is at {alarm}, not at {ledger.NextDeadline}.");
        return alarm is not null;
    }

    /// <summary>The first law.</summary>
    public static void LivedEqualsFolded(Life life, JobState folded)
    {
        var isSame = AllOf(life.State) == AllOf(folded);
        for (var task = 0; isSame && task < life.Flow.Tasks.Count; task++)
            isSame = AllOf(life.State, task) == AllOf(folded, task);
        if (!isSame) throw life.Wrong($"Lived was\n{StateText.Of(life.State)}\nand folded\n{StateText.Of(folded)}");
    }

    // All that StateText says, without the text: there are millions of these.
    private static (JobPhase, long, int, int, DateTimeOffset, DateTimeOffset?, Reason, TaskCounts, int, int) AllOf(
        JobState s) => (
        s.Phase, s.Version, s.OpenTasks, s.RunningTasks, s.LastAt, s.EndedAt, s.StopReason, s.Counts,
        s.AbandonedAttempts, s.StartableIn(0));

    private static (TaskPhase, Reason, int, int, int, int, Payload?, Failure?, Times) AllOf(JobState s, int task) => (
        s.PhaseOf(task), s.ReasonOf(task), s.AttemptOf(task), s.LostOf(task), s.PendingOf(task), s.CauseOf(task),
        s.OutputOf(task), s.FailureOf(task),
        new Times(s.ReadyAtOf(task), s.StartedAtOf(task), s.EndedAtOf(task), s.DueAtOf(task)));

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Times(
        DateTimeOffset? Ready, DateTimeOffset? Started, DateTimeOffset? Ended, DateTimeOffset? Due);

    /// <summary>Nothing is in a job but what its events say: one folded from them goes on as it does.</summary>
    public static void FoldedDecidesTheSame(Life life, Move move, Life next)
    {
        if (life.Events.Count == 0) return;
        var folded = life.FoldedAfter(move);
        if (!folded.Events.SequenceEqual(next.Events))
            throw next.Wrong($"A job folded from the events before goes on with\n{folded.Events[^1]}");
    }

    /// <summary>No task hears of an attempt that is over, whatever is told.</summary>
    public static void LateReportsAreIgnored(Life life)
    {
        var machine = Laws.Folded(life.Flow, life.Events);
        var step = new JobStep();
        for (var task = 0; task < life.Flow.Tasks.Count; task++)
        {
            var isOpen = life.State.PhaseOf(task) is TaskPhase.Running or TaskPhase.Stopping;
            for (var attempt = 1; attempt <= life.State.AttemptOf(task) - (isOpen ? 1 : 0); attempt++)
            {
                machine.Decide(new Move(Deed.Succeed, task, attempt).At(life.Now, life.Flow), step);
                machine.Decide(new Move(Deed.Fail, task, attempt).At(life.Now, life.Flow), step);
                machine.Decide(new JobCommand.LoseAttempt(life.Now, task, attempt), step);
            }
        }

        if (step.Events.Count > 0) throw life.Wrong($"A late report led to {step.Events[0]}.");
    }
}
