using System.Text;

namespace ActorFlow.Cli;

/// <summary>The files by which a command that keeps the state of its runs speaks with the next run.</summary>
internal sealed class ShellRun
{
    /// <summary>The variable with the file that has what the last run left; what is in it at the end is kept.</summary>
    public const string Memento = "MEMENTO";

    /// <summary>The variable with the file that takes the paths of files that were read, a line each.</summary>
    public const string HasRead = "HAS_READ";

    private readonly TaskContext _context;

    public ShellRun(TaskContext context)
    {
        _context = context;
        MementoFile = Path.Combine(context.ScratchDirectory, ".memento");
        HasReadFile = Path.Combine(context.ScratchDirectory, ".has-read");
        File.WriteAllText(MementoFile, context.Memento.Get<string>() ?? "");
        File.WriteAllText(HasReadFile, "");
    }

    public string MementoFile { get; }

    public string HasReadFile { get; }

    /// <summary>Keeps what the command left, once it has succeeded.</summary>
    /// <param name="directory">Where relative paths are below.</param>
    /// <exception cref="ProcessOutputException">It left too much.</exception>
    public void Keep(string directory)
    {
        if (IsLeft(Memento, MementoFile)) _context.Memento.Set(File.ReadAllText(MementoFile, Encoding.UTF8));
        if (!IsLeft(HasRead, HasReadFile)) return;
        var lines = File.ReadAllLines(HasReadFile, Encoding.UTF8).Where(line => line.Length > 0);
        _context.HasRead(lines.Select(line => Path.GetFullPath(line, Path.GetFullPath(directory))));
    }

    private static bool IsLeft(string variable, string file)
    {
        var left = new FileInfo(file);
        if (!left.Exists) return false;
        if (left.Length > Limits.PayloadBytes)
            throw new ProcessOutputException(
                $"The file ${variable} has {left.Length} bytes; {Limits.PayloadBytes} is the most.");
        return true;
    }
}
