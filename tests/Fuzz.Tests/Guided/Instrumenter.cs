using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace ActorFlow.Fuzz.Tests;

/// <summary>Writes a call of <see cref="Coverage.Hit"/> to the beginning of each block of compiled code.</summary>
internal sealed class Instrumenter
{
    private static readonly string Own = typeof(Coverage).Assembly.GetName().Name!;

    private int _blocks;

    /// <summary>An assembly and its symbols, instrumented; blocks are numbered on from those before.</summary>
    /// <param name="path">The file of the assembly.</param>
    public (Stream Assembly, Stream? Symbols) Instrument(string path)
    {
        var hasSymbols = File.Exists(Path.ChangeExtension(path, ".pdb"));
        using var assembly = AssemblyDefinition.ReadAssembly(path, new ReaderParameters { ReadSymbols = hasSymbols });
        var module = assembly.MainModule;
        var hit = module.ImportReference(typeof(Coverage).GetMethod(nameof(Coverage.Hit)));
        foreach (var type in module.GetTypes().Where(IsGuide))
            foreach (var method in type.Methods.Where(method => method.HasBody)) Instrument(method.Body, hit);

        var (written, symbols) = (new MemoryStream(), hasSymbols ? new MemoryStream() : null);
        assembly.Write(written, new WriterParameters
        {
            WriteSymbols = hasSymbols,
            SymbolStream = symbols,
            SymbolWriterProvider = hasSymbols ? new PortablePdbWriterProvider() : null,
        });
        written.Position = 0;
        if (symbols is not null) symbols.Position = 0;
        return (written, symbols);
    }

    // Of our own assembly it is what reads that matters, and not what feeds it.
    private static bool IsGuide(TypeDefinition type) =>
        type.Module.Assembly.Name.Name != Own
        || type.BaseType?.Name == nameof(FuzzTarget)
        || (type.DeclaringType is { } outer && IsGuide(outer));

    private void Instrument(MethodBody body, MethodReference hit)
    {
        body.SimplifyMacros();
        foreach (var start in Starts(body))
        {
            if (_blocks == Coverage.Most) throw new InvalidOperationException($"There are over {_blocks} blocks.");
            // What jumps to the instruction holds the object: it becomes the call, and what it was follows.
            var was = Instruction.Create(OpCodes.Nop);
            (was.OpCode, was.Operand) = (start.OpCode, start.Operand);
            (start.OpCode, start.Operand) = (OpCodes.Ldc_I4, _blocks++);
            body.Instructions.Insert(body.Instructions.IndexOf(start) + 1, Instruction.Create(OpCodes.Call, hit));
            body.Instructions.Insert(body.Instructions.IndexOf(start) + 2, was);
        }

        body.OptimizeMacros();
    }

    private static HashSet<Instruction> Starts(MethodBody body)
    {
        var starts = new HashSet<Instruction> { body.Instructions[0] };
        foreach (var handler in body.ExceptionHandlers)
        {
            starts.Add(handler.HandlerStart);
            if (handler.FilterStart is { } filter) starts.Add(filter);
        }

        foreach (var instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target) starts.Add(target);
            else if (instruction.Operand is Instruction[] targets) starts.UnionWith(targets);
            if (instruction.OpCode.FlowControl == FlowControl.Cond_Branch) starts.Add(instruction.Next);
        }

        return starts;
    }
}
