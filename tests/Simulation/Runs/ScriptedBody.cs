using ActorFlow.Actors;

namespace ActorFlow.Simulation;

/// <summary>Something odd that a policy may know by its name.</summary>
internal sealed class Odd() : Exception("It is odd.");

/// <summary>Something that cannot even say what it is.</summary>
internal sealed class Mute : Exception
{
    public override string Message => throw new NotSupportedException();
}

/// <summary>
/// User code at its most various: succeeds, fails, takes its time, heeds a cancellation or not, answers too late.
/// </summary>
internal sealed class ScriptedBody(SimulatedRun run) : TaskBody
{
    private const int Harmless = 4;
    private const int NeverAgain = 18;

    public override ValueTask<Payload> RunAsync(TaskCall call)
    {
        Begins(call);
        return RunOnAsync(call);
    }

    /// <summary>An attempt begins.</summary>
    public void Begins(TaskCall call)
    {
        var (job, task, attempt) = (call.Context.JobId, call.Task, call.Context.Attempt);
        run.Check(() => run.Witness.BodyRuns(job, task, attempt));
    }

    /// <summary>An attempt that has begun does what comes to its mind.</summary>
    public ValueTask<Payload> RunOnAsync(TaskCall call)
    {
        var mood = run.Choices.Below(run.IsCalm ? Harmless : NeverAgain + 1);
        // An attempt that never comes back keeps its directory for ever.
        if (mood != NeverAgain && run.Choices.OneIn(4)) run.Witness.SeesScratch(call.Context.ScratchDirectory);
        if (run.Choices.OneIn(4)) Says(call);
        return mood switch
        {
            < Harmless => new(call.Encode(call.Task.Number)),
            4 => throw new IOException("It broke."),
            5 => throw new Odd(),
            6 => throw new RetryLaterException("Not now.", Span(5)),
            7 => LaterAsync(call, Span(8), call.CancellationToken),
            8 => LaterAsync(call, Span(60), CancellationToken.None),
            9 => HeartbeatsAsync(call),
            10 => BreaksLaterAsync(call),
            11 => LaterAsync(call, TimeSpan.FromMinutes(10), call.CancellationToken),
            12 => HangsAsync(call),
            13 => throw new OperationCanceledException("Nobody asked for it."),
            14 => throw new AggregateException(new Odd(), new Mute()),
            15 => throw new Mute(),
            16 => new((Payload)null!),
            17 => new(call.Skip()),
            _ => new(new TaskCompletionSource<Payload>().Task),
        };
    }

    // Beside an output: where it came from, what was saved, and what is worth looking at.
    private void Says(TaskCall call)
    {
        var (job, task, attempt) = (call.Context.JobId, call.Task.Name, call.Context.Attempt);
        for (var i = run.Choices.Below(3); i > 0; i--)
        {
            var marker = new Marker(Severity.Warning, $"{task}/{attempt}/{i}");
            call.Context.Mark(marker);
            run.Witness.Marks(job, task, attempt, marker);
        }

        if (call.EndsOtherwise || run.Choices.OneIn(2)) return;
        var notes = new AttemptNotes
        {
            Reused = run.Choices.OneIn(2) ? new Reuse(ReuseSource.Cache, task) : null,
            IsUnchanged = run.Choices.OneIn(2),
            Saved = [$"{task}.{attempt}"],
        };
        call.Note(notes);
        run.Witness.Notes(job, task, attempt, notes);
    }

    private async ValueTask<Payload> LaterAsync(TaskCall call, TimeSpan span, CancellationToken cancellationToken)
    {
        await run.Time.SleepAsync(span, cancellationToken).ConfigureAwait(false);
        return call.Encode("late");
    }

    private static async ValueTask<Payload> HangsAsync(TaskCall call)
    {
        var asked = new TaskCompletionSource();
        using var registration = call.CancellationToken.UnsafeRegister(_ => asked.SetResult(), null);
        await asked.Task.ConfigureAwait(false);
        throw new OperationCanceledException(call.CancellationToken);
    }

    private async ValueTask<Payload> HeartbeatsAsync(TaskCall call)
    {
        for (var beat = 0; beat < 3; beat++)
        {
            await run.Time.SleepAsync(Span(6), call.CancellationToken).ConfigureAwait(false);
            call.Context.Heartbeat(beat / 3.0);
        }

        return Payload.None;
    }

    private async ValueTask<Payload> BreaksLaterAsync(TaskCall call)
    {
        await run.Time.SleepAsync(Span(10), call.CancellationToken).ConfigureAwait(false);
        throw new IOException("It broke after a while.");
    }

    private TimeSpan Span(int seconds) => TimeSpan.FromMilliseconds(run.Choices.Below(seconds * 1000));
}
