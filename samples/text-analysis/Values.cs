namespace ActorFlow.Samples.TextAnalysis;

/// <summary>What a job takes.</summary>
/// <param name="Text">The whole text.</param>
public sealed record Document(string Text);

/// <summary>A text taken apart.</summary>
/// <param name="Words">Its words in lower case, in order.</param>
/// <param name="Sentences">How many sentences it has.</param>
public sealed record PreparedText(IReadOnlyList<string> Words, int Sentences);

/// <summary>A text without the words that every text has.</summary>
/// <param name="Words">What is left.</param>
/// <param name="Removed">How many words are not.</param>
public sealed record ContentWords(IReadOnlyList<string> Words, int Removed);

/// <summary>Plain counts.</summary>
/// <param name="Words">How many words.</param>
/// <param name="Sentences">How many sentences.</param>
/// <param name="AverageSentenceLength">Words in a sentence.</param>
/// <param name="AverageWordLength">Characters in a word.</param>
public sealed record Stats(int Words, int Sentences, double AverageSentenceLength, double AverageWordLength);

/// <summary>How hard a text is to read.</summary>
/// <param name="FleschScore">Flesch's reading ease: about 0 (very hard) to 100 (very easy).</param>
/// <param name="Grade">Who reads it with ease.</param>
public sealed record Readability(double FleschScore, string Grade);

/// <summary>What the report is made of.</summary>
public sealed record Findings(
    Stats Stats, int RemovedStopWords, IReadOnlyList<string> Keywords, Readability Readability);

/// <summary>What a job gives.</summary>
/// <param name="Words">How many words the text has.</param>
/// <param name="Sentences">How many sentences.</param>
/// <param name="AverageSentenceLength">Words in a sentence.</param>
/// <param name="AverageWordLength">Characters in a word.</param>
/// <param name="RemovedStopWords">How many words say nothing about the subject.</param>
/// <param name="Keywords">The five words that are used most, most used first.</param>
/// <param name="FleschScore">Flesch's reading ease.</param>
/// <param name="Grade">Who reads the text with ease.</param>
public sealed record TextReport(
    int Words,
    int Sentences,
    double AverageSentenceLength,
    double AverageWordLength,
    int RemovedStopWords,
    IReadOnlyList<string> Keywords,
    double FleschScore,
    string Grade);
