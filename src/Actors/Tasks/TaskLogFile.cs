using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace ActorFlow.Actors;

/// <summary>The log of one attempt: a file that is made with its first line, and takes so much and no more.</summary>
internal sealed class TaskLogFile(TaskLogFiles files, AttemptResources attempt, ILogger engineLog) : IDisposable
{
    private readonly Lock _gate = new();
    private FileStream? _file;
    private bool _isClosed;

    public bool IsEnabled(LogLevel level) => level >= files.Level && level != LogLevel.None;

    public void Write(LogLevel level, string message, Exception? exception)
    {
        lock (_gate)
        {
            if (_isClosed || !IsEnabled(level)) return;
            Append(Line(level, exception is null ? message : $"{message}\n{exception}"));
        }
    }

    /// <summary>The attempt has failed: a file that is there says why.</summary>
    public void WriteFailure(Failure failure)
    {
        lock (_gate)
        {
            if (_isClosed || _file is null) return;
            var text = new StringBuilder($"The attempt failed: {failure.Type}: {failure.Message}");
            foreach (var trace in failure.Traces) text.Append($"\n  {trace.Name} = {trace.Value}");
            if (failure.StackTrace is { } stack) text.Append('\n').Append(stack);
            Append(Line(LogLevel.Error, text.ToString()));
        }
    }

    public void Dispose()
    {
        lock (_gate) Close();
    }

    private void Append(byte[] line)
    {
        try
        {
            _file ??= new FileStream(
                files.Prepare(attempt.Job, attempt.TaskName, attempt.Attempt), FileMode.Append, FileAccess.Write,
                FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var isFull = _file.Length + line.Length > files.MaxBytes;
            if (isFull) line = Line(LogLevel.Warning, $"The log ends here: it may have {files.MaxBytes} bytes.");
            _file.Write(line);
            if (isFull) Close();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A task does not fail because its log cannot be written.
            Log.TaskLogFailed(engineLog, e, attempt.Job.Value, attempt.TaskName, attempt.Attempt);
            Close();
        }
    }

    private void Close()
    {
        _isClosed = true;
        _file?.Dispose();
    }

    private byte[] Line(LogLevel level, string text) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{attempt.Time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {Word(level)} {text}\n"));

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "TRC",
        LogLevel.Debug => "DBG",
        LogLevel.Information => "INF",
        LogLevel.Warning => "WRN",
        LogLevel.Error => "ERR",
        _ => "CRT",
    };
}
