using ActorFlow.Api.Tests.Building;
using ActorFlow.Samples.TextAnalysis;

namespace ActorFlow.Api.Tests.Samples;

/// <summary>The sample finds what a reader counts by hand.</summary>
public sealed class TextAnalysisTests
{
    private const string Text =
        "The cat sat on the mat. The dog saw the cat! Did the dog bark? Cats don't bark; dogs do.";

    [Fact]
    public async Task A_text_is_measured()
    {
        var report = await Jobs.ResultOf(TextAnalysisFlow.Build(), new Document(Text));

        Assert.NotNull(report);
        Assert.Equal((20, 4, 5.0, 3.2), (
            report.Words, report.Sentences, report.AverageSentenceLength, report.AverageWordLength));
        Assert.Equal(8, report.RemovedStopWords);
        Assert.Equal(["bark", "cat", "dog", "cats", "dogs"], report.Keywords);
        Assert.Equal((117.2, "5th grade (very easy)"), (report.FleschScore, report.Grade));
    }

    [Fact]
    public async Task An_empty_text_has_nothing_to_read()
    {
        var report = await Jobs.ResultOf(TextAnalysisFlow.Build(), new Document(""));

        Assert.NotNull(report);
        Assert.Equal((0, 0, "Nothing to read"), (report.Words, report.Sentences, report.Grade));
        Assert.Empty(report.Keywords);
    }

    [Fact]
    public void Long_sentences_of_long_words_are_for_graduates()
    {
        var prepared = new PreparedText([.. Enumerable.Repeat("internationalization", 30)], 1);

        Assert.Equal("College graduate (very difficult)", new JudgeReadability().Run(prepared, null!).Grade);
    }

    [Fact]
    public void Four_tasks_look_at_the_text_at_once()
    {
        var flow = TextAnalysisFlow.Build().Definition;

        Assert.Equal(
            ["prepare", "stop-words", "stats", "keywords", "readability", "report"], flow.TaskNames);
        Assert.Equal(
            ["Words", null, "Words", null],
            new[] { "stop-words", "stats", "keywords", "readability" }
                .Select(name => Assert.IsType<TaskInput.FromTask>(Assert.Single(flow[name].Inputs)).Field));
        Assert.Equal(
            ["Stats", "RemovedStopWords", "Keywords", "Readability"], flow["report"].Inputs.Select(i => i.Parameter));
    }
}
