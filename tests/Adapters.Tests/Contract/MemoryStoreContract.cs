using DeltaGlider.Core.Ports;
using DeltaGlider.TestKit;

namespace DeltaGlider.Adapters.Tests.Contract;

public sealed class MemoryStoreContract : ObjectStoreContract
{
    protected override ValueTask<IObjectStore> OpenStoreAsync() => ValueTask.FromResult<IObjectStore>(new MemoryStore());

    protected override ValueTask BeginUploadAsync(string key)
    {
        ((MemoryStore)Store).BeginUpload(At(key));
        return ValueTask.CompletedTask;
    }
}
