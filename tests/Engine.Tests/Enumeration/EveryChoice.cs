namespace ActorFlow.Engine.Tests.Enumeration;

/// <summary>Decides everything in every way, one way after the other.</summary>
internal sealed class EveryChoice
{
    private readonly List<(int Taken, int Count)> _path = [];
    private int _next;

    /// <summary>A number from 0 to below <paramref name="count"/>: as last time, or 0 where that is new.</summary>
    public int Below(int count)
    {
        if (_next == _path.Count) _path.Add((0, count));
        return _path[_next++].Taken;
    }

    /// <summary>Begins again, with the next way; false if there is none.</summary>
    public bool TryNext()
    {
        _next = 0;
        while (_path.Count > 0)
        {
            var (taken, count) = _path[^1];
            if (taken + 1 < count)
            {
                _path[^1] = (taken + 1, count);
                return true;
            }

            _path.RemoveAt(_path.Count - 1);
        }

        return false;
    }
}
