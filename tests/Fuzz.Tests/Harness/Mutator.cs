using System.Text;

namespace ActorFlow.Fuzz.Tests;

/// <summary>Makes inputs that are nearly right: entries of a corpus, changed in a few places by chance.</summary>
/// <remarks>The corpus may grow meanwhile: what comes to it is used too.</remarks>
internal sealed class Mutator
{
    private readonly IReadOnlyList<byte[]> _corpus;
    private readonly IReadOnlyList<byte[]> _tokens;

    public Mutator(IReadOnlyList<byte[]> corpus, IReadOnlyList<string> tokens)
    {
        _corpus = corpus;
        _tokens = [.. tokens.Concat(Words.Numbers).Select(Encoding.UTF8.GetBytes), .. Words.Bytes];
    }

    /// <summary>The input of a seed; the first seeds give the corpus as it is.</summary>
    public byte[] Make(int seed)
    {
        if (seed < _corpus.Count) return _corpus[seed];
        var random = new Random(seed);
        return Change(Pick(random, _corpus), random);
    }

    /// <summary>An input, changed in a few places.</summary>
    public byte[] Change(byte[] from, Random random)
    {
        var input = new MutableBytes(from);
        // Mostly few changes, or nothing that is right would be left; now and then many.
        var changes = random.Next(8) == 0 ? 5 + random.Next(30) : 1 + random.Next(4);
        while (changes-- > 0) Change(input, random);
        return input.ToArray();
    }

    private void Change(MutableBytes input, Random random)
    {
        switch (random.Next(19))
        {
            case 0: input.Set(random, b => (byte)(b ^ (1 << random.Next(8)))); break;
            case 1: input.Set(random, _ => Pick(random, Words.Edges)); break;
            case 2: input.Replace(input.Stretch(random), []); break;
            case 3: input.Insert(random, input.Slice(input.Stretch(random))); break;
            case 4 or 5: input.Insert(random, Pick(random, _tokens)); break;
            case 6: input.Replace(input.Stretch(random), Pick(random, _tokens)); break;
            case 7: Splice(input, random); break;
            case 8: input.Replace((random.Next(input.Length + 1), int.MaxValue), []); break;
            case 9: input.Replace(input.Number(random), Encoding.ASCII.GetBytes(Pick(random, Words.Numbers))); break;
            case 10: input.Replace((random.Next(input.Length + 1), 8), Words.Binary(random)); break;
            case 11: Nest(input, random); break;
            case 12: input.Repeat(random); break;
            case 13: input.Replace(input.Word(random), Pick(random, _tokens)); break;
            case 14: input.Replace(input.Word(random), input.Slice(input.Word(random))); break;
            case 15: input.Insert(random, Words.Long(random)); break;
            case 16: input.Replace(input.Value(random), input.Slice(input.Value(random))); break;
            case 17: input.Replace(input.Value(random), Pick(random, _tokens)); break;
            case 18: input.Replace(input.Value(random), Value(Pick(random, _corpus), random)); break;
        }
    }

    private void Splice(MutableBytes input, Random random)
    {
        var other = new MutableBytes(Pick(random, _corpus));
        if (random.Next(2) == 0) input.Insert(random, other.Slice(other.Stretch(random)));
        else input.Replace(Rest(input), other.Slice(Rest(other)));

        (int, int) Rest(MutableBytes bytes) => (random.Next(bytes.Length + 1), int.MaxValue);
    }

    private static byte[] Value(byte[] from, Random random)
    {
        var other = new MutableBytes(from);
        return other.Slice(other.Value(random));
    }

    private static void Nest(MutableBytes input, Random random)
    {
        var (open, close) = Pick(random, Words.Brackets);
        var depth = random.Next(4) == 0 ? random.Next(5000) : random.Next(100);
        var inner = input.Stretch(random);
        input.Replace(inner, [.. Times(open), .. input.Slice(inner), .. Times(close)]);

        byte[] Times(string text) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, depth)));
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
