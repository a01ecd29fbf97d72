using DeltaGlider.Core.Model;

namespace DeltaGlider.Demo;

/// <summary>Stores the releases one after the other, restores each, and tells what came of it.</summary>
internal sealed class DemoRun(Place place, TextWriter output)
{
    /// <summary>Runs the demo.</summary>
    /// <returns>True when every release came back with its SHA-256, and the store holds no more than was told.</returns>
    public async ValueTask<bool> RunAsync(IReadOnlyList<Release> releases, DeltaFormat format, CancellationToken cancellationToken)
    {
        output.WriteLine($"Storing {releases.Count} releases of AWSSDK.S3 in {place.Prefix}, {place.Description}");
        output.WriteLine();
        var rows = new List<Row>();
        foreach (var release in releases)
        {
            var request = new PutObjectRequest(release.Path, place.Prefix) { Format = format };
            var put = await place.UseCases.Put.RunAsync(place.UseCases.Put.Plan(request), null, cancellationToken).ConfigureAwait(false);
            rows.Add(await RestoreAsync(release, put, cancellationToken).ConfigureAwait(false));
        }

        Table.Write(output, rows, format);
        var agrees = await CompareWithListingAsync(rows, cancellationToken).ConfigureAwait(false);
        if (place.RemovesObjects) await RemoveAsync(rows, cancellationToken).ConfigureAwait(false);
        return agrees && rows.Count > 0 && rows.All(row => row.IsProven);
    }

    private async ValueTask<Row> RestoreAsync(Release release, PutObjectResult put, CancellationToken cancellationToken)
    {
        var path = Path.Combine(place.Folder, "restored", Path.GetFileName(release.Path));
        var plan = await place.UseCases.Get.PlanAsync(new GetObjectRequest(put.Uri, path), cancellationToken).ConfigureAwait(false);
        var get = await place.UseCases.Get.RunAsync(plan, null, cancellationToken).ConfigureAwait(false);
        return new Row(release, put, get, Release.HashOf(path) == release.Sha256);
    }

    /// <summary>What the store itself says it holds is the only count that cannot flatter.</summary>
    private async ValueTask<bool> CompareWithListingAsync(List<Row> rows, CancellationToken cancellationToken)
    {
        var objects = 0;
        var bytes = 0L;
        await foreach (var page in place.Store.ListAsync(new ListRequest(place.Prefix.Bucket, place.Prefix.Key), cancellationToken).ConfigureAwait(false))
        {
            objects += page.Objects.Length;
            bytes += page.Objects.Sum(listed => listed.Size);
        }

        var told = rows.Sum(row => row.Stored);
        output.WriteLine(bytes == told
            ? $"A listing of the store agrees: {objects} objects, {Table.Number(bytes)} bytes."
            : $"A listing of the store disagrees: {objects} objects, {Table.Number(bytes)} bytes in place of {Table.Number(told)}.");
        return bytes == told;
    }

    private async ValueTask RemoveAsync(List<Row> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            var plan = await place.UseCases.Remove.PlanAsync(new RemoveObjectRequest(row.Put.Uri), cancellationToken).ConfigureAwait(false);
            await place.UseCases.Remove.RunAsync(plan, cancellationToken).ConfigureAwait(false);
        }

        output.WriteLine("The objects were removed again.");
    }
}
