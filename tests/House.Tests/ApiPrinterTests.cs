using ActorFlow.House.Tests.ApiText;
using ActorFlow.House.Tests.ApiText.Samples;

namespace ActorFlow.House.Tests;

/// <summary>The printed API shows every kind of change, and nothing that users cannot see.</summary>
public sealed class ApiPrinterTests
{
    [Fact]
    public void Every_kind_of_member_is_printed_as_it_is_declared() => Assert.Equal(
        """
        namespace ActorFlow.House.Tests.ApiText.Samples
        {
            public delegate string? Ask<in T>(T about);
            public readonly record struct Empty;
            public abstract class Everything<T> : IDisposable where T : class, new()
            {
                public const string Word = "a";
                protected Everything(int size);
                public required T First { get; init; }
                public T? this[int index] { get; }
                public virtual string? Text { get; protected set; }
                public event EventHandler? Changed;
                public Dictionary<string, (int, T?)[]>? Deep(TimeSpan? wait = null, CancellationToken token = default);
                public void Dispose();
                public abstract bool TryFind<TKey>(in TKey key, out T? found, params int[] at) where TKey : struct;
                public static int op_Implicit(Everything<T> each);
            }
            public static class Extensions
            {
                public static bool IsLow(this Level level);
            }
            public enum Level : byte
            {
                Low = 1,
                High = 2,
            }
            public sealed record Pair
            {
                public Pair(string Name, int? Size = 3);
                public string Name { get; init; }
                public int? Size { get; init; }
            }
        }

        """,
        ApiPrinter.Print(
            [typeof(Everything<>), typeof(Pair), typeof(Empty), typeof(Level), typeof(Ask<>), typeof(Extensions)]));

    [Fact]
    public void The_order_of_the_types_does_not_matter() => Assert.Equal(
        ApiPrinter.Print([typeof(Pair), typeof(Level)]), ApiPrinter.Print([typeof(Level), typeof(Pair)]));

    [Fact]
    public void A_difference_names_the_lines_that_came_and_went() => Assert.Equal(
        ["    2 - b", "    2 + B", "    4 + d"], LineDiff.Between("a\nb\nc", "a\nB\nc\nd"));
}
