using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Reads YAML text, and says where it is none.</summary>
internal static class YamlText
{
    /// <summary>The largest file, in bytes: what people write by hand is far smaller.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>How deep lists and mappings may lie in each other.</summary>
    public const int MaxDepth = 64;

    /// <summary>The document as a mapping.</summary>
    /// <param name="bytes">The content of a file.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="wanted">What is wanted, for messages.</param>
    /// <exception cref="FlowDefinitionException">It is none; the place is named.</exception>
    public static YamlMappingNode Parse(
        byte[] bytes, string name, string wanted = "A flow is a mapping, with the keys 'flow' and 'tasks'.")
    {
        if (bytes.Length > MaxBytes)
            throw Fault(
                name, 1, 1, $"The file has {bytes.Length} bytes; a flow in YAML or JSON has at most {MaxBytes}.");
        var text = FileText.Of(bytes, (line, column, problem) => Fault(name, line, column, problem));
        RequireDocument(text, name);
        var parser = new BoundedParser(new Parser(new StringReader(text)), name);
        try
        {
            var stream = new YamlStream();
            stream.Load(parser);
            if (stream.Documents.Count == 0) throw Fault(name, 1, 1, "The file is empty; a flow is expected.");
            if (stream.Documents.Count > 1)
                throw Fault(name, stream.Documents[1].RootNode, "There is a second document; a file has one flow.");
            return stream.Documents[0].RootNode as YamlMappingNode
                ?? throw Fault(
                    name, stream.Documents[0].RootNode, wanted);
        }
        catch (YamlException e)
        {
            throw Told(e.Start, ProblemOf(e));
        }
        // The parser gives up on some texts in its own way: a line that ends too early in brackets, a value that begins
        // with '#', half a surrogate pair.
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw Told(parser.Current?.End ?? new Mark(), YamlSyntax.Unreadable);
        }

        FlowDefinitionException Told(Mark at, string problem)
        {
            var (line, column, message) = new YamlSyntax(text).Explain(at, problem, parser.Open);
            return Fault(name, line, column, $"This is no valid YAML: {message}");
        }
    }

    // An alias can stand for a thing that stands for ten others, and so on: a few lines would fill the memory. The time
    // that the parser takes grows with the square of the depth.
    private sealed class BoundedParser(IParser inner, string name) : IParser
    {
        private readonly Stack<ParsingEvent> _open = [];

        /// <summary>Where the innermost brackets or braces open that are not closed; null if none are.</summary>
        public Mark? Open => _open.FirstOrDefault(each => each
            is MappingStart { Style: MappingStyle.Flow } or SequenceStart { Style: SequenceStyle.Flow })?.Start;

        public ParsingEvent? Current => inner.Current;

        public bool MoveNext()
        {
            if (!inner.MoveNext()) return false;
            switch (inner.Current)
            {
                case AnchorAlias alias:
                    throw Refused($"Aliases (*{alias.Value}) are not allowed in a flow.");
                case MappingStart or SequenceStart:
                    _open.Push(inner.Current);
                    if (_open.Count > MaxDepth)
                        throw Refused($"Lists and mappings lie more than {MaxDepth} deep in each other.");
                    break;
                case MappingEnd or SequenceEnd:
                    _open.Pop();
                    break;
            }

            return true;
        }

        private FlowDefinitionException Refused(string problem) =>
            Fault(name, inner.Current!.Start.Line, inner.Current.Start.Column, problem);
    }

    // Behind a directive that ends with the text and with its buffer, the parser goes on to look for the line's end.
    private static void RequireDocument(string text, string name)
    {
        var last = text.AsSpan().LastIndexOfAny("\n\r\u0085\u2028\u2029") + 1;
        if (last == text.Length || text[last] != '%') return;
        var line = text.AsSpan(0, last).Count('\n') + 1;
        throw Fault(name, line, 1, "The last line begins with '%', as a directive does; a flow is expected behind it.");
    }

    private static string ProblemOf(YamlException error)
    {
        // The message repeats the place in a form of its own: "(Line: 1, Col: 2, Idx: 1) - (...): problem".
        var message = error.Message;
        var colon = message.StartsWith('(') ? message.IndexOf("): ", StringComparison.Ordinal) : -1;
        return colon < 0 ? message : message[(colon + 3)..];
    }

    private static FlowDefinitionException Fault(string name, YamlNode node, string problem) =>
        Fault(name, node.Start.Line, node.Start.Column, problem);

    private static FlowDefinitionException Fault(string name, long line, long column, string problem) =>
        new(Path.GetFileName(name), [new FlowFault(FlowFaultCode.BadSyntax, null, problem)
        {
            Location = $"{name}:{line}:{column}",
        }]);
}
