using System.Text;

namespace ActorFlow;

/// <summary>What an attempt points at and leaves behind.</summary>
public sealed partial class TaskContext
{
    /// <summary>Points at something: it is in the job's history and report, whatever becomes of the attempt.</summary>
    /// <remarks>
    /// No marker fails the task, be it an error. An attempt may have <see cref="Limits.MarkersOfAttempt"/>; those
    /// beyond are counted, and a last marker says how many. A crash may cost those of the last moments.
    /// </remarks>
    public void Mark(Marker marker)
    {
        ArgumentNullException.ThrowIfNull(marker);
        _resources.Mark(marker);
    }

    /// <summary>Points at something; see <see cref="Mark(Marker)"/>.</summary>
    /// <param name="severity">How grave it is.</param>
    /// <param name="message">What there is to say; cut after <see cref="Limits.MarkerLength"/> characters.</param>
    /// <param name="file">The file that it is about; null if it is about none.</param>
    /// <param name="line">The line, from 1; null if it is not known.</param>
    /// <param name="column">The column, from 1; null if it is not known.</param>
    public void Mark(Severity severity, string message, string? file = null, int? line = null, int? column = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!Enum.IsDefined(severity))
            throw new ArgumentOutOfRangeException(nameof(severity), severity, "Choose Info, Warning or Error.");
        Mark(new Marker(severity, message)
        {
            File = file,
            Line = line,
            Column = column,
        });
    }

    /// <summary>Notes what is good to know.</summary>
    /// <inheritdoc cref="Mark(Severity, string, string?, int?, int?)" path="/param"/>
    public void Info(string message, string? file = null, int? line = null, int? column = null) =>
        Mark(Severity.Info, message, file, line, column);

    /// <summary>Notes what somebody should look at.</summary>
    /// <inheritdoc cref="Mark(Severity, string, string?, int?, int?)" path="/param"/>
    public void Warning(string message, string? file = null, int? line = null, int? column = null) =>
        Mark(Severity.Warning, message, file, line, column);

    /// <summary>Notes what is wrong. It alone does not fail the task.</summary>
    /// <inheritdoc cref="Mark(Severity, string, string?, int?, int?)" path="/param"/>
    public void Error(string message, string? file = null, int? line = null, int? column = null) =>
        Mark(Severity.Error, message, file, line, column);

    /// <summary>Writes a file into the scratch directory, with the directories on the way.</summary>
    /// <param name="path">The path of the file from there; one that is there is replaced.</param>
    /// <param name="content">What is to be in it, as UTF-8.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The whole path of the file.</returns>
    /// <exception cref="ActorFlowException">The path leads out of the directory.</exception>
    public Task<string> WriteFileAsync(string path, string content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        return WriteFileAsync(path, Encoding.UTF8.GetBytes(content), cancellationToken);
    }

    /// <summary>Writes a file into the scratch directory, with the directories on the way.</summary>
    /// <param name="path">The path of the file from there; one that is there is replaced.</param>
    /// <param name="content">What is to be in it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The whole path of the file.</returns>
    /// <exception cref="ActorFlowException">The path leads out of the directory.</exception>
    public Task<string> WriteFileAsync(
        string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return _resources.WriteAsync(path, content, cancellationToken);
    }
}
