using System.Globalization;

namespace ActorFlow;

/// <summary>How grave a marker is.</summary>
/// <remarks>The numbers are stored: never change one.</remarks>
public enum Severity : byte
{
    /// <summary>Good to know.</summary>
    Info = 0,

    /// <summary>Somebody should look at it.</summary>
    Warning = 1,

    /// <summary>Something is wrong. It alone does not fail the task.</summary>
    Error = 2,
}

/// <summary>What an attempt points at: a sentence, and where in which file, if it is about one.</summary>
/// <param name="Severity">How grave it is.</param>
/// <param name="Message">What there is to say.</param>
public sealed record Marker(Severity Severity, string Message)
{
    private readonly int? _line;
    private readonly int? _column;

    /// <summary>The file, as whoever noted the marker calls it; null if it is about none.</summary>
    public string? File { get; init; }

    /// <summary>The line, from 1; null if it is not known. What is less than 1 counts as not known.</summary>
    public int? Line
    {
        get => _line;
        init => _line = value >= 1 ? value : null;
    }

    /// <summary>The column, from 1; null if it is not known. What is less than 1 counts as not known.</summary>
    public int? Column
    {
        get => _column;
        init => _column = value >= 1 ? value : null;
    }

    /// <summary>The severity as compilers and reports write it: in lower case.</summary>
    internal string Word => Severity switch
    {
        Severity.Info => "info",
        Severity.Warning => "warning",
        _ => "error",
    };

    /// <summary>As compilers write it: <c>file:line:column: warning: message</c>.</summary>
    public override string ToString()
    {
        if (File is null) return $"{Word}: {Message}";
        var line = Line is null ? "" : string.Create(CultureInfo.InvariantCulture, $":{Line}");
        var column = Line is null || Column is null ? "" : string.Create(CultureInfo.InvariantCulture, $":{Column}");
        return $"{File}{line}{column}: {Word}: {Message}";
    }
}

/// <summary>A marker, and which attempt of its task has noted it.</summary>
/// <param name="Attempt">The attempt, from 1.</param>
/// <param name="Marker">What it noted.</param>
public sealed record AttemptMarker(int Attempt, Marker Marker);
