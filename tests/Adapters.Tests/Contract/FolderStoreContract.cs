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
}
