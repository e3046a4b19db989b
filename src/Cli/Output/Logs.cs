using System.Globalization;
using Serilog;
using Serilog.Events;
using Serilog.Filters;

namespace ActorFlow.Cli;

/// <summary>Sets up what is logged: to a file if asked, and with --verbose to standard error.</summary>
internal static class Logs
{
    private const string Line =
        "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffZ} {Level:u3} [{Place}] {Message:lj}{NewLine}{Exception}";

    private static readonly Func<LogEvent, bool> IsOfJournal = Matching.FromSource("ActorFlow.Journal");

    public static Serilog.Core.Logger Create(Terminal terminal, SessionSettings settings)
    {
        var logs = new LoggerConfiguration().Enrich.With<PlaceEnricher>().MinimumLevel.Is(
            settings.Verbose ? LogEventLevel.Debug : LogEventLevel.Information);
        if (settings.LogFile is { } file)
            logs.WriteTo.File(Writable(file), outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture);
        if (settings.Verbose)
            logs.WriteTo.Console(
                outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture,
                standardErrorFromLevel: LogEventLevel.Verbose,
                    theme: Serilog.Sinks.SystemConsole.Themes.ConsoleTheme.None);
        else if (!settings.Quiet)
            logs.WriteTo.Logger(told => told.Filter.ByIncludingOnly(IsTold).WriteTo.Console(
                outputTemplate: "actorflow: {Message:lj}{NewLine}", formatProvider: CultureInfo.InvariantCulture,
                standardErrorFromLevel: LogEventLevel.Verbose,
                theme: Serilog.Sinks.SystemConsole.Themes.ConsoleTheme.None));
        return logs.CreateLogger();
    }

    // The sink itself says nothing if it cannot write.
    private static string Writable(string file)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            using var opened = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ActorFlowException($"The log cannot be written to '{file}': {e.Message}", e);
        }
    }

    // What goes wrong with tasks the command tells itself; what went wrong with the journal nobody else does.
    private static bool IsTold(LogEvent e) =>
        e.Level >= LogEventLevel.Error || (e.Level == LogEventLevel.Warning && IsOfJournal(e));
}
