using System.Globalization;
using Serilog;
using Serilog.Events;

namespace ActorFlow.Cli;

/// <summary>Sets up what is logged: to a file if asked, and with --verbose to standard error.</summary>
internal static class Logs
{
    private const string Line =
        "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffZ} {Level:u3} [{JobId} {Task} {Attempt}] {Message:lj}{NewLine}{Exception}";

    public static Serilog.Core.Logger Create(Terminal terminal, SessionSettings settings)
    {
        var logs = new LoggerConfiguration().MinimumLevel.Is(settings.Verbose ? LogEventLevel.Debug
            : LogEventLevel.Information);
        if (settings.LogFile is { } file)
            logs.WriteTo.File(file, outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture);
        if (settings.Verbose && !terminal.IsInteractive)
            logs.WriteTo.Console(
                outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture,
                standardErrorFromLevel: LogEventLevel.Verbose,
                    theme: Serilog.Sinks.SystemConsole.Themes.ConsoleTheme.None);
        else if (!settings.Quiet)
            logs.WriteTo.Console(
                outputTemplate: "{Message:lj}{NewLine}", formatProvider: CultureInfo.InvariantCulture,
                standardErrorFromLevel: LogEventLevel.Verbose, restrictedToMinimumLevel: LogEventLevel.Error,
                theme: Serilog.Sinks.SystemConsole.Themes.ConsoleTheme.None);
        return logs.CreateLogger();
    }
}
