using System.Collections;
using ActorFlow.TestKit;

namespace ActorFlow.Journal.Tests.Files;

/// <summary>What waits is written together; who waits is told in the order of the appends.</summary>
public sealed class GroupCommitTests
{
    [Fact]
    public async Task What_comes_while_somebody_writes_goes_into_one_write_and_one_sync()
    {
        var (disk, queue) = (new SimulatedDisk(), new Queue<Action>());
        await using var journal = FileJournal.Open(TestJournal.On(disk) with { Schedule = queue.Enqueue });
        var told = new List<string>();
        var (writes, syncs) = (0, 0);
        journal.Append(new Listener(new JobId("first"), () =>
        {
            told.Add("first");
            (writes, syncs) = (disk.Faults.Count(DiskCall.Write), disk.Faults.Count(DiskCall.Sync));
            for (var i = 0; i < 5; i++)
            {
                var id = new JobId($"next-{i}");
                journal.Append(new Listener(id, () => told.Add(id.Value)));
            }
        }));

        Assert.Equal(["first"], told);
        Assert.Equal(["first"], await journal.IdsAsync());
        Assert.Single(queue);
        queue.Dequeue()();

        Assert.Equal(["first", "next-0", "next-1", "next-2", "next-3", "next-4"], told);
        Assert.Equal(told, await journal.IdsAsync());
        Assert.Equal(
            (writes + 1, syncs + 1), (disk.Faults.Count(DiskCall.Write), disk.Faults.Count(DiskCall.Sync)));
        Assert.Empty(queue);
    }

    [Fact]
    public async Task Closing_waits_for_what_was_appended()
    {
        var (disk, queue) = (new SimulatedDisk(), new Queue<Action>());
        var journal = FileJournal.Open(TestJournal.On(disk) with { Schedule = queue.Enqueue });
        TestWrite? second = null;
        journal.Append(new Listener(
            Facts.Job, () => second = journal.Begin(Facts.Other, 0, Facts.Submitted(Facts.Other))));

        var closing = journal.DisposeAsync().AsTask();
        Assert.False(closing.IsCompleted);
        while (queue.TryDequeue(out var work)) work();
        await closing;
        Assert.True(second!.IsAcknowledged);

        await using var again = TestJournal.Open(disk);
        Assert.Equal(["job-1", "job-2"], await again.IdsAsync());
    }

    [Fact]
    public async Task Jobs_that_end_in_one_write_with_others_are_all_as_they_should_be()
    {
        var disk = new SimulatedDisk();
        await using (var journal = FileJournal.Open(new FileJournalOptions
        {
            Directory = TestJournal.Directory,
            Disk = disk,
            SegmentBytes = 4000,
            Retention = null,
        }))
        {
            await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(
                () => journal.RunWholeAsync(new JobId($"job-{i}")))));
            Assert.True(disk.Faults.Count(DiskCall.Sync) <= 400 + 2 * disk.Files().Count);
        }

        await using var again = TestJournal.Open(disk);
        var jobs = await again.ListAsync(CancellationToken.None);
        Assert.Equal(200, jobs.Count);
        Assert.All(jobs, job => Assert.Equal((4, JobPhase.Succeeded), (job.Version, job.Outcome)));
    }

    [Fact]
    public async Task A_write_larger_than_a_file_has_a_file_of_its_own()
    {
        var disk = new SimulatedDisk();
        var options = TestJournal.On(disk) with { SegmentBytes = 1000 };
        await using (var journal = FileJournal.Open(options))
        {
            await journal.RunWholeAsync(Facts.Job);
            var large = Facts.Succeeded(1, new string('x', 5000));
            await journal.AppendAsync(Facts.Other, 0, Facts.Submitted(Facts.Other), large);
            await journal.AppendAsync(Facts.Other, 2, Facts.Ended());
        }

        Assert.Equal(3, disk.Files().Count);
        await using var again = FileJournal.Open(options);
        Assert.Equal(3, (await again.TextsAsync(Facts.Other)).Length);
    }

    [Fact]
    public async Task A_write_that_cannot_be_encoded_leaves_nothing_in_the_frame_of_the_others()
    {
        var (disk, queue) = (new SimulatedDisk(), new Queue<Action>());
        await using (var journal = FileJournal.Open(TestJournal.On(disk) with { Schedule = queue.Enqueue }))
        {
            TestWrite? before = null, bad = null, after = null;
            var half = new JobEvent.TaskSucceeded(Facts.At(1), 0, 1, Output: null!);
            journal.Append(new Listener(Facts.Job, () =>
            {
                before = journal.Begin(new JobId("before"), 0, Facts.Submitted(new JobId("before")));
                bad = journal.Begin(new JobId("bad"), 0, Facts.Submitted(new JobId("bad")), half);
                after = journal.Begin(new JobId("after"), 0, Facts.Submitted(new JobId("after")));
            }));
            while (queue.TryDequeue(out var work)) work();
            Assert.NotNull(await bad!.Told);
            Assert.True(before!.IsAcknowledged && after!.IsAcknowledged);
        }

        await using var again = TestJournal.Open(disk);
        Assert.Equal(["job-1", "before", "after"], await again.IdsAsync());
    }

    [Fact]
    public async Task What_waits_is_written_on_a_thread_of_the_journals_own()
    {
        await using var journal = FileJournal.Open(TestJournal.On(new SimulatedDisk()) with { Schedule = null });
        var isPooled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var waits = new Listener(Facts.Other, () => isPooled.SetResult(Thread.CurrentThread.IsThreadPoolThread));
        journal.Append(new Listener(Facts.Job, () => journal.Append(waits)));
        Assert.False(await isPooled.Task);
    }

    [Fact]
    public async Task Whoever_appends_more_than_may_wait_at_once_waits_for_the_disk()
    {
        var disk = new SimulatedDisk();
        var options = TestJournal.On(disk) with
        {
            FrameBytes = 1000,
            Schedule = static work => ThreadPool.UnsafeQueueUserWorkItem(static run => run(), work, preferLocal: false),
        };
        await using var journal = FileJournal.Open(options);
        using var release = new ManualResetEventSlim();
        var isWriting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = Task.Run(() => journal.Append(new Listener(new JobId("first"), () =>
        {
            isWriting.SetResult();
            release.Wait();
        })));
        await isWriting.Task;
        var before = disk.Faults.Count(DiskCall.Write);
        var second = BeginLarge(journal, "second");
        TestWrite? third = null;
        var waiting = new Thread(() => third = BeginLarge(journal, "third"));
        waiting.Start();
        SpinWait.SpinUntil(() => !waiting.IsAlive || waiting.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
        var hasWaited = third is null;
        release.Set();
        waiting.Join();
        await first;

        Assert.True(hasWaited);
        Assert.Null(await second.Told);
        Assert.Null(await third!.Told);
        Assert.Equal(before + 2, disk.Faults.Count(DiskCall.Write));
        Assert.Equal(["first", "second", "third"], await journal.IdsAsync());
    }

    private static TestWrite BeginLarge(FileJournal journal, string job) => journal.Begin(
        new JobId(job), 0, Facts.Submitted(new JobId(job)), Facts.Succeeded(1, new string('x', 1200)));

    [Fact]
    public async Task Whoever_waits_behind_a_write_that_cannot_be_encoded_goes_on_when_it_is_taken_back()
    {
        var options = TestJournal.On(new SimulatedDisk()) with { FrameBytes = 1000 };
        await using var journal = FileJournal.Open(options);
        var waiting = new Thread(() => BeginLarge(journal, "behind")) { IsBackground = true };
        var half = new JobEvent.TaskSucceeded(Facts.At(1), 0, 1, Output: null!);
        var bad = new TestWrite(Facts.Job, 0, new Watched(
            [Facts.Submitted(Facts.Job), Facts.Succeeded(1, new string('x', 1200)), half, Facts.Ended()],
            whenAtThird: () =>
            {
                waiting.Start();
                SpinWait.SpinUntil(() => waiting.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
            }));

        journal.Append(bad);

        Assert.NotNull(await bad.Told);
        await Waiting.UntilAsync(() => !waiting.IsAlive);
        Assert.Equal(["behind"], await journal.IdsAsync());
    }

    /// <summary>Events that tell when those before the third are in the frame.</summary>
    private sealed class Watched(IReadOnlyList<JobEvent> events, Action whenAtThird) : IReadOnlyList<JobEvent>
    {
        private bool _isLooked;

        public int Count => events.Count;

        // It is asked for once when the rules are looked at, and then to be written.
        public JobEvent this[int index]
        {
            get
            {
                if (index != 2) return events[index];
                if (_isLooked) whenAtThird();
                _isLooked = true;
                return events[index];
            }
        }

        public IEnumerator<JobEvent> GetEnumerator() => events.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
