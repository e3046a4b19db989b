using System.Text;
using ActorFlow.Cli;

namespace ActorFlow.Fuzz.Tests;

/// <summary>The input of a job: a JSON object for <c>--input</c>, or with lines a <c>--set</c> each.</summary>
internal sealed class InputTarget(string name, bool isSet) : FuzzTarget
{
    private static readonly DeclaredInputs Declared = new(
        "flow",
        [
            .. Enum.GetValues<InputType>().Select(type =>
                new InputField(type.ToString(), type, IsRequired: type == InputType.List, Default: null)),
            new InputField("d", InputType.Object, IsRequired: false, """{"a":1,"b":[2]}"""),
        ]);

    public override string Name => name;

    public override int Inputs => 5_000;

    public override IReadOnlyList<string> Tokens =>
    [
        .. Enum.GetNames<InputType>().Select(type => isSet ? $"{type}=" : $"\"{type}\":"),
        "=", "\n", "null", "true", "[]", "{}", "[1,2]", "{\"a\":1}", "{\"a\":1,\"a\":2}", "\"\\ud800\"", "\"", ",",
        "//",
        "1.0", "1e2", "{\"\\u0061\":1,\"a\":2}",
    ];

    public override long AllocationBound(int length) => (1_000L * length) + 500_000;

    public override void Read(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        Read(Declared, text);
        Read(Declared with { Fields = null }, text);
    }

    private void Read(DeclaredInputs declared, string text)
    {
        var payload = isSet
            ? FlowInput.Read(declared, null, text.Split('\n'), TextReader.Null)
            : FlowInput.Read(declared, "-", [], new StringReader(text));
        _ = PayloadJson.Of(payload).Length > 0 ? true : throw new InvalidDataException("The input is nothing.");
    }
}
