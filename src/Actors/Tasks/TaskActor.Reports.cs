using ActorFlow.Engine;

namespace ActorFlow.Actors;

/// <content>How an attempt ends, and what its job takes from it.</content>
internal sealed partial class TaskActor
{
    private AttemptRun ReportOnWorker(Payload? output, Failure? failure, out JobActor? turn)
    {
        var isAwaited = TryEnd(output, failure, out var wasRunning);
        turn = isAwaited && _job.PostLast(this) ? _job : null;
        if (wasRunning) return AttemptRun.Ended;
        // One that waited for what it added had left its slot before, and nobody took the place of its thread for it.
        return isAwaited || !HoldsSlot ? AttemptRun.GoesOn : AttemptRun.WasAbandoned;
    }

    private void Report(Payload? output, Failure? failure)
    {
        if (!TryEnd(output, failure, out var wasRunning)) return;
        if (wasRunning) Claim.Pool.Ended();
        _job.Post(this);
    }

    // False if nobody waits for it any more. From the post on the actor may be at its next attempt: nothing of it is
    // touched after that.
    private bool TryEnd(Payload? output, Failure? failure, out bool wasRunning)
    {
        if (_resources is not null) failure = GiveBack(failure);
        var standing = Interlocked.CompareExchange(ref _standing, Reported, Running);
        if (standing == Waiting) standing = Interlocked.CompareExchange(ref _standing, Reported, Waiting);
        wasRunning = standing == Running;
        if (standing is not (Running or Waiting)) return false;
        if (failure is null) Output = output;
        else Failure = failure;
        At = _job.System.Time.GetUtcNow();
        return true;
    }

    private Failure FailureOf(Exception exception) =>
        Failures.Of(exception, _job.System.RecordsStackTraces);

    private Failure? GiveBack(Failure? failure)
    {
        try
        {
            if (failure is not null) failure = _resources!.Explain(failure);
            _resources!.Dispose();
            return failure;
        }
        catch (Exception e)
        {
            return failure ?? FailureOf(e);
        }
    }

    public override void Deliver(JobActor job)
    {
        if (Output is not null && _instead is null)
        {
            job.OutputBytes += Output.Json.Length;
            job.Machine.Complete(At, Task, Attempt, Output, job.Step);
        }
        else if (Output is not null)
        {
            job.Decide(Instead(job, _instead!));
        }
        else if (!job.Effects.IsInterrupted)
        {
            job.Decide(new JobCommand.FailAttempt(At, Task, Attempt, Failure!));
        }

        job.Effects.HasEnded(this);
    }

    private JobCommand Instead(JobActor job, object instead)
    {
        switch (instead)
        {
            case Expansion expansion:
                job.OutputBytes += expansion.Size;
                return new JobCommand.ExpandAttempt(At, Task, Attempt, expansion);
            case AttemptNotes notes:
                job.OutputBytes += Output!.Json.Length;
                return new JobCommand.CompleteAttempt(At, Task, Attempt, Output) { Notes = WithParts(notes) };
            default:
                return new JobCommand.SkipAttempt(At, Task, Attempt);
        }
    }
}
