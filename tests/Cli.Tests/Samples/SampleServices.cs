using System.Globalization;

namespace ActorFlow.Cli.Tests.Samples;

/// <summary>A service that multiplies.</summary>
public interface IMultiplier
{
    /// <summary>A number times the factor.</summary>
    int Times(int value);
}

/// <summary>A service with a value of its own.</summary>
public sealed class Multiplier(int factor, DayOfWeek day = DayOfWeek.Monday) : IMultiplier
{
    /// <summary>A value that is not given.</summary>
    public DayOfWeek Day => day;

    /// <inheritdoc />
    public int Times(int value) => value * factor;
}

/// <summary>A service that needs another one of its own kind: that of the flow around.</summary>
public sealed class Doubler(IMultiplier inner) : IMultiplier
{
    /// <inheritdoc />
    public int Times(int value) => 2 * inner.Times(value);
}

/// <summary>A service that writes down when it is made and disposed of.</summary>
public sealed class Recorder : IDisposable
{
    private readonly string _path;

    /// <summary>Writes that it is made.</summary>
    public Recorder(IMultiplier multiplier, string path)
    {
        _path = path;
        File.AppendAllText(path, string.Create(CultureInfo.InvariantCulture, $"made {multiplier.Times(1)}\n"));
    }

    /// <summary>Writes a line.</summary>
    public void Write(string line)
    {
        lock (_path) File.AppendAllText(_path, line + "\n");
    }

    /// <inheritdoc />
    public void Dispose() => Write("disposed");
}

/// <summary>Two services that need each other: here the first.</summary>
public sealed class Hen(Egg egg)
{
    /// <summary>The other.</summary>
    public Egg Egg => egg;
}

/// <summary>Two services that need each other: here the second.</summary>
public sealed class Egg(Hen hen)
{
    /// <summary>The other.</summary>
    public Hen Hen => hen;
}

/// <summary>A service that cannot be made.</summary>
public sealed class Unwilling : IMultiplier
{
    /// <summary>Throws.</summary>
    public Unwilling() => throw new InvalidOperationException("There is no table.");

    /// <inheritdoc />
    public int Times(int value) => value;
}

/// <summary>A task whose constructor takes a service.</summary>
[TaskName("numbers.multiply")]
public sealed class Multiply(IMultiplier multiplier) : SyncTask<int, int>
{
    /// <inheritdoc />
    public override int Run(int input, TaskContext context) => multiplier.Times(input);
}

/// <summary>A task that asks its context for a service.</summary>
[TaskName("numbers.record")]
public sealed class Record : SyncTask<int, int>
{
    /// <inheritdoc />
    public override int Run(int input, TaskContext context)
    {
        ((Recorder)context.Services.GetService(typeof(Recorder))!).Write(
            string.Create(CultureInfo.InvariantCulture, $"{context.TaskName} {input}"));
        return input;
    }
}
