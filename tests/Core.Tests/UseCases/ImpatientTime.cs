using Microsoft.Extensions.Time.Testing;

namespace DeltaGlider.Core.Tests.UseCases;

/// <summary>A clock on which short pauses are over at once: they are there for others to get on, and here nobody has to.</summary>
internal sealed class ImpatientTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(5);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime < Short) Advance(dueTime);
        return timer;
    }
}
