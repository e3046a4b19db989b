namespace ActorFlow.Samples.TextAnalysis;

/// <summary>The flow: prepare the text, look at it in four ways at once, and put what was found together.</summary>
public static class TextAnalysisFlow
{
    public static Flow<Document, TextReport> Build()
    {
        var flow = FlowBuilder.Create<Document>("text-analysis").Describe("Measures an English text.");
        var text = flow.Task("prepare", flow.Input, new Prepare());
        var stopWords = flow.Task("stop-words", text.Select(t => t.Words), new RemoveStopWords());
        var stats = flow.Task("stats", text, new Measure());
        var keywords = flow.Task("keywords", text.Select(t => t.Words), new FindKeywords());
        var readability = flow.Task("readability", text, new JudgeReadability());
        var findings = Source.Join(
            stats, stopWords.Select(s => s.Removed), keywords, readability, (s, r, k, d) => new Findings(s, r, k, d));
        return flow.Build(flow.Task("report", findings, new Report()));
    }
}
