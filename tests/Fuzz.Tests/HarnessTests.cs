using System.Text;

namespace ActorFlow.Fuzz.Tests;

/// <summary>What is to find faults finds them: in readers with a fault that was put there.</summary>
public sealed class HarnessTests
{
    [Theory]
    [InlineData("a crash", "FormatException")]
    [InlineData("a bug of ours", "[this is a bug in ActorFlow]")]
    [InlineData("an error without a word", "says nothing")]
    [InlineData("much memory", "is the bound")]
    public void A_planted_fault_is_found_and_told_with_its_input(string fault, string message)
    {
        var found = Assert.Throws<FuzzFaultException>(() => new Fuzzer(new ToyTarget(fault)).Run(0, 4_000));

        Assert.Contains(message, found.Message, StringComparison.Ordinal);
        Assert.Contains("ACTORFLOW_FUZZ=toy:", found.Message, StringComparison.Ordinal);
        var file = found.Message.Split("kept in ")[1].Split('\n')[0];
        Assert.NotNull(new Fuzzer(new ToyTarget(fault)).FaultOf(Corpus.Read(file)));
        File.Delete(file);
    }

    [Fact]
    public void A_reader_without_a_fault_passes() => new Fuzzer(new ToyTarget("none")).Run(0, 2_000);

    [Fact]
    public void A_seed_makes_the_same_input_each_time()
    {
        var mutator = new Mutator(["name = 12"u8.ToArray(), "[list]"u8.ToArray()], ["="]);
        for (var seed = 0; seed < 1_000; seed++) Assert.Equal(mutator.Make(seed), mutator.Make(seed));
        Assert.Equal("[list]"u8, mutator.Make(1));
    }

    /// <summary>Reads <c>name = number</c>, and goes wrong where the number is that of no byte.</summary>
    private sealed class ToyTarget(string fault) : FuzzTarget
    {
        private byte[] _kept = [];

        public override string Name => "toy";

        public override int Inputs => 0;

        public override IReadOnlyList<string> Tokens => ["=", "name"];

        public override long AllocationBound(int length) => (100L * length) + 100_000;

        public override void Read(byte[] input)
        {
            var parts = Encoding.UTF8.GetString(input).Split('=');
            if (parts is not [var name, var text] || name.Trim() != "name" || !int.TryParse(text, out var number))
                throw new ActorFlowException("This is not 'name = number'.");
            if (number is >= 0 and < 256) return;
            switch (fault)
            {
                case "a crash": throw new FormatException("That is no byte.");
                case "a bug of ours": throw new ActorFlowException("No arm [this is a bug in ActorFlow].");
                case "an error without a word": throw new ActorFlowException(" ");
                case "much memory": _kept = new byte[Math.Clamp(number, 300_000, 10_000_000)]; break;
                default: throw new ActorFlowException($"{number} is no byte, and came after {_kept.Length}.");
            }
        }
    }
}
