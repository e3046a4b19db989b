using System.Text.RegularExpressions;

namespace ActorFlow.Samples.TextAnalysis;

/// <summary>Takes a text apart into words and sentences.</summary>
public sealed partial class Prepare : SyncTask<Document, PreparedText>
{
    public override PreparedText Run(Document input, TaskContext context)
    {
        var words = Word().Matches(input.Text).Select(m => m.Value.ToLowerInvariant()).ToList();
        var sentences = SentenceEnd().Split(input.Text).Count(part => Word().IsMatch(part));
        return new PreparedText(words, sentences);
    }

    [GeneratedRegex(@"\p{L}+(?:['’-]\p{L}+)*", RegexOptions.NonBacktracking)]
    private static partial Regex Word();

    [GeneratedRegex(@"[.!?]+(?:\s|$)", RegexOptions.NonBacktracking)]
    private static partial Regex SentenceEnd();
}

/// <summary>Removes the words that every English text has.</summary>
public sealed class RemoveStopWords : SyncTask<IReadOnlyList<string>, ContentWords>
{
    public override ContentWords Run(IReadOnlyList<string> input, TaskContext context)
    {
        var words = input.Where(word => !StopWords.Contains(word)).ToList();
        return new ContentWords(words, input.Count - words.Count);
    }
}

/// <summary>Counts.</summary>
public sealed class Measure : SyncTask<PreparedText, Stats>
{
    public override Stats Run(PreparedText input, TaskContext context) => new(
        input.Words.Count,
        input.Sentences,
        Math.Round(input.Words.Count / (double)Math.Max(1, input.Sentences), 2),
        input.Words.Count == 0 ? 0 : Math.Round(input.Words.Average(word => word.Length), 2));
}

/// <summary>Finds the words that the text is about.</summary>
public sealed class FindKeywords : SyncTask<IReadOnlyList<string>, IReadOnlyList<string>>
{
    public override IReadOnlyList<string> Run(IReadOnlyList<string> input, TaskContext context) =>
    [
        .. input.Where(word => word.Length > 2 && !StopWords.Contains(word))
            .CountBy(word => word, StringComparer.Ordinal)
            .OrderByDescending(count => count.Value)
            .ThenBy(count => count.Key, StringComparer.Ordinal)
            .Take(5)
            .Select(count => count.Key),
    ];
}

/// <summary>Judges by Flesch's formula: short sentences and words of few syllables are easy.</summary>
public sealed class JudgeReadability : SyncTask<PreparedText, Readability>
{
    public override Readability Run(PreparedText input, TaskContext context)
    {
        if (input.Words.Count == 0) return new Readability(0, "Nothing to read");
        var wordsPerSentence = input.Words.Count / (double)Math.Max(1, input.Sentences);
        var syllablesPerWord = input.Words.Average(Syllables);
        var score = Math.Round(206.835 - 1.015 * wordsPerSentence - 84.6 * syllablesPerWord, 1);
        return new Readability(score, GradeOf(score));
    }

    // Every run of vowels is a syllable, except an "e" at the end that is not the only one and not in "-le".
    private static int Syllables(string word)
    {
        var (count, inVowels) = (0, false);
        foreach (var c in word)
        {
            var isVowel = "aeiouy".Contains(c, StringComparison.Ordinal);
            if (isVowel && !inVowels) count++;
            inVowels = isVowel;
        }

        var isSilent = word.EndsWith('e') && !word.EndsWith("le", StringComparison.Ordinal);
        return Math.Max(1, isSilent ? count - 1 : count);
    }

    private static string GradeOf(double score) => score switch
    {
        >= 90 => "5th grade (very easy)",
        >= 80 => "6th grade (easy)",
        >= 70 => "7th grade (fairly easy)",
        >= 60 => "8th and 9th grade (plain English)",
        >= 50 => "10th to 12th grade (fairly difficult)",
        >= 30 => "College (difficult)",
        _ => "College graduate (very difficult)",
    };
}

/// <summary>Puts what was found together.</summary>
public sealed class Report : SyncTask<Findings, TextReport>
{
    public override TextReport Run(Findings input, TaskContext context) => new(
        input.Stats.Words,
        input.Stats.Sentences,
        input.Stats.AverageSentenceLength,
        input.Stats.AverageWordLength,
        input.RemovedStopWords,
        input.Keywords,
        input.Readability.FleschScore,
        input.Readability.Grade);
}

/// <summary>The words that every English text has.</summary>
internal static class StopWords
{
    private static readonly HashSet<string> Words = new(
        """
        a about above after again against all also am an and any are as at be because been before being below
        between both but by can could did do does doing down during each few for from further had has have
        having he her here hers him his how i if in into is it its itself just may me might more most must my no
        nor not now of off on once only or other our ours out over own same shall she should so some such than
        that the their theirs them then there these they this those through to too under until up upon very was
        we were what when where which while who whom why will with would you your yours
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        StringComparer.Ordinal);

    public static bool Contains(string word) => Words.Contains(word);
}
