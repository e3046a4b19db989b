namespace ActorFlow.Fuzz.Tests;

/// <summary>Something that reads what others wrote.</summary>
internal abstract class FuzzTarget
{
    /// <summary>Its name, and that of its folders under <c>corpus</c> and <c>regressions</c>.</summary>
    public abstract string Name { get; }

    /// <summary>How many inputs a run of the suite makes.</summary>
    public abstract int Inputs { get; }

    /// <summary>Words of its format.</summary>
    public abstract IReadOnlyList<string> Tokens { get; }

    /// <summary>The most that reading an input of so many bytes may allocate, in bytes.</summary>
    public abstract long AllocationBound(int length);

    /// <summary>Repairs what would else be refused at once, such as checksums, so that the rest is read too.</summary>
    public virtual byte[] Mend(byte[] input, Random random) => input;

    /// <summary>
    /// Reads an input. To return or to throw an exception of ActorFlow is an answer; all else is a fault.
    /// </summary>
    public abstract void Read(byte[] input);
}
