using ActorFlow.Engine.Tests;
using ActorFlow.Engine.Tests.Properties;

namespace ActorFlow.Simulation;

/// <summary>Sees all that a run tells anybody, over all its lives, and knows what must never be seen.</summary>
internal sealed class Witness(SimulatedRun run)
{
    private readonly Dictionary<JobId, List<string>> _heard = [];
    private readonly Dictionary<JobId, long> _told = [];
    private readonly HashSet<(JobId Job, int Task, int Attempt)> _ran = [];

    /// <summary>User code begins: its start is durable, its success is not recorded, and it never ran before.</summary>
    public void BodyRuns(JobId job, int task, int attempt)
    {
        run.Tell($"{job} task {task} attempt {attempt} runs");
        Assert.True(_ran.Add((job, task, attempt)), $"{job} task {task} attempt {attempt} ran twice.");
        if (run.Process.DurableEventsOf(job) is not { } events) return;
        Assert.Contains(events, e => e is JobEvent.TaskStarted s && s.Task == task && s.Attempt == attempt);
        Assert.DoesNotContain(events, e => e is JobEvent.TaskSucceeded s && s.Task == task);
    }

    public void SeesScratch(string directory) => run.Tell($"uses {directory}");

    /// <summary>Somebody was told of an event.</summary>
    public void Hears(JobId job, long version, JobEvent fact)
    {
        var heard = HeardOf(job);
        var text = $"{fact}";
        if (version <= heard.Count) Assert.Equal(heard[(int)version - 1], text);
        else
        {
            Assert.Equal(heard.Count + 1, version);
            heard.Add(text);
            run.Tell($"{job} {version}: {text}");
        }
    }

    /// <summary>Somebody was told that a job has had so many events.</summary>
    public void IsTold(JobId job, long version)
    {
        _told[job] = Math.Max(version, _told.GetValueOrDefault(job));
        if (run.Process.DurableEventsOf(job) is { } events)
            Assert.True(events.Count >= version, $"{job} says version {version}, and {events.Count} are durable.");
    }

    /// <summary>The journal was opened again: all that anybody was told is there.</summary>
    public void Reopened(JobId job, IReadOnlyList<JobEvent> events)
    {
        var told = _told.GetValueOrDefault(job);
        Assert.True(events.Count >= told, $"{job} said it had {told} events, and now it has {events.Count}.");
        var heard = HeardOf(job);
        Assert.True(events.Count >= heard.Count, $"{job} had {heard.Count} events, and now it has {events.Count}.");
        for (var i = 0; i < heard.Count; i++) Assert.Equal(heard[i], $"{events[i]}");
    }

    /// <summary>All is over.</summary>
    public void Ended(JobId job, Flow flow, IReadOnlyList<JobEvent> events, string lived)
    {
        Assert.IsType<JobEvent.JobEnded>(events[^1]);
        Referee.Check(flow, events);
        Assert.Equal(StateText.Of(Actors.JobHistory.Fold(flow, events).State), lived);
        Assert.Equal(events.Count, HeardOf(job).Count);
    }

    private List<string> HeardOf(JobId job)
    {
        if (!_heard.TryGetValue(job, out var heard)) _heard.Add(job, heard = []);
        return heard;
    }
}
