using ActorFlow.TestKit;

namespace ActorFlow.Journal.Tests;

/// <summary>
/// What is done to a journal, step by step, and the states that it may be found in: those of a journal in memory.
/// </summary>
internal sealed class History
{
    private readonly List<Step> _steps = [];
    private readonly List<int> _stateAfter = [0];
    private readonly List<string> _states = [""];

    /// <summary>How many steps there are.</summary>
    public int Count => _steps.Count;

    /// <summary>The state after all steps.</summary>
    public string LastState => _states[^1];

    /// <summary>Adds an append.</summary>
    public History Append(string job, long expected, params JobEvent[] events) =>
        Then(journal => journal.AppendAsync(new JobId(job), expected, events));

    /// <summary>Adds a job from its submit to its end, in two appends.</summary>
    public History Run(string job, int second = 0, string output = "42") =>
        Append(job, 0, Facts.Submitted(new JobId(job), second), Facts.Started(second))
            .Append(job, 2, Facts.Succeeded(second + 1, output), Facts.Ended(second + 1));

    /// <summary>Adds the end of a job's being there.</summary>
    public History Forget(string job) =>
        Then(async journal => await journal.ForgetAsync(new JobId(job), CancellationToken.None));

    /// <summary>Adds a compaction, which changes nothing that can be seen.</summary>
    public History Compact() => Then(journal => journal is FileJournal file ? file.CompactAsync() : Task.CompletedTask);

    /// <summary>Adds two jobs whose appends go into one frame: they come while another append is being told.</summary>
    public History SubmitTogether(string first, string second, string third)
    {
        JobId[] ids = [new(first), new(second), new(third)];
        return Add(
            async journal =>
            {
                var others = new List<TestWrite>();
                var leader = new ReentrantWrite(ids[0], [Facts.Submitted(ids[0])], () => others.AddRange(
                    ids[1..].Select(id => journal.Begin(id, 0, Facts.Submitted(id), Facts.Started()))));
                journal.Append(leader);
                if (await leader.Told is { } error) throw error;
                foreach (var other in others)
                    if (await other.Told is { } later) throw later;
            },
            [m => m.Begin(ids[0], 0, Facts.Submitted(ids[0]))],
            [.. ids[1..].Select(id => (Action<MemoryJournal>)(
                m => m.Begin(id, 0, Facts.Submitted(id), Facts.Started())))]);
    }

    /// <summary>Adds a step that does the same to both kinds of journal.</summary>
    public History Then(Func<IJournal, Task> step) => Add(step, [m => step(m).GetAwaiter().GetResult()]);

    private History Add(Func<IJournal, Task> step, params Action<MemoryJournal>[][] states)
    {
        _steps.Add(new Step(step, states));
        return this;
    }

    /// <summary>Finds out, when all steps are there, which states there are.</summary>
    public History Model()
    {
        var model = new MemoryJournal();
        _states.RemoveRange(1, _states.Count - 1);
        _stateAfter.RemoveRange(1, _stateAfter.Count - 1);
        foreach (var step in _steps)
        {
            foreach (var state in step.States)
            {
                foreach (var change in state) change(model);
                _states.Add(StateOf(model));
            }

            _stateAfter.Add(_states.Count - 1);
        }

        return this;
    }

    /// <summary>Does the steps one after the other until one fails.</summary>
    /// <returns>How many were acknowledged.</returns>
    public Task<int> LiveAsync(FileJournal journal) => LiveAsync(journal, 0, Count);

    /// <summary>Does some of the steps until one fails.</summary>
    /// <returns>How many, with those before, were acknowledged.</returns>
    public async Task<int> LiveAsync(FileJournal journal, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            try
            {
                await _steps[i].Do(journal);
            }
            catch (JournalException)
            {
                return i;
            }
        }

        return to;
    }

    /// <summary>Opens a journal and lives; an exception at the opening is no step done.</summary>
    public async Task<(FileJournal? Journal, int Acknowledged)> LiveAsync(FileJournalOptions options)
    {
        FileJournal journal;
        try
        {
            journal = FileJournal.Open(options);
        }
        catch (JournalWriteException)
        {
            return (null, 0);
        }

        return (journal, await LiveAsync(journal));
    }

    /// <summary>
    /// Requires that a journal holds all that was acknowledged, and of what came next all of it, whole, or nothing.
    /// </summary>
    public void RequireAtLeast(int acknowledged, IJournal journal, string story) =>
        RequireBetween(acknowledged, Math.Min(acknowledged + 1, Count), journal, story);

    /// <summary>Requires that a journal holds what it held after some step.</summary>
    public void RequireBeginning(IJournal journal, string story) => RequireBetween(0, Count, journal, story);

    /// <summary>Requires that a journal holds what it held somewhere between two steps, the ends included.</summary>
    public void RequireBetween(int least, int most, IJournal journal, string story) =>
        RequireBetween(least, most, StateOf(journal), story);

    /// <summary>Requires that a state is one between two steps, the ends included.</summary>
    public void RequireBetween(int least, int most, string state, string story)
    {
        var allowed = _states[_stateAfter[least]..(_stateAfter[most] + 1)];
        Assert.True(
            allowed.Contains(state, StringComparer.Ordinal),
            $"{story}: after {least} to {most} steps of {Count} there should be\n{string.Join("\nor\n", allowed)}\n"
            + $"and there is\n{state}");
    }

    /// <summary>All jobs of a journal with all their events.</summary>
    public static string StateOf(IJournal journal)
    {
        var lines = new List<string>();
        foreach (var job in journal.ListAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult())
        {
            lines.Add(job.ToString());
            lines.AddRange(journal.TextsAsync(job.Id).GetAwaiter().GetResult());
        }

        return string.Join('\n', lines);
    }

    /// <summary>A history with all that can happen, over several segments.</summary>
    public static History OfEverything() => new History()
        .Run("first", output: new string('1', 600)).Forget("first")
        .Run("a").Run("b", output: "\"a longer output\"")
        .SubmitTogether("c", "d", "e")
        .Forget("a")
        .Append("c", 1, Facts.Failed(2, 1, new string('m', 300)), Facts.Started(3, 2))
        .Compact()
        .Run("a", 4).Run("f", 5)
        .Append("c", 3, Facts.Succeeded(6), Facts.Ended(6)).Append("c", 5, Facts.Reopened(7))
        .Forget("b").Forget("f")
        .Append("c", 6, Facts.Ended(8))
        .Compact()
        .Run("b", 9).Forget("a").Forget("c").Compact();

    /// <summary>A step, and what it does to the model: changes that come together, one after the other.</summary>
    private sealed record Step(Func<IJournal, Task> Do, Action<MemoryJournal>[][] States);

    /// <summary>A write that does something when it is told.</summary>
    private sealed class ReentrantWrite(JobId job, IReadOnlyList<JobEvent> events, Action whenTold) : JournalWrite
    {
        private readonly TaskCompletionSource<Exception?> _told = new();

        public override JobId Job => job;

        public override long ExpectedVersion => 0;

        public override IReadOnlyList<JobEvent> Events => events;

        public Task<Exception?> Told => _told.Task;

        public override void Completed(Exception? error)
        {
            if (error is null) whenTold();
            _told.SetResult(error);
        }
    }
}
