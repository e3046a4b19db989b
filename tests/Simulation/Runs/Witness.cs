using ActorFlow.Actors;
using ActorFlow.Engine.Tests;
using ActorFlow.Engine.Tests.Properties;

namespace ActorFlow.Simulation;

/// <summary>Sees all that a run tells anybody, over all its lives, and knows what must never be seen.</summary>
internal sealed class Witness(SimulatedRun run)
{
    private readonly Dictionary<JobId, List<string>> _heard = [];
    private readonly Dictionary<JobId, long> _told = [];
    private readonly HashSet<(JobId Job, string Task, int Attempt)> _ran = [];
    private readonly List<(JobId Job, string Task, int Attempt, string Key, Task Asked)> _waiting = [];
    private readonly HashSet<(JobId Job, string Task, int Attempt, string Key)> _continued = [];
    private readonly Sayings _sayings = new();

    /// <summary>User code begins: its start is durable, its success is not recorded, and it never ran before.</summary>
    public void BodyRuns(JobId job, FlowTask task, int attempt)
    {
        var number = task.Number;
        run.Tell($"{job} task {number} attempt {attempt} runs");
        Assert.True(_ran.Add((job, task.Name, attempt)), $"{job} task {task.Name} attempt {attempt} ran twice.");
        if (run.Process.DurableEventsOf(job) is not { } all) return;
        var events = Present(all);
        Assert.Contains(events, e => e is JobEvent.TaskStarted s && s.Task == number && s.Attempt == attempt);
        Assert.DoesNotContain(events, e => e is JobEvent.TaskSucceeded s && s.Task == number);
        Assert.DoesNotContain(number, TakenBy(events).Select(taken => taken.Task));
        Assert.Equal(new Growth(events).TaskNames[number], task.Name);
    }

    /// <summary>How many tasks a job has, those included that were added to it.</summary>
    public int TasksOf(JobId job) =>
        run.Process.DurableEventsOf(job) is { } events ? new Growth(events).TaskNames.Count : 0;

    /// <summary>An attempt is told how what its task had added came out: just so it was recorded.</summary>
    public void SeesParts(JobId job, int task, int attempt, ExpansionOutcome outcome)
    {
        run.Tell($"{job} task {task} attempt {attempt} sees {outcome.Parts.Count} parts of {outcome.Expansion.Key}");
        if (run.Process.DurableEventsOf(job) is not { } events) return;
        var seen = outcome.Parts.Select(part => part.Phase == TaskPhase.Skipped ? TaskPhase.Succeeded : part.Phase);
        var told = new Growth(events.Take(ToldAt(events, task, attempt, outcome.Expansion.Key) + 1));
        Assert.Equal(told.OutcomesOf(task, outcome.Expansion), seen);
    }

    // Code may come to look long after it was told: the next attempt may be under way.
    private static int ToldAt(IReadOnlyList<JobEvent> events, int task, int attempt, string? key)
    {
        var scopes = new Growth(events).Expansions;
        return events.ToList().FindLastIndex(fact => key is null
            ? fact is JobEvent.TaskStarted s && s.Task == task && s.Attempt == attempt
            : fact is JobEvent.TaskContinued c && c.Task == task && c.Attempt == attempt
                && scopes[c.Scope].Expansion.Key == key);
    }

    /// <summary>An attempt points at something.</summary>
    public void Marks(JobId job, string task, int attempt, Marker marker) =>
        _sayings.Marks(job, task, attempt, marker);

    /// <summary>An attempt says something beside its output.</summary>
    public void Notes(JobId job, string task, int attempt, AttemptNotes notes) =>
        _sayings.Notes(job, task, attempt, notes);

    /// <summary>What a task of a job has added under a key; null if nothing that is durable.</summary>
    public Expansion? AskedBefore(JobId job, int task, string key) =>
        run.Process.DurableEventsOf(job) is { } events
            ? new Growth(events).Expansions.LastOrDefault(e => e.Owner == task && e.Expansion.Key == key).Expansion
            : null;

    /// <summary>A running attempt waits for what it has added.</summary>
    public void Awaits(JobId job, string task, int attempt, string key, Task asked) =>
        _waiting.Add((job, task, attempt, key, asked));

    /// <summary>Everybody who heard that an attempt goes on knows that it does.</summary>
    public void NobodyIsForgotten()
    {
        _waiting.RemoveAll(waiting => waiting.Asked.IsCompleted);
        foreach (var (job, task, attempt, key, _) in _waiting)
            Assert.DoesNotContain((job, task, attempt, key), _continued);
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
            if (fact is JobEvent.TaskContinued e && run.Process.DurableEventsOf(job) is { } events)
                Continues(job, e, new Growth(events.Take((int)version)));
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
        _waiting.RemoveAll(waiting => waiting.Job == job);
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
        if (Replacements.Check(events) == 0)
        {
            Referee.Check(flow, events);
            SharesWhatIsRecorded(events);
        }

        _sayings.Check(job, events);
        Assert.Equal(StateText.Of(JobHistory.Fold(flow, events).State), lived);
        Assert.Equal(events.Count, HeardOf(job).Count);
    }

    // The flow is the same, and so are the numbers of its own tasks.
    private void SharesWhatIsRecorded(IReadOnlyList<JobEvent> events)
    {
        if (((JobEvent.JobSubmitted)events[0]).Job is not { ForkedFrom: { } origin } job) return;
        var old = run.Process.DurableEventsOf(origin.Job)!;
        if (old.Any(e => e is JobEvent.FlowReplaced)) return;
        var shared = TakenBy(events).Where(taken => taken.Task < job.TaskNames.Count).ToList();
        Assert.DoesNotContain(origin.Task, shared.Select(taken => job.TaskNames[taken.Task]));
        var added = new Growth(events).Expansions;
        foreach (var taken in shared)
        {
            Assert.Equal(OutputIn(old, taken.Task)?.ToString(), taken.Output?.ToString());
            foreach (var (owner, _, names, _) in new Growth(old).Expansions)
                if (owner == taken.Task) Assert.Contains(added, other => other.Names.SequenceEqual(names));
        }
    }

    private static Payload? OutputIn(IReadOnlyList<JobEvent> events, int task) =>
        events.OfType<JobEvent.TaskSucceeded>().SingleOrDefault(e => e.Task == task)?.Output
        ?? events.OfType<JobEvent.TaskIgnored>().SingleOrDefault(e => e.Task == task)?.Output
        ?? TakenBy(events).Single(taken => taken.Task == task).Output;

    private static IReadOnlyList<TakenTask> TakenBy(IReadOnlyList<JobEvent> events) =>
        JobEvents.BeginningIn(events[0])!.Taken?.Tasks ?? [];

    private static IReadOnlyList<JobEvent> Present(IReadOnlyList<JobEvent> events)
    {
        JobEvents.BeginningOf(events, out var place);
        return place == 0 ? events : [.. events.Skip(place)];
    }

    private void Continues(JobId job, JobEvent.TaskContinued e, Growth growth) =>
        _continued.Add((job, growth.TaskNames[e.Task], e.Attempt, growth.Expansions[e.Scope].Expansion.Key!));

    private List<string> HeardOf(JobId job)
    {
        if (!_heard.TryGetValue(job, out var heard)) _heard.Add(job, heard = []);
        return heard;
    }
}
