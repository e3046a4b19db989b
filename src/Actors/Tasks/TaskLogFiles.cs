using Microsoft.Extensions.Logging;

namespace ActorFlow.Actors;

/// <summary>Files for what attempts log or print: <c>job/task.attempt.log</c> below one directory.</summary>
/// <param name="directory">The directory; made when first needed.</param>
public sealed class TaskLogFiles(string directory)
{
    /// <summary>The default of <see cref="MaxBytes"/>: 4 MiB.</summary>
    public const long DefaultMaxBytes = 4 * 1024 * 1024;

    /// <summary>The most that the log of one attempt may have, in bytes. The default is 4 MiB.</summary>
    public long MaxBytes { get; init; } = DefaultMaxBytes;

    /// <summary>The lowest level that is written. The default is <see cref="LogLevel.Information"/>.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>The file of an attempt. Names are escaped: no name leads out of the directory.</summary>
    public string PathOf(JobId job, string task, int attempt) =>
        Path.Combine(DirectoryOf(job), $"{FileNames.Safe(task)}.{attempt}.log");

    /// <summary>The directory of a job's files.</summary>
    public string DirectoryOf(JobId job) => Path.Combine(directory, FileNames.Safe(job.Value));

    /// <summary>The directories of jobs to which no file was added since a time.</summary>
    public IReadOnlyList<string> DirectoriesBefore(DateTimeOffset time) => !Directory.Exists(directory)
        ? []
        : [.. Directory.GetDirectories(directory).Where(job => Directory.GetLastWriteTimeUtc(job) < time.UtcDateTime)];

    /// <summary>
    /// Removes the files of a job that were not written since a time. What else is in its directory stays, and the
    /// directory with it.
    /// </summary>
    public static void Remove(string jobDirectory, DateTimeOffset time)
    {
        foreach (var pattern in (string[])["*.log", "*.log.errors"])
            foreach (var file in Directory.GetFiles(jobDirectory, pattern))
                if (File.GetLastWriteTimeUtc(file) < time.UtcDateTime) File.Delete(file);
        if (!Directory.EnumerateFileSystemEntries(jobDirectory).Any()) Directory.Delete(jobDirectory);
    }

    /// <summary>The file of an attempt, with the directory that it is to be written to made.</summary>
    public string Prepare(JobId job, string task, int attempt)
    {
        var path = PathOf(job, task, attempt);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
