using System.Text;
using ActorFlow.Actors;
using ActorFlow.Engine;
using ActorFlow.Engine.Tests;
using ActorFlow.Journal;
using Xunit.Sdk;

namespace ActorFlow.Simulation;

/// <summary>
/// A whole run out of one seed: random flows and user code, lived through crashes and an operator's whims until all
/// jobs have ended. The same seed gives the same story.
/// </summary>
internal sealed class SimulatedRun
{
    private const int MaxSteps = 40_000;
    private const int Patience = 3000;
    private const int MaxJobs = 6;

    private readonly StringBuilder _story = new();
    private readonly Mischief _mischief;
    private readonly int _segmentBytes;
    private readonly int _calmAfter;
    private readonly bool _hasOnePool;
    private Exception? _defect;
    private int _rounds;

    private SimulatedRun(Choices choices)
    {
        Choices = choices;
        Witness = new Witness(this);
        _segmentBytes = 500 << choices.Below(8);
        _calmAfter = choices.Below(1200);
        _hasOnePool = choices.Below(8) == 0;
        Jobs = [.. Enumerable.Range(0, 1 + choices.Below(3)).Select(number => new SimulatedJob(this, number))];
        _mischief = new Mischief(this);
    }

    public Choices Choices { get; }

    public SimulatedDisk Disk { get; } = new();

    public SimulatedTime Time { get; } = new();

    public Witness Witness { get; }

    public List<SimulatedJob> Jobs { get; }

    public SimulatedProcess Process { get; private set; } = null!;

    /// <summary>Whether from here on nothing goes wrong any more: then all must come to its end.</summary>
    public bool IsCalm { get; private set; }

    public int Lives { get; private set; }

    /// <summary>Lives a run.</summary>
    /// <returns>What happened in it, and the promise that was broken, if one was.</returns>
    public static (string Story, Exception? Failure) Live(Choices choices)
    {
        var run = new SimulatedRun(choices);
        var failure = OneThread.Run(run.FailureOfLife);
        return (run._story.ToString(), failure);
    }

    /// <summary>One line of the story.</summary>
    public void Tell(string line) => _story.Append(Time.GetUtcNow().ToString("mm:ss.fff")).Append(' ').AppendLine(line);

    /// <summary>Something has gone wrong that nobody else hears of.</summary>
    public void Report(Exception defect) => _defect ??= defect;

    /// <summary>Remembers what an assertion found where throwing would be taken for a failure of user code.</summary>
    public void Check(Action assertion)
    {
        try
        {
            assertion();
        }
        catch (XunitException e)
        {
            Report(e);
        }
    }

    private Exception? FailureOfLife()
    {
        try
        {
            LiveToTheEnd();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private void LiveToTheEnd()
    {
        Boot();
        for (var step = 0; !IsOver() || GoesOnceMore(); step++)
        {
            if (step == MaxSteps) Assert.Fail($"The jobs do not end: {OpenJobs()}");
            IsCalm = step >= _calmAfter || Choices.IsUsedUp;
            Step(step);
            if (_defect is not null) throw _defect;
            if (Process.IsHalted) Die(powerFails: true);
            else if (Jobs.Any(job => job.IsGivenUp)) GiveUp();
        }

        Close();
    }

    private string OpenJobs() => Rest() + string.Concat(Jobs
        .Where(job => !job.HasEnded)
        .Select(job => job.Ref is { } there ? $"\n{StateText.Of(there.Actor.State)}" : $"\n{job.Id} is not there"));

    // An operator's last word may still make a job go on.
    private bool IsOver() => Process.Threads.IsIdle && Jobs.All(job => job.HasEnded);

    // Sometimes what failed runs again, and what succeeded must not.
    private bool GoesOnceMore()
    {
        if (_rounds++ > 0 || !Choices.OneIn(2)) return false;
        if (Choices.OneIn(2)) Fork();
        else
            foreach (var job in Jobs) job.Ask(at => new JobCommand.RetryFailed(at));
        return true;
    }

    /// <summary>An operator forks a job that has ended.</summary>
    public void Fork()
    {
        if (Jobs.Count >= MaxJobs || Jobs[Choices.Below(Jobs.Count)].Fork(Jobs.Count) is not { } fork) return;
        Jobs.Add(fork);
        fork.Begin(Process);
    }

    private void Step(int step)
    {
        if (!IsCalm && Choices.OneIn(25)) _mischief.Happen();
        if (IsCalm && step % 50 == 0) Help(step - _calmAfter);
        if (Process.IsHalted) return;
        if (Process.Threads.IsIdle) NobodyIsStuck();
        if (Process.Threads.IsIdle || Choices.OneIn(20)) Time.FireNext();
        else Process.Threads.Step();
    }

    // An operator who sees to it that all comes to an end: what hangs for good, he cancels.
    private void Help(int patience)
    {
        foreach (var job in Jobs)
        {
            job.Settle();
            if (patience > Patience && !job.HasEnded) job.Ask(at => new JobCommand.CancelJob(at, "It hangs."));
        }
    }

    // Between two steps a job may have mail; once nobody has a step to make, what it waits for must be in its state.
    private void NobodyIsStuck()
    {
        foreach (var job in Process.System.ActiveJobs)
            if (Liveness.IsStuck(job.Actor)) Assert.Fail($"{job.Id} is stuck: {StateText.Of(job.Actor.State)}");
        Witness.NobodyIsForgotten();
    }

    private void Boot()
    {
        Lives++;
        while (true)
        {
            try
            {
                Process = NewProcess();
                break;
            }
            catch (JournalWriteException)
            {
                Tell("does not open");
                Disk.Crash(Choices.AsRandom);
            }
        }

        Tell($"life {Lives} begins");
        foreach (var job in Jobs) job.Begin(Process);
    }

    private SimulatedProcess NewProcess()
    {
        var random = Choices.AsRandom;
        var pools = new Dictionary<string, int> { [TaskPolicy.ComputePool] = 1 + random.Next(3) };
        var others = new Dictionary<string, string>();
        if (_hasOnePool) others.Add(TaskPolicy.AsyncPool, TaskPolicy.ComputePool);
        else pools.Add(TaskPolicy.AsyncPool, 1 + random.Next(5));
        return new SimulatedProcess(Disk, Time, random, _segmentBytes, pools, (process, options) => options with
        {
            Journal = new SlowJournal(process.Journal, process.Threads, random),
            OtherPoolNames = others,
            MaxLookahead = random.Next(2) * 4,
            LoggerFactory = new DefectLog(this),
        });
    }

    /// <summary>The process dies, with or without the machine, and another one begins.</summary>
    public void Die(bool powerFails)
    {
        Tell(powerFails ? "the power fails" : "the process is killed");
        if (powerFails) Disk.Crash(Choices.AsRandom);
        else Disk.Kill();
        Time.DropTimers();
        Boot();
    }

    /// <summary>The journal failed: what a sync was to keep is at risk until the machine starts anew.</summary>
    private void GiveUp()
    {
        foreach (var job in Jobs.Where(job => job.Ref is { WhenEnded.IsFaulted: true }))
            Assert.IsType<JournalWriteException>(job.Ref!.WhenEnded.Exception!.InnerException, exactMatch: false);
        Tell("the journal has failed");
        Die(powerFails: true);
    }

    /// <summary>The process ends in peace, and another one begins.</summary>
    public void Restart()
    {
        Tell("closes");
        var closing = Process.System.DisposeAsync().AsTask();
        for (var step = 0; !closing.IsCompleted && !Process.IsHalted; step++)
        {
            Assert.True(step < MaxSteps, "The process does not close.");
            if (Process.Threads.IsIdle) Time.FireNext();
            else Process.Threads.Step();
        }

        if (!Process.IsHalted && closing.IsCompletedSuccessfully) Assert.Equal(0, Disk.OpenFiles);
        Die(powerFails: Process.IsHalted || closing.IsFaulted);
    }

    private void Close()
    {
        foreach (var job in Jobs.Where(job => !job.IsRefused))
        {
            var lived = StateText.Of(job.Ref!.Actor.State);
            Witness.Ended(job.Id, job.Flow.Definition, Process.DurableEventsOf(job.Id)!, lived);
        }

        Assert.Empty(Process.System.ActiveJobs);
        // What was abandoned comes back at last, and then nothing is left of it.
        for (var rest = 0; rest < MaxSteps && !IsAtRest(); rest++)
        {
            if (Process.Threads.IsIdle) Time.FireNext();
            else Process.Threads.Step();
        }

        Assert.Equal("", Rest());
    }

    private bool IsAtRest() => Process.Threads.IsIdle && Rest().Length == 0;

    private string Rest() => string.Join(", ", Process.System.Pools.Values
        .Where(pool => pool.RunningAttempts != 0 || pool.TakenSlots != 0)
        .Select(pool => $"{pool.RunningAttempts} attempts and {pool.TakenSlots} slots in {pool.Name}")
        .Concat(Process.Scratch.There));
}
