using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ActorFlow.Api.Tests.Building;

/// <summary>What is wrong with a binding does not compile where C# can see it.</summary>
public sealed class RefusedByTheCompilerTests
{
    private const string Frame = """
        using System;
        using System.Threading.Tasks;
        using ActorFlow;

        public sealed class AddOne : SyncTask<int, int>
        {
            public override int Run(int input, TaskContext context) => input + 1;
        }

        public static class Program
        {
            public static object Build()
            {
                var flow = FlowBuilder.Create<int>("flow");
                var number = flow.Task("number", flow.Input, x => x + 1);
                var text = flow.Task("text", number, x => x.ToString());
                return CODE;
            }
        }
        """;

    [Theory]
    [InlineData("""flow.Task("ok", number, new AddOne())""")]
    [InlineData("""flow.Task("ok", number, text, (n, t) => n + t.Length)""")]
    [InlineData("""flow.Task("ok", text.Select(t => t.Length), new AddOne())""")]
    [InlineData("""flow.Task("ok", number.OrDefault(), n => n ?? 0)""")]
    [InlineData("""new Func<Flow<int, int>>(() => flow.Build(number))""")]
    [InlineData("""flow.Task("ok", Source.CollectNamed(("a", number), ("b", number)), all => all["a"] + 1)""")]
    [InlineData("""flow.Task("ok", Source.Collect(number, number), all => all[0] + 1)""")]
    [InlineData("""number >> [text, number] >> text""")]
    [InlineData("""number >> text >> number""")]
    [InlineData("""new Func<Flow<int, string>>(() => flow.Build<string>())""")]
    public void Right_bindings_compile(string code) => Assert.Empty(ErrorsOf(code));

    [Theory]
    [InlineData("""flow.Task("wrong type for a class", text, new AddOne())""")]
    [InlineData("""flow.Task("wrong type for a factory", text, services => services.Create<AddOne>())""")]
    [InlineData("""flow.Task("wrong type for a lambda", text, x => x * 2)""")]
    [InlineData("""flow.Task("wrong type for a parameter", number, text, (string n, string t) => n + t)""")]
    [InlineData("""flow.Task("missing binding", new AddOne())""")]
    [InlineData("""flow.Task("missing one of two", number, (int a, int b) => a + b)""")]
    [InlineData("""flow.Task("one too many", number, text, x => x)""")]
    [InlineData("""flow.Task("bound twice", number, number, new AddOne())""")]
    [InlineData("""flow.Task("missing in a join", Source.Join(number, text, a => a), x => x)""")]
    [InlineData("""flow.Task("no such field", text.Select(t => t.Size), x => x)""")]
    [InlineData("""flow.Task("optional is another type", number.OrDefault(), new AddOne())""")]
    [InlineData("""flow.Task("of different types", Source.Collect(number, text), x => 1)""")]
    [InlineData("""flow.Task("of different types", Source.CollectNamed(("a", number), ("b", text)), x => 1)""")]
    [InlineData("""flow.Task("a list of others", Source.Collect(number), (IReadOnlyList<string> all) => 1)""")]
    [InlineData("""number >> 5""")]
    [InlineData("""number >> [text, 5]""")]
    [InlineData("""number.IgnoreFailures("text")""")]
    [InlineData("""new Func<Flow<int, string>>(() => flow.Build(number))""")]
    [InlineData("""FlowBuilder.Chain<int>("chain").Then("text", x => $"{x}").Then("number", new AddOne())""")]
    public void Wrong_bindings_do_not(string code) => Assert.NotEmpty(ErrorsOf(code));

    private static IEnumerable<Diagnostic> ErrorsOf(string code)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return CSharpCompilation.Create(
                "refused",
                [CSharpSyntaxTree.ParseText(Frame.Replace("CODE", code, StringComparison.Ordinal))],
                platform.Select(path => MetadataReference.CreateFromFile(path)),
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .GetDiagnostics()
            .Where(d => d.Severity == DiagnosticSeverity.Error);
    }
}
