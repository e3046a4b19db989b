using System.Text;
using ActorFlow.Cli;

namespace ActorFlow.Fuzz.Tests;

/// <summary>Command lines, an argument a line, in a directory with a few files and the journal of two jobs.</summary>
/// <remarks>No argument leads out of the directory, and no flow in it runs anything but <c>true</c>.</remarks>
internal sealed class CommandTarget : FuzzTarget, IDisposable
{
    private const string Flow = "flow: f\ninput: { n: integer? }\ntasks:\n  a: { run: 'true' }\n";

    private const string Instance = """
        { "name": "w", "schemaVersion": "1.4", "workflow": { "tasks": [
          { "name": "a", "children": ["b"] }, { "name": "b", "parents": ["a"] } ] } }
        """;

    private readonly string _root = Directory.CreateTempSubdirectory("actorflow-fuzz-").FullName;
    private readonly string _here = Environment.CurrentDirectory;
    private readonly TextReader _standardInput = Console.In;
    private readonly TextWriter _standardError = Console.Error;
    private readonly string _inner;
    private readonly byte[] _journal;

    public CommandTarget()
    {
        // Somewhere to go for '..' that is ours too.
        _inner = Path.Combine(_root, "inner");
        Directory.CreateDirectory(_inner);
        Environment.CurrentDirectory = _inner;
        // Where logs go.
        Console.SetError(TextWriter.Null);
        File.WriteAllText("flow.yaml", Flow);
        File.WriteAllText("wf.json", Instance);
        File.WriteAllText("input.json", "{\"n\":1}");
        Run("run", "wf.json", "--job", "j", "--data", "d");
        Run("run", "flow.yaml", "--job", "k", "--data", "d");
        _journal = File.ReadAllBytes(Path.Combine("d", "journal", "00000001.journal"));
    }

    public override string Name => "command";

    public override int Inputs => 500;

    public override IReadOnlyList<string> Tokens =>
    [
        "run\n", "resume\n", "list\n", "show\n", "why\n", "report\n", "graph\n", "validate\n", "cancel\n", "retry\n",
        "journal\n", "flows\n", "tasks\n", "describe\n", "x.dll:\n", ".dll",
        "verify\n", "dump\n", "--data\nd\n", "--data=d\n", "--data\n", "--json\n", "--events\n",
        "--format\ndot\n",
        "--input\n-\n", "--input\ninput.json\n", "--set\nn=1\n", "--set\n", "--job\nj\n", "--in-memory\n",
        "--parallel\n", "--resource\nlicence=1\n", "--resource\n",
        "--fail-fast\n", "--report\nr.json\n", "--time-scale\n", "--tasks\n", "--log\nl\n", "--quiet\n", "-q\n",
        "--verbose\n",
        "--stack-trace\n", "--help\n", "--version\n", "--reason\nx\n", "-qv\n", "--\n", "@flow.yaml\n", "@\n",
        "[suggest]\n",
        "flow.yaml\n", "wf.json\n", "d\n", "..\n", ".\n", "j\n", "k\n", "a\n", "\n", "=", ":", "-", "d\nd\n",
    ];

    public override long AllocationBound(int length) => (20_000L * length) + 20_000_000;

    public override void Read(byte[] input)
    {
        // What is no path leads nowhere. No argument that a system hands over has a NUL.
        var text = Encoding.UTF8.GetString(input).Replace('/', '_').Replace('\0', '0');
        PutJournal();
        Run(text.TrimEnd('\n').Split('\n'));
    }

    private void PutJournal()
    {
        foreach (var other in Directory.EnumerateDirectories(_inner)) Directory.Delete(other, recursive: true);
        var journal = Path.Combine(_inner, "d", "journal");
        Directory.CreateDirectory(journal);
        File.WriteAllBytes(Path.Combine(journal, "00000001.journal"), _journal);
        Console.SetIn(new StringReader("{\"n\":2}"));
    }

    private static void Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exitCode = ActorFlowCommand.RunAsync(arguments, output, errors).GetAwaiter().GetResult();
        var printed = output.ToString() + errors;
        if (exitCode is < 0 or > ExitCodes.JournalTrouble) throw new InvalidDataException($"It ends with {exitCode}.");
        if (exitCode >= ExitCodes.BadUsage && string.IsNullOrWhiteSpace(printed))
            throw new InvalidDataException($"It ends with {exitCode} and says nothing.");
        var wantsStack = arguments.Contains("--stack-trace", StringComparer.Ordinal);
        if (printed.Contains("[this is a bug", StringComparison.Ordinal)
            || (!wantsStack && printed.Contains("\n   at ", StringComparison.Ordinal)))
            throw new InvalidDataException(printed);
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = _here;
        Console.SetIn(_standardInput);
        Console.SetError(_standardError);
        Directory.Delete(_root, recursive: true);
    }
}
