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
            () => run.Disk.Faults.StopAtChange(1 + run.Random.Next(6)),
            () => run.Disk.Faults.StopAtChange(1 + run.Random.Next(6)),
            () => run.Disk.Faults.Fail(1 + run.Random.Next(3), DiskCall.Write),
            () => run.Disk.Faults.Fail(1 + run.Random.Next(3), DiskCall.Sync),
            run.Restart,
            () => run.Time.Pass(TimeSpan.FromMilliseconds(run.Random.Next(20_000))),
            () => AnyJob().Ask(at => new JobCommand.PauseJob(at)),
            () => AnyJob().Ask(at => new JobCommand.ContinueJob(at)),
            () => AnyJob().Ask(at => new JobCommand.RetryFailed(at)),
            () => AnyJob().Ask(at => new JobCommand.CancelJob(at, "Enough.")),
            () => AnyJob().Settle(),
        ];
        _kinds = [.. all.Where(_ => run.Random.Next(3) > 0)];
    }

    public void Happen()
    {
        if (_kinds.Count > 0) _kinds[_run.Random.Next(_kinds.Count)]();
    }

    private SimulatedJob AnyJob() => _run.Jobs[_run.Random.Next(_run.Jobs.Count)];
}
