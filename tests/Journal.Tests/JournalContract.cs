namespace ActorFlow.Journal.Tests;

/// <summary>What every journal keeps to.</summary>
public abstract class JournalContract : IAsyncLifetime
{
    private IJournal _journal = null!;

    /// <summary>A new, empty journal.</summary>
    protected abstract IJournal Create();

    public Task InitializeAsync()
    {
        _journal = Create();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _journal.DisposeAsync();

    [Fact]
    public async Task What_was_appended_is_read_in_order()
    {
        await _journal.RunWholeAsync(Facts.Job);

        JobEvent[] expected = [Facts.Submitted(Facts.Job), Facts.Started(), Facts.Succeeded(), Facts.Ended()];
        Assert.Equal(expected.Select(EventText.Of), await _journal.TextsAsync(Facts.Job));
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    [InlineData(4, 1)]
    [InlineData(5, 0)]
    [InlineData(long.MaxValue, 0)]
    public async Task Reading_begins_at_the_version_asked_for(long from, int count)
    {
        await _journal.RunWholeAsync(Facts.Job);

        var all = await _journal.TextsAsync(Facts.Job);
        Assert.Equal(all[^count..], await _journal.TextsAsync(Facts.Job, from));
    }

    [Fact]
    public async Task Reading_before_the_first_version_is_refused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _journal.TextsAsync(Facts.Job, 0));

    [Fact]
    public async Task Thousands_of_events_of_one_job_are_read_from_any_place()
    {
        await _journal.AppendAsync(Facts.Job, 0, Facts.Submitted(Facts.Job));
        for (var i = 1; i < 3000; i++) await _journal.AppendAsync(Facts.Job, i, Facts.Started(i, attempt: i));

        var events = await _journal.ReadAsync(Facts.Job, 1020, CancellationToken.None);
        Assert.Equal(Enumerable.Range(1019, 1981), events.Select(e => ((JobEvent.TaskStarted)e).Attempt));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Append_at_another_version_is_a_conflict_and_changes_nothing(long expected)
    {
        await _journal.AppendAsync(Facts.Job, 0, Facts.Submitted(Facts.Job), Facts.Started());

        var conflict = await Assert.ThrowsAsync<JournalConflictException>(
            () => _journal.AppendAsync(Facts.Job, expected, Facts.Succeeded()));
        Assert.Equal((Facts.Job, expected, 2), (conflict.Job, conflict.Expected, conflict.Actual));
        Assert.Equal(2, (await _journal.FindAsync(Facts.Job, CancellationToken.None))!.Version);
    }

    [Fact]
    public async Task Append_to_a_job_that_is_not_there_is_a_conflict_and_makes_no_job()
    {
        await Assert.ThrowsAsync<JournalConflictException>(
            () => _journal.AppendAsync(Facts.Job, 2, Facts.Succeeded()));

        Assert.Null(await _journal.FindAsync(Facts.Job, CancellationToken.None));
        Assert.Empty(await _journal.IdsAsync());
    }

    [Fact]
    public async Task Submitting_a_job_that_is_there_is_a_conflict()
    {
        await _journal.AppendAsync(Facts.Job, 0, Facts.Submitted(Facts.Job));

        await Assert.ThrowsAsync<JournalConflictException>(
            () => _journal.AppendAsync(Facts.Job, 0, Facts.Submitted(Facts.Job)));
    }

    [Fact]
    public async Task An_append_that_could_not_be_read_again_is_refused()
    {
        Assert.Throws<ArgumentException>(() => _journal.Begin(Facts.Job, 0));
        Assert.Throws<ArgumentException>(() => _journal.Begin(Facts.Job, 0, Facts.Started()));
        Assert.Throws<ArgumentException>(() => _journal.Begin(Facts.Job, 0, Facts.Submitted(Facts.Other)));
        Assert.Throws<ArgumentException>(() => _journal.Begin(Facts.Job, 1, Facts.Submitted(Facts.Job)));
        Assert.Throws<ArgumentException>(
            () => _journal.Begin(Facts.Job, 0, Facts.Submitted(Facts.Job), Facts.Submitted(Facts.Job)));
        Assert.Empty(await _journal.IdsAsync());
    }

    [Fact]
    public async Task Jobs_are_listed_in_the_order_of_their_submission()
    {
        foreach (var id in new[] { "c", "a", "b" })
            await _journal.AppendAsync(new JobId(id), 0, Facts.Submitted(new JobId(id)));

        Assert.Equal(["c", "a", "b"], await _journal.IdsAsync());
    }

    [Fact]
    public async Task The_line_about_a_job_says_how_it_stands()
    {
        await _journal.AppendAsync(Facts.Job, 0, Facts.Submitted(Facts.Job, 3), Facts.Started(4));
        Assert.Equal(
            new JournaledJob(Facts.Job, "flow", Facts.At(3), 2, null, null, null),
            await _journal.FindAsync(Facts.Job, CancellationToken.None));

        await _journal.AppendAsync(Facts.Job, 2, Facts.Succeeded(5), Facts.Ended(6));
        Assert.Equal(
            new JournaledJob(
                Facts.Job, "flow", Facts.At(3), 4, JobPhase.Succeeded, Facts.At(6), new TaskCounts(1, 0, 0, 0)),
            await _journal.FindAsync(Facts.Job, CancellationToken.None));

        await _journal.AppendAsync(Facts.Job, 4, Facts.Reopened(7));
        Assert.Equal(
            new JournaledJob(Facts.Job, "flow", Facts.At(3), 5, null, null, null),
            Assert.Single(await _journal.ListAsync(CancellationToken.None)));
    }

    [Fact]
    public async Task A_job_that_is_not_there_is_nowhere()
    {
        Assert.Empty(await _journal.TextsAsync(Facts.Job));
        Assert.Null(await _journal.FindAsync(Facts.Job, CancellationToken.None));
        Assert.False(await _journal.ForgetAsync(Facts.Job, CancellationToken.None));
    }

    [Fact]
    public async Task A_forgotten_job_is_gone_and_its_id_is_free_again()
    {
        await _journal.RunWholeAsync(Facts.Job);
        await _journal.RunWholeAsync(Facts.Other);

        Assert.True(await _journal.ForgetAsync(Facts.Job, CancellationToken.None));
        Assert.False(await _journal.ForgetAsync(Facts.Job, CancellationToken.None));
        Assert.Empty(await _journal.TextsAsync(Facts.Job));
        Assert.Equal([Facts.Other.Value], await _journal.IdsAsync());

        await _journal.AppendAsync(Facts.Job, 0, Facts.Submitted(Facts.Job, 9));
        Assert.Equal([EventText.Of(Facts.Submitted(Facts.Job, 9))], await _journal.TextsAsync(Facts.Job));
        Assert.Equal([Facts.Other.Value, Facts.Job.Value], await _journal.IdsAsync());
    }

    [Fact]
    public async Task A_forgotten_job_takes_no_more_events()
    {
        await _journal.RunWholeAsync(Facts.Job);
        await _journal.ForgetAsync(Facts.Job, CancellationToken.None);

        var conflict = await Assert.ThrowsAsync<JournalConflictException>(
            () => _journal.AppendAsync(Facts.Job, 4, Facts.Reopened()));
        Assert.Equal(0, conflict.Actual);
    }

    [Fact]
    public async Task What_is_kept_in_the_place_of_a_write_does_not_outlive_the_job()
    {
        await _journal.RunWholeAsync(Facts.Job);
        var before = _journal.Begin(Facts.Job, 4, Facts.Reopened(), Facts.Ended());
        Assert.Null(await before.Told);
        await _journal.ForgetAsync(Facts.Job, CancellationToken.None);
        await _journal.AppendAsync(Facts.Job, 0, Facts.Submitted(Facts.Job));

        var again = new TestWrite(Facts.Job, 1, [Facts.Started()]) { Place = before.Place };
        _journal.Append(again);
        Assert.Null(await again.Told);
    }

    [Fact]
    public async Task A_job_that_has_not_ended_is_not_forgotten()
    {
        await _journal.AppendAsync(Facts.Job, 0, Facts.Submitted(Facts.Job));
        await Assert.ThrowsAsync<JournalException>(
            async () => await _journal.ForgetAsync(Facts.Job, CancellationToken.None));

        await _journal.AppendAsync(Facts.Job, 1, Facts.Ended());
        await _journal.AppendAsync(Facts.Job, 2, Facts.Reopened());
        await Assert.ThrowsAsync<JournalException>(
            async () => await _journal.ForgetAsync(Facts.Job, CancellationToken.None));
        Assert.Equal(3, (await _journal.TextsAsync(Facts.Job)).Length);
    }

    [Fact]
    public async Task Of_many_that_submit_one_job_at_once_one_succeeds()
    {
        var errors = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(
            () => _journal.Begin(Facts.Job, 0, Facts.Submitted(Facts.Job, i)).Told)));

        Assert.Single(errors, error => error is null);
        Assert.Equal(15, errors.OfType<JournalConflictException>().Count());
        Assert.Single(await _journal.TextsAsync(Facts.Job));
    }

    [Fact]
    public async Task Many_jobs_append_at_once_and_none_loses_an_event()
    {
        var jobs = Enumerable.Range(0, 8).Select(i => new JobId($"job-{i}")).ToArray();
        await Task.WhenAll(jobs.Select(job => Task.Run(async () =>
        {
            await _journal.AppendAsync(job, 0, Facts.Submitted(job));
            for (var i = 1; i < 200; i++) await _journal.AppendAsync(job, i, Facts.Started(i, attempt: i));
        })));

        foreach (var job in jobs)
        {
            var events = await _journal.ReadAsync(job, 2, CancellationToken.None);
            Assert.Equal(Enumerable.Range(1, 199), events.Select(e => ((JobEvent.TaskStarted)e).Attempt));
        }
    }
}

/// <summary>The contract, in memory.</summary>
public sealed class MemoryJournalTests : JournalContract
{
    protected override IJournal Create() => new MemoryJournal();

    [Fact]
    public async Task A_live_value_is_kept_as_it_is()
    {
        var (journal, value) = (new MemoryJournal(), new object());
        await journal.AppendAsync(Facts.Job, 0, Facts.Submitted(Facts.Job));
        await journal.AppendAsync(Facts.Job, 1, new JobEvent.TaskSucceeded(Facts.At(1), 0, 1, Payload.Live(value)));

        var read = await journal.ReadAsync(Facts.Job, 2, CancellationToken.None);
        Assert.Same(value, ((JobEvent.TaskSucceeded)read[0]).Output.Value);
    }
}

/// <summary>The contract, in a file on a simulated disk, with the thread pool.</summary>
public sealed class FileJournalTests : JournalContract
{
    protected override IJournal Create() => FileJournal.Open(new FileJournalOptions
    {
        Directory = TestJournal.Directory,
        Disk = new SimulatedDisk(),
    });
}

/// <summary>The contract, with a new segment for every few records.</summary>
public sealed class SmallSegmentTests : JournalContract
{
    protected override IJournal Create() =>
        FileJournal.Open(TestJournal.On(new SimulatedDisk()) with { SegmentBytes = 1000 });
}
