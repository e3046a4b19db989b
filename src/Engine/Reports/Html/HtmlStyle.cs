using System.Globalization;

namespace ActorFlow;

/// <summary>The colours of a report as HTML.</summary>
public enum ReportPalette
{
    /// <summary>Black on white, with quiet colours.</summary>
    Neutral,

    /// <summary>The pastels of Catppuccin Latte.</summary>
    Catppuccin,

    /// <summary>The greens of Neobones.</summary>
    Neobones,

    /// <summary>Light on dark slate.</summary>
    Slate,
}

/// <summary>The language of a report as HTML. What tasks say themselves stays as it is.</summary>
public enum ReportLanguage
{
    /// <summary>English.</summary>
    En,

    /// <summary>Spanish.</summary>
    Es,

    /// <summary>Portuguese.</summary>
    Pt,

    /// <summary>French.</summary>
    Fr,

    /// <summary>German.</summary>
    De,

    /// <summary>Italian.</summary>
    It,
}

/// <summary>How a report looks as HTML.</summary>
public sealed record HtmlStyle
{
    /// <summary>The colours. The default is <see cref="ReportPalette.Neutral"/>.</summary>
    /// <exception cref="ActorFlowException">There is no such palette.</exception>
    public ReportPalette Palette
    {
        get;
        init => field = Known(value, "palette");
    }

    /// <summary>The language. The default is English.</summary>
    /// <exception cref="ActorFlowException">There is no such language.</exception>
    public ReportLanguage Language
    {
        get;
        init => field = Known(value, "language");
    }

    /// <summary>What is shown. The default is everything.</summary>
    public ReportContent Content { get; init; } = new();

    /// <summary>How many tasks are listed; the others are counted. The default is 1000; failures come first.</summary>
    public int MostTasks { get; init; } = 1_000;

    /// <summary>One line about a report in this language, with its flow, job and date: the subject of a mail.</summary>
    /// <param name="report">The report.</param>
    /// <param name="onlyErrors">Whether it is sent because of its errors.</param>
    public string SubjectOf(JobReport report, bool onlyErrors = false)
    {
        ArgumentNullException.ThrowIfNull(report);
        var terms = ReportTerms.Of(Language);
        var date = (report.EndedAt ?? report.StartedAt).UtcDateTime;
        var what = onlyErrors ? $"{terms.FailuresOf} {report.Flow}" : $"{report.Flow}: {terms.Of(report.Phase)}";
        return string.Create(CultureInfo.InvariantCulture, $"{what} ({terms.Job} {report.Job}, {date:yyyy-MM-dd})");
    }

    private static T Known<T>(T value, string what) where T : struct, Enum => Enum.IsDefined(value)
        ? value
        : throw new ActorFlowException(
            $"There is no {what} '{value}'; it is one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}.");
}
