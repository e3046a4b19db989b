using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>Writes the output of each task that succeeds to a file: <c>job/task.json</c> below a directory.</summary>
/// <remarks>
/// Names are escaped as in addresses, with <c>%2F</c> for a slash: different names are different files, and none leads
/// out of the directory. A file is there whole or not at all. Outputs of tasks that succeeded in a process that died
/// before it wrote them are not written later: they are in the journal.
/// </remarks>
/// <param name="directory">The directory; made when first needed.</param>
public sealed class ResultWritingObserver(string directory) : JobObserver
{
    /// <summary>The file with the output of a task.</summary>
    public string PathOf(JobId job, string task) => Path.Combine(DirectoryOf(job), FileNames.Safe(task) + ".json");

    /// <inheritdoc />
    public override ValueTask OnTaskEndedAsync(
        JobHandle job, FlowTask task, TaskPhase outcome, JobEvent fact, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(task);
        if (OutputOf(fact) is not { } output) return default;
        Directory.CreateDirectory(DirectoryOf(job.Id));
        WholeFile.Write(PathOf(job.Id, task.Name), file => file.Write(PayloadJson.Of(output).Span));
        return default;
    }

    private string DirectoryOf(JobId job) => Path.Combine(directory, FileNames.Safe(job.Value));

    private static Payload? OutputOf(JobEvent fact) => fact switch
    {
        JobEvent.TaskSucceeded e => e.Output,
        JobEvent.TaskIgnored e => e.Output,
        _ => null,
    };
}
