using ActorFlow.Engine;

namespace ActorFlow.Simulation;

/// <summary>What goes wrong in a run: each run is spared some kinds of it, so that the others go deeper.</summary>
internal sealed class Mischief
{
    private readonly SimulatedRun _run;
    private readonly List<Action> _kinds;

    public Mischief(SimulatedRun run)
    {
        _run = run;
        Action[] all =
        [
            () => run.Die(powerFails: true),
            () => run.Die(powerFails: false),
            () => run.Disk.Faults.StopAtChange(1 + run.Choices.Below(6)),
            () => run.Disk.Faults.StopAtChange(1 + run.Choices.Below(6)),
            () => run.Disk.Faults.Fail(1 + run.Choices.Below(3), DiskCall.Write),
            () => run.Disk.Faults.Fail(1 + run.Choices.Below(3), DiskCall.Sync),
            () => run.Disk.Faults.Fail(1 + run.Choices.Below(3), DiskCall.Write, forEver: true),
            run.Restart,
            // Frozen for a while, for long; a clock that is set.
            () => run.Time.Pass(TimeSpan.FromMilliseconds(run.Choices.Below(20_000))),
            () => run.Time.Pass(TimeSpan.FromHours(1 + run.Choices.Below(100))),
            () => run.Time.Jump(TimeSpan.FromMinutes(run.Choices.Below(120))),
            () => run.Time.Jump(TimeSpan.FromMinutes(-run.Choices.Below(120))),
            () => AnyJob().Ask(at => new JobCommand.PauseJob(at)),
            () => AnyJob().Ask(at => new JobCommand.ContinueJob(at)),
            () => AnyJob().Ask(at => new JobCommand.RetryFailed(at)),
            () => AnyJob().Ask(at => new JobCommand.CancelJob(at, "Enough.")),
            () => AnyJob().Settle(),
            run.Fork,
        ];
        _kinds = [.. all.Where(_ => run.Choices.Below(3) > 0)];
    }

    public void Happen()
    {
        if (_kinds.Count > 0) _kinds[_run.Choices.Below(_kinds.Count)]();
    }

    private SimulatedJob AnyJob() => _run.Jobs[_run.Choices.Below(_run.Jobs.Count)];
}
