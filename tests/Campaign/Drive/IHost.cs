using System.Diagnostics;

namespace ActorFlow.Campaign;

/// <summary>Something that runs the jobs of a round in one process after another, over one directory.</summary>
internal interface IHost
{
    /// <summary>Its jobs.</summary>
    IReadOnlyList<JobPlan> Jobs { get; }

    string Journal { get; }

    string Ledger { get; }

    /// <summary>Whether it tells of events on standard error.</summary>
    bool SpeaksOnErrors { get; }

    /// <summary>The process of its next life.</summary>
    ProcessStartInfo Next(int life);

    /// <summary>Whether a line says that the journal is open.</summary>
    bool HasOpened(string line);

    /// <summary>Whether a line says that nothing is left but to end.</summary>
    bool IsEnding(string line);

    /// <summary>What a line says of the journal; null if it says nothing of it.</summary>
    Acknowledgement? Read(string line);

    /// <summary>A life has ended by itself.</summary>
    /// <returns>Whether there is nothing left to do.</returns>
    bool HasEnded(Life life);
}

/// <summary>What a process said to be durable.</summary>
/// <param name="Job">The job.</param>
/// <param name="Version">Which of its events; 0 if it did not say.</param>
/// <param name="Text">The event, in a few words.</param>
internal sealed record Acknowledgement(string Job, long Version, string Text);
