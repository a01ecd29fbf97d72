using DeltaGlider.Adapters.Folder;
using DeltaGlider.Core.Ports;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.Contract;

public sealed class FolderStoreContract : ObjectStoreContract
{
    private readonly TempFolder _folder = new();

    public override ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return base.DisposeAsync();
    }

    protected override ValueTask<IObjectStore> OpenStoreAsync() => ValueTask.FromResult<IObjectStore>(new FolderStore(_folder["root"]));

    protected override bool HasGrants => false;

    // What a killed writer leaves: a file that nobody has open.
    protected override ValueTask BeginUploadAsync(string key)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder["root"], Bucket, ".dgstore", "tmp"));
        File.WriteAllBytes(Path.Combine(folder.FullName, Guid.NewGuid().ToString("n")), Bytes(10));
        return ValueTask.CompletedTask;
    }
}
