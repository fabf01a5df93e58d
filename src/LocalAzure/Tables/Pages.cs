using Azure;

namespace LocalAzure.Tables;

/// <summary>Reads the page that a token names; null is the first.</summary>
internal delegate ValueTask<(List<T> Values, string? Next)> PageReader<T>(
    string? continuation, int? pageSize, CancellationToken cancellationToken);

/// <summary>The pages of a query; each is read when it is asked for.</summary>
internal sealed class LocalAsyncPageable<T>(
    PageReader<T> read, int? maxPerPage, CancellationToken cancellationToken) : AsyncPageable<T>(cancellationToken)
    where T : notnull
{
    // Most queries have one page: it needs to be no page for that.
    public override async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        string? next = null;
        do
        {
            CancellationToken.ThrowIfCancellationRequested();
            cancellationToken.ThrowIfCancellationRequested();
            (var values, next) = await read(next, maxPerPage, CancellationToken);
            foreach (var value in values) yield return value;
        }
        while (next is not null);
    }

    public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        do
        {
            CancellationToken.ThrowIfCancellationRequested();
            var (values, next) = await read(continuationToken, pageSizeHint ?? maxPerPage, CancellationToken);
            yield return Page<T>.FromValues(values, next, new LocalResponse(200));
            continuationToken = next;
        }
        while (continuationToken is not null);
    }
}

/// <inheritdoc cref="LocalAsyncPageable{T}"/>
internal sealed class LocalPageable<T>(
    PageReader<T> read, int? maxPerPage, CancellationToken cancellationToken) : Pageable<T>(cancellationToken)
    where T : notnull
{
    public override IEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        do
        {
            CancellationToken.ThrowIfCancellationRequested();
            var (values, next) = read(continuationToken, pageSizeHint ?? maxPerPage, CancellationToken).AsTask().GetAwaiter().GetResult();
            yield return Page<T>.FromValues(values, next, new LocalResponse(200));
            continuationToken = next;
        }
        while (continuationToken is not null);
    }
}
