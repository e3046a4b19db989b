using ActorFlow.Actors;
using Microsoft.Extensions.Logging;

namespace ActorFlow;

/// <summary>
/// Log files for attempts: what a task says to <c>context.Logger</c>, in <c>job/task.attempt.log</c>.
/// </summary>
/// <remarks>
/// A file is made with its first line, so attempts that log nothing have none. A line has the time in UTC, a level of
/// three letters and the text; an attempt that fails adds why, with the values that it traced. A file that cannot be
/// written is logged as a warning and fails no task. Names are escaped: no name of a job or a task leads elsewhere.
/// When the journal has forgotten a job (<see cref="ActorFlowOptions.Retention"/>), its files go too, but not those in
/// a directory of your own.
/// </remarks>
public sealed class TaskLogOptions
{
    /// <summary>The directory of the files; null, the default, for <c>logs</c> in the data directory.</summary>
    public string? Directory { get; set; }

    /// <summary>
    /// The most that one file may have, in bytes; the line that would go beyond is replaced by one that says so, and
    /// the file ends there. The default is 4 MiB.
    /// </summary>
    public long MaxBytes { get; set; } = TaskLogFiles.DefaultMaxBytes;

    /// <summary>The lowest level that is written. The default is <see cref="LogLevel.Information"/>.</summary>
    public LogLevel Level { get; set; } = LogLevel.Information;
}
