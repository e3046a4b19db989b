using System.Buffers;
using System.Globalization;

namespace ActorFlow.Cli;

/// <summary>Durations as people write them: 100ms, 30s, 5m, 2h, 1d, 1h30m, or a number of seconds.</summary>
internal static class Durations
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private static readonly (string Unit, double Seconds)[] Units =
        [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86400)];

    public static bool TryParse(string text, out TimeSpan span)
    {
        span = default;
        if (TryNumber(text, out var plain)) return TrySpan(plain, out span);
        var rest = text.AsSpan().Trim();
        var (seconds, seen) = (0.0, new HashSet<string>(StringComparer.Ordinal));
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0 || !TryNumber(rest[..digits].ToString(), out var number)) return false;
            rest = rest[digits..];
            var letters = rest.IndexOfAny(Digits) is >= 0 and var end ? end : rest.Length;
            var name = rest[..letters].ToString();
            var unit = Array.FindIndex(Units, u => u.Unit == name);
            if (unit < 0 || !seen.Add(name)) return false;
            seconds += number * Units[unit].Seconds;
            rest = rest[letters..];
        }

        return text.Length > 0 && TrySpan(seconds, out span);
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number)
        && double.IsFinite(number);

    private static bool TrySpan(double seconds, out TimeSpan span)
    {
        span = default;
        if (seconds > TimeSpan.MaxValue.TotalSeconds / 2) return false;
        span = TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
        return true;
    }
}
