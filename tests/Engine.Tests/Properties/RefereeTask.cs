namespace ActorFlow.Engine.Tests.Properties;

/// <summary>Where a task stands, for all that the referee has read.</summary>
internal sealed class RefereeTask(string name, FlowTask definition, RefereeScope home, int place)
{
    public string Name { get; } = name;

    /// <summary>What it was made of: the flow's task, or that of a template.</summary>
    public FlowTask Definition { get; } = definition;

    /// <summary>What it was added with.</summary>
    public RefereeScope Home { get; } = home;

    /// <summary>Its number among those it was added with.</summary>
    public int Place { get; } = place;

    /// <summary>What it has added, in order.</summary>
    public List<RefereeScope> Added { get; } = [];

    /// <summary>What its last attempt has ended with, until it has another one.</summary>
    public RefereeScope? WaitsBetween { get; set; }

    /// <summary>What its running attempt waits for.</summary>
    public HashSet<RefereeScope> Awaits { get; } = [];

    /// <summary>How many attempts it has had.</summary>
    public int Attempts { get; set; }

    /// <summary>How many of them failed since it was last given fresh ones.</summary>
    public int Failures { get; set; }

    /// <summary>How many of them were lost since then.</summary>
    public int Lost { get; set; }

    /// <summary>How many an operator has given it since then.</summary>
    public int Granted { get; set; }

    /// <summary>How it ended; null if it has not.</summary>
    public TaskPhase? Outcome { get; set; }

    /// <summary>Whether an attempt is alive.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Whether it was asked to stop, and has not.</summary>
    public bool IsStopping { get; set; }

    /// <summary>Whether its attempt takes no slot because it waits for what it has added.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>Whether an attempt failed and the next one is not due.</summary>
    public bool IsBackingOff { get; set; }

    /// <summary>Whether what it has waited for, and what came to no good end, is to run again.</summary>
    public bool IsDueAgain { get; set; }

    /// <summary>Whether it has begun, in this round of its scope, and has not ended.</summary>
    public bool IsUnderWay { get; set; }

    /// <summary>Whether it counts against the most that may run in the job.</summary>
    public bool IsRunning => IsStopping || (IsOpen && !IsWaiting);

    /// <summary>What it has added that has not ended.</summary>
    public IEnumerable<RefereeScope> AddedAndOpen => Added.Where(scope => !scope.IsOver);

    /// <summary>Fresh attempts, unless it has succeeded.</summary>
    public void BeginAnew()
    {
        if (Outcome == TaskPhase.Succeeded) return;
        Outcome = null;
        (Failures, Lost, Granted) = (0, 0, 0);
        (IsStopping, IsBackingOff, IsUnderWay, IsDueAgain) = (false, false, false, true);
    }

    public override string ToString() => $"Task '{Name}'";
}
