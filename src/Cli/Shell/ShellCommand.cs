namespace ActorFlow.Cli;

/// <summary>A command for a shell, with all that its process is started with.</summary>
/// <param name="Text">The command, as the shell reads it.</param>
/// <param name="Interpreter">The program that takes it after <c>-c</c>.</param>
/// <param name="Directory">Where it runs.</param>
/// <param name="Environment">Variables beyond those of this process; null takes one away.</param>
/// <param name="OutputFile">The file that its standard output goes to.</param>
/// <param name="ErrorFile">The file that its standard error goes to.</param>
internal sealed record ShellCommand(
    string Text,
    string Interpreter,
    string Directory,
    IReadOnlyDictionary<string, string?> Environment,
    string OutputFile,
    string ErrorFile)
{
    /// <summary>The most that an output may have, in bytes: 4 MiB.</summary>
    public const int DefaultOutputLimit = 4 * 1024 * 1024;

    /// <summary>The shell of commands that name none.</summary>
    public const string DefaultInterpreter = "/bin/sh";
}
