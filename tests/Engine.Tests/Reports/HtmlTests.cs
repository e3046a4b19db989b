using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ActorFlow.Engine.Tests.Reports;

/// <summary>Reports as HTML pages.</summary>
public sealed class HtmlTests
{
    private const string Hostile = "<script>alert('x')</script> & \"quotes\" \u0000\u0007 größer 🎉";

    private static readonly JobReport Report = new RecordedJob(Flows.Draft("good", "bad: good", "down: bad").Build())
        .Answer("good", Payload.Live(Hostile))
        .Answer("bad", Flows.Failure(Hostile, Hostile) with { Traces = [new TracedValue(Hostile, Hostile)] })
        .Run().Report;

    private static readonly List<HtmlStyle> AllStyles =
    [
        .. from palette in Enum.GetValues<ReportPalette>()
           from language in Enum.GetValues<ReportLanguage>()
           select new HtmlStyle { Palette = palette, Language = language },
    ];

    public static TheoryData<int> Styles => [.. Enumerable.Range(0, AllStyles.Count)];

    [Theory]
    [MemberData(nameof(Styles))]
    public void A_page_is_whole_and_needs_nothing_else(int number)
    {
        var style = AllStyles[number];
        var page = Report.ToHtml(style);
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        var code = style.Language.ToString().ToLowerInvariant();
        Assert.Contains($"<html lang=\"{code}\">", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)<script|<link|<img|<iframe|src=|href=|url\\(|@import|javascript:", page);
        // But for what XML writes otherwise, every tag that is opened is closed, in order.
        XDocument.Parse(Regex.Replace(page, "<!DOCTYPE html>|<meta [^>]*>|&#x[07];", ""));
    }

    [Fact]
    public void Each_palette_and_each_language_is_another_page() =>
        Assert.Equal(24, AllStyles.Select(style => Report.ToHtml(style)).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void Every_status_has_its_own_badge()
    {
        var page = Report.ToHtml();
        Assert.Contains("<span class=\"badge succeeded\">succeeded</span></td><td>good</td>", page,
            StringComparison.Ordinal);
        Assert.Contains("<span class=\"badge failed\">failed</span></td><td>bad</td>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"badge odd\">skipped</span></td><td>down</td>", page, StringComparison.Ordinal);
        Assert.Contains("because of bad", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ReportLanguage.Es, "Omitidas por su causa", "fallida", "a causa de bad")]
    [InlineData(ReportLanguage.Pt, "Ignoradas por sua causa", "com falha", "por causa de bad")]
    [InlineData(ReportLanguage.Fr, "Pile d’appels", "échouée", "à cause de bad")]
    [InlineData(ReportLanguage.De, "Notierte Werte", "fehlgeschlagen", "wegen bad")]
    [InlineData(ReportLanguage.It, "Percorso critico", "fallita", "a causa di bad")]
    public void A_page_speaks_its_language(ReportLanguage language, params string[] words)
    {
        var page = Report.ToHtml(new HtmlStyle { Language = language });
        Assert.All(words, word => Assert.Contains(word, page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_language_has_a_text_for_every_phase_and_reason() =>
        Assert.All(Enum.GetValues<ReportLanguage>().Select(ReportTerms.Of), terms =>
        {
            Assert.All(Enum.GetValues<TaskPhase>(), phase => Assert.NotEmpty(terms.Of(phase)));
            Assert.All(Enum.GetValues<JobPhase>(), phase => Assert.NotEmpty(terms.Of(phase)));
            Assert.All(Enum.GetValues<Reason>(), reason => Assert.NotEmpty(terms.Of(reason)));
            Assert.Equal(Enum.GetValues<TaskPhase>().Length, terms.TaskPhases.Count);
            Assert.Equal(Enum.GetValues<JobPhase>().Length, terms.JobPhases.Count);
            Assert.Equal(Enum.GetValues<Reason>().Length, terms.Reasons.Count);
        });

    [Fact]
    public void Every_language_has_every_term_and_says_most_of_it_in_its_own_words()
    {
        var texts = typeof(ReportTerms).GetProperties().Where(term => term.PropertyType == typeof(string)).ToList();
        Assert.NotEmpty(texts);
        foreach (var language in Enum.GetValues<ReportLanguage>())
        {
            var terms = Said(language);
            Assert.All(terms, Assert.NotEmpty);
            if (language != ReportLanguage.En)
                Assert.True(terms.Except(Said(ReportLanguage.En), StringComparer.Ordinal).Count() > terms.Count / 2);
        }

        List<string> Said(ReportLanguage language) =>
            [.. texts.Select(text => (string)text.GetValue(ReportTerms.Of(language))!)];
    }

    [Fact]
    public void Every_palette_gives_each_thing_a_colour_and_what_differs_in_meaning_another()
    {
        foreach (var palette in Enum.GetValues<ReportPalette>())
        {
            var page = Report.ToHtml(new HtmlStyle { Palette = palette });
            var sheet = page[page.IndexOf("<style>", StringComparison.Ordinal)..page.IndexOf("</style>",
                StringComparison.Ordinal)];
            Assert.All(
                Regex.Matches(sheet, "(?:color:|background:|px solid )([^;}]*)").Select(match => match.Groups[1].Value),
                colour => Assert.Matches("^#[0-9a-f]{6}$", colour));
            var badges = Regex.Matches(sheet, "\\.(succeeded|failed|odd|open)\\{background:([^}]*)\\}");
            Assert.Equal(4, badges.Select(badge => badge.Groups[2].Value).Distinct(StringComparer.Ordinal).Count());
        }
    }

    [Fact]
    public void What_is_not_to_be_shown_is_not_there()
    {
        var flow = Flows.Draft("good", "bad: good").Build();
        var report = new RecordedJob(flow)
            .Answer("good", Payload.FromJson("\"output-of-good\""))
            .Answer("bad", Flows.Failure("no") with { Traces = [new TracedValue("seen", "traced-7")] })
            .Run().Report;
        var page = report.ToHtml(new HtmlStyle
        {
            Content = new ReportContent
            {
                ShowInputs = false,
                ShowOutputs = false,
                ShowStackTraces = false,
                ShowTraces = false,
            },
        });
        Assert.DoesNotMatch("output-of-good|Some\\.Place|traced-7", page);
        Assert.Matches("(?s)output-of-good.*traced-7.*Some\\.Place", report.ToHtml());
    }

    [Fact]
    public void A_large_report_lists_its_failures_and_counts_the_rest()
    {
        var lines = Enumerable.Range(0, 30).Select(number => $"t{number}").ToArray();
        var report = new RecordedJob(Flows.Draft(lines).Build()).Answer("t29", Flows.Failure()).Run().Report;
        var page = report.ToHtml(new HtmlStyle { MostTasks = 1 });
        Assert.Contains("<td>t29</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<td>t0</td>", page, StringComparison.Ordinal);
        Assert.Contains("Tasks not listed: 29", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_subject_names_flow_job_and_date()
    {
        Assert.Equal("flow: failed (Job job-1, 2030-01-31)", new HtmlStyle().SubjectOf(Report));
        Assert.Equal("Failures of flow (Job job-1, 2030-01-31)", new HtmlStyle().SubjectOf(Report, onlyErrors: true));
        var started = new RecordedJob(Flows.Draft("a").Build()).StartReady();
        Assert.Equal("flow: läuft (Auftrag job-1, 2030-01-31)",
            new HtmlStyle { Language = ReportLanguage.De }.SubjectOf(started.Report));
        started.Pace = TimeSpan.FromDays(1);
        Assert.Equal("flow: succeeded (Job job-1, 2030-02-01)", new HtmlStyle().SubjectOf(started.Run().Report));
        Assert.Throws<ArgumentNullException>(() => new HtmlStyle().SubjectOf(null!));
    }

    [Fact]
    public void A_palette_or_a_language_that_is_none_is_refused()
    {
        var palette = Assert.Throws<ActorFlowException>(() => new HtmlStyle { Palette = (ReportPalette)9 });
        Assert.Equal("There is no palette '9'; it is one of neutral, catppuccin, neobones, slate.", palette.Message);
        var language = Assert.Throws<ActorFlowException>(() => new HtmlStyle { Language = (ReportLanguage)9 });
        Assert.Equal("There is no language '9'; it is one of en, es, pt, fr, de, it.", language.Message);
    }
}
