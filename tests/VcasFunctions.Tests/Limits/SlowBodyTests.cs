using VcasFunctions.Http;
using VcasFunctions.Problems;

namespace VcasFunctions.Tests.Limits;

/// <summary>A body that comes in drops, and one without end.</summary>
public sealed class SlowBodyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_that_does_not_arrive_in_time_is_given_up()
    {
        await using var body = new BoundedStream(new Dripping(), 64 * 1024, TimeSpan.FromMilliseconds(200));
        var refused = await Assert.ThrowsAsync<ProblemException>(() => body.CopyToAsync(Stream.Null, Cancellation));
        Assert.Equal((408, 1015), (refused.Problem.Status, refused.Problem.Code));
    }

    [Fact]
    public async Task A_body_without_an_end_is_cut_off_at_its_limit()
    {
        await using var body = new BoundedStream(new Endless(), 64 * 1024, TimeSpan.FromMinutes(1));
        var refused = await Assert.ThrowsAsync<ProblemException>(() => body.CopyToAsync(Stream.Null, Cancellation));
        Assert.Equal((413, 1008), (refused.Problem.Status, refused.Problem.Code));
    }

    [Fact]
    public async Task Whoever_gives_up_first_is_not_told_that_it_was_slow()
    {
        using var left = new CancellationTokenSource();
        await left.CancelAsync();
        await using var body = new BoundedStream(new Dripping(), 64 * 1024, TimeSpan.FromMinutes(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => body.CopyToAsync(Stream.Null, left.Token));
    }

    // Never gives more than a byte, and after the first makes whoever reads wait for ever.
    private sealed class Dripping : MemoryStream
    {
        private bool given;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (given) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            given = true;
            buffer.Span[0] = (byte)'{';
            return 1;
        }
    }

    private sealed class Endless : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(buffer.Length);
    }
}
