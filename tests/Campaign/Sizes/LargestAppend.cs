using System.Diagnostics;
using System.Globalization;
using ActorFlow.Journal;

namespace ActorFlow.Campaign;

/// <summary>The largest append that a journal in files takes, to the byte, and one that is a byte larger.</summary>
/// <param name="root">An empty directory.</param>
internal sealed class LargestAppend(string root)
{
    // So large that its length takes as many bytes as that of the largest.
    private const int Sample = 300 * 1024 * 1024;

    /// <summary>Appends both, and reads back what was taken.</summary>
    /// <returns>What it took.</returns>
    /// <exception cref="CampaignException">The one was refused, the other was not, or something is lost.</exception>
    public async Task<string> RunAsync()
    {
        var since = Stopwatch.GetTimestamp();
        await using (var journal = Open("sample")) await AppendAsync(journal, "job", Sample);
        var file = new FileInfo(Directory.GetFiles(Path.Combine(root, "sample"), "*.journal").Single());
        var most = (int)(Array.MaxLength - (file.Length - Sample));
        await using (var journal = Open("full"))
        {
            await RequireRefusalAsync(journal, most + 1);
            await AppendAsync(journal, "job", most);
            await AppendAsync(journal, "small", 1);
        }

        await using var again = Open("full");
        await RequireAsync(again, "job", most);
        await RequireAsync(again, "small", 1);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"an append of {most} bytes and what belongs to it was taken, one byte more was refused, and all was read "
            + $"back, in {Stopwatch.GetElapsedTime(since).TotalSeconds:F1} s");
    }

    private FileJournal Open(string name) =>
        FileJournal.Open(new FileJournalOptions { Directory = Path.Combine(root, name) });

    private static async Task AppendAsync(FileJournal journal, string job, int bytes)
    {
        var write = new Submission(new JobId(job), bytes);
        journal.Append(write);
        if (await write.Told is { } error) throw new CampaignException($"An append of {bytes} bytes failed: {error}");
    }

    private static async Task RequireRefusalAsync(FileJournal journal, int bytes)
    {
        var write = new Submission(new JobId("too-large"), bytes);
        journal.Append(write);
        if (await write.Told is not JournalException)
            throw new CampaignException($"An append of {bytes} bytes was not refused as it should be.");
    }

    private static async Task RequireAsync(FileJournal journal, string job, int bytes)
    {
        var events = await journal.ReadAsync(new JobId(job), 1, default);
        if (events is not [JobEvent.JobSubmitted submitted] || submitted.Job.Input.Json.Length != bytes)
            throw new CampaignException($"What was appended to {job} is not there any more.");
    }

    /// <summary>Submits a job with an input of a size that no engine would take.</summary>
    private sealed class Submission(JobId job, int bytes) : JournalWrite
    {
        private readonly TaskCompletionSource<Exception?> _told =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Exception?> Told => _told.Task;

        public override JobId Job => job;

        public override long ExpectedVersion => 0;

        public override IReadOnlyList<JobEvent> Events { get; } =
        [
            new JobEvent.JobSubmitted(
                DateTimeOffset.UnixEpoch,
                new SubmittedJob(job, "flow", "fingerprint", ["task"], Payload.FromJson(new byte[bytes]))),
        ];

        public override void Completed(Exception? error) => _told.SetResult(error);
    }
}
