using System.Text;

namespace ActorFlow.Actors;

/// <summary>One run of a program by an attempt.</summary>
internal sealed class ProgramRun
{
    private const int ErrorTail = 2048;

    private readonly AttemptResources _attempt;
    private readonly ProcessSpec _spec;
    private readonly string _log;
    private readonly string? _errors;
    private readonly string _directory;
    private readonly string? _input;
    private readonly IReadOnlyList<PrintedLines> _lines;

    /// <summary>Prepares the files of a run.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="spec">The program.</param>
    /// <param name="number">How many programs the attempt has run, this one included.</param>
    public ProgramRun(AttemptResources attempt, ProcessSpec spec, int number)
    {
        (_attempt, _spec) = (attempt, spec);
        var scratch = attempt.ScratchDirectory;
        _log = Path.Combine(scratch, spec.LogFile ?? $"{FileNames.Safe(spec.ShortName)}.{number}.log");
        _errors = spec.ErrorFile is { } errors ? Path.Combine(scratch, errors) : null;
        _directory = Path.Combine(scratch, spec.WorkingDirectory ?? "");
        _input = spec.Input is null ? null : Path.Combine(scratch, $".input.{number}");
        _lines = spec.LogFilter is { } filter
            ? [.. Printed.Select(file => new PrintedLines(file, Filter(filter)))]
            : [];
    }

    private IEnumerable<string> Printed => _errors is null ? [_log] : [_log, _errors];

    /// <summary>Runs it to its end; it holds what it needs by then.</summary>
    public async Task<ProcessResult> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var file in Printed) MakeEmpty(file);
            if (_input is not null)
                await File.WriteAllTextAsync(_input, _spec.Input, cancellationToken).ConfigureAwait(false);
            var end = await _attempt.Processes.RunAsync(Start(), MayGoOn, cancellationToken).ConfigureAwait(false);
            foreach (var lines in _lines) lines.ReadToEnd();
            return await ResultAsync(end).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProcessStartException($"The files of '{_spec.FileName}' could not be used: {e.Message}", e);
        }
        finally
        {
            if (_input is not null) File.Delete(_input);
        }
    }

    private ProcessStart Start() => new(_spec.FileName, _spec.Arguments, _directory, _spec.Environment, _log)
    {
        Mark = _attempt.ProcessMark,
        ErrorFile = _errors,
        InputFile = _input,
        Timeout = _spec.Timeout,
        Grace = _spec.Grace,
    };

    private bool MayGoOn()
    {
        foreach (var lines in _lines) lines.ReadOn();
        return Printed.Sum(LengthOf) <= _spec.LogLimit;
    }

    private Action<string> Filter(Func<string, Marker?> filter) => line =>
    {
        if (filter(line) is { } marker) _attempt.Mark(marker);
    };

    private async Task<ProcessResult> ResultAsync(ProcessEnd end)
    {
        var (length, output) = await HeadAsync(_log, _spec.OutputLimit).ConfigureAwait(false);
        return new ProcessResult(_spec, end.ExitCode, end.Ending)
        {
            Output = output,
            OutputBytes = length,
            IsOutputCut = length > _spec.OutputLimit,
            ErrorTail = await TailAsync(_errors ?? _log).ConfigureAwait(false),
            LogFile = _log,
            // What is in the scratch directory is gone before anybody reads of it.
            LogStays = !_log.StartsWith(_attempt.ScratchDirectory + '/', StringComparison.Ordinal),
        };
    }

    private static void MakeEmpty(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.Create(file).Dispose();
    }

    private static long LengthOf(string file) => new FileInfo(file) is { Exists: true } there ? there.Length : 0;

    private static async Task<(long Length, string Text)> HeadAsync(string file, int limit)
    {
        var opened = File.OpenRead(file);
        await using (opened.ConfigureAwait(false))
        {
            var head = new byte[Math.Min(opened.Length, limit)];
            var read = await opened.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false)
                .ConfigureAwait(false);
            // It is UTF-8, whatever it begins with.
            using var text = new StreamReader(
                new MemoryStream(head, 0, read), Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
            return (opened.Length, await text.ReadToEndAsync().ConfigureAwait(false));
        }
    }

    private static async Task<string> TailAsync(string file)
    {
        var opened = File.OpenRead(file);
        await using (opened.ConfigureAwait(false))
        {
            opened.Seek(-Math.Min(opened.Length, ErrorTail), SeekOrigin.End);
            using var reader = new StreamReader(opened, Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
            return (await reader.ReadToEndAsync().ConfigureAwait(false)).Trim();
        }
    }
}
