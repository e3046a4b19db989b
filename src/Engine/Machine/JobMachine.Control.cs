namespace ActorFlow.Engine;

/// <summary>What callers and operators ask of a job as a whole.</summary>
public sealed partial class JobMachine
{
    private Rejection? Submit(JobCommand.SubmitJob command, DateTimeOffset at)
    {
        if (State.Submitted is not null || State.Past is not null)
            return new Rejection(RejectionCode.AlreadySubmitted, "It has been submitted already.");
        Emit(new JobEvent.JobSubmitted(at, command.Job));
        return null;
    }

    private Rejection? Cancel(JobCommand.CancelJob command, DateTimeOffset at)
    {
        if (State.Phase.HasEnded()) return Ended("cancelled");
        if (State.Phase == JobPhase.Stopping && State.StopOutcome == JobPhase.Cancelled) return null;
        StopJob(at, JobPhase.Cancelled, Reason.JobCancelled, command.Reason);
        return null;
    }

    private Rejection? Pause(DateTimeOffset at)
    {
        if (State.Phase.HasEnded()) return Ended("paused");
        if (State.Phase == JobPhase.Stopping)
            return new Rejection(RejectionCode.WrongPhase, "It is about to end and cannot be paused.");
        if (State.Phase != JobPhase.Paused) Emit(new JobEvent.JobPaused(at));
        return null;
    }

    private Rejection? Continue(DateTimeOffset at)
    {
        if (State.Phase.HasEnded()) return Ended("continued");
        if (State.Phase == JobPhase.Paused) Emit(new JobEvent.JobContinued(at));
        return null;
    }

    private Rejection? RetryFailed(DateTimeOffset at)
    {
        if (!State.Phase.HasEnded())
            return new Rejection(RejectionCode.HasNotEnded, "It has not ended; only an ended job can be retried.");
        if (!State.HasAny(TaskPhase.Failed, TaskPhase.Skipped, TaskPhase.Cancelled))
            return new Rejection(RejectionCode.NothingToRetry, "Every task succeeded; there is nothing to retry.");
        Emit(new JobEvent.JobReopened(at));
        return null;
    }

    private Rejection? SettleHeld(JobCommand.SettleTask command, DateTimeOffset at)
    {
        var task = command.Task;
        if (State.PhaseOf(task) != TaskPhase.Held)
            return new Rejection(RejectionCode.NotHeld,
                $"Task '{Graph[task].Name}' is {State.PhaseOf(task)} and does not wait for an operator.");
        if (command.Directive == Directive.Retry)
            Emit(new JobEvent.RetryScheduled(at, task, at, Reason.Operator));
        else
            Carry(command.Directive, at, task, State.FailureOf(task)!, Reason.Operator, command.Output);
        return null;
    }

    private Rejection Ended(string verb) =>
        new(RejectionCode.HasEnded, $"It has ended and cannot be {verb} any more.");

    /// <summary>The failure of what is asked to stop.</summary>
    private static Failure Stopped(Reason reason, string? detail) => new(
        Failure.CancelledType, ReasonSentences.Of(reason) + (detail is null ? "" : $": {detail}"));

    /// <summary>Ends the job as soon as what runs has stopped.</summary>
    private void StopJob(DateTimeOffset at, JobPhase outcome, Reason reason, string? detail)
    {
        Emit(new JobEvent.JobStopping(at, outcome, reason, detail));
        var failure = Stopped(reason, detail);
        for (var task = 0; task < Graph.Count; task++)
            if (!State.PhaseOf(task).HasEnded()) StopTask(at, task, reason, failure);
    }

    private void StopTask(DateTimeOffset at, int task, Reason reason, Failure failure)
    {
        if (State.PhaseOf(task) is TaskPhase.Running or TaskPhase.Stopping or TaskPhase.Expanded)
            Emit(new JobEvent.AttemptStopping(at, task, State.AttemptOf(task), reason, failure));
        else
            Emit(new JobEvent.TaskCancelled(at, task, reason));
    }
}
