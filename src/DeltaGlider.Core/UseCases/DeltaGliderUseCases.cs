using DeltaGlider.Core.Model;
using DeltaGlider.Core.Observability;
using DeltaGlider.Core.Ports;
using DeltaGlider.Core.Rules;
using DeltaGlider.Core.UseCases.Folders;
using DeltaGlider.Core.UseCases.Optimizing;
using DeltaGlider.Core.UseCases.Parts;
using DeltaGlider.Core.UseCases.Parts.Repair;

namespace DeltaGlider.Core.UseCases;

/// <summary>The use cases over one set of ports: what a front end calls.</summary>
public sealed class DeltaGliderUseCases
{
    private readonly UseCasePorts _ports;

    /// <summary>Builds them.</summary>
    /// <param name="ports">What they stand on.</param>
    /// <param name="policy">What decides between delta and direct.</param>
    /// <param name="toolVersion">This program's version, for the metadata.</param>
    public DeltaGliderUseCases(UseCasePorts ports, DeltaPolicy policy, string toolVersion)
    {
        var log = ports.Logs.CreateLogger("DeltaGlider");
        var metadata = new MetadataWriter($"deltaglider-ps/{toolVersion}");
        var locator = new VariantLocator(ports.Store, ports.Transfers);
        var line = new SpaceLine();
        var loader = new ReferenceLoader(ports.Store, ports.Codec, new CountedCache(ports.Cache), new KeptReferences(ports.Storage, ports.Codec, log));
        var keeper = new ReferenceKeeper(ports.Store, loader, metadata, ports.Time, log);
        var remover = new VariantRemover(ports.Store, keeper, log);
        var restorer = new ObjectRestorer(ports.Store, locator, ports.Codec, loader);
        var direct = new DirectWriter(ports.Store, locator, remover, metadata, ports.Time);
        var delta = new DeltaWriter(ports.Store, locator, keeper, line, metadata, ports.Time, log);

        Transfers = ports.Transfers;
        Parts = new StoreParts(ports.Store, new LogicalListing(ports.Store), locator, restorer, ports.Transfers);
        _ports = ports;
        Put = new PutObject(ports.Files, direct, delta, policy, log);
        Get = new GetObject(locator, restorer, ports.Files);
        List = new ListObjects(ports.Store, ports.Transfers.Limit);
        Buckets = new ListBuckets(ports.Store);
        Remove = new RemoveObject(ports.Store, locator, keeper, remover, line, ports.Time);
        Stats = new BucketStats(ports.Store, ports.Transfers, ports.Time);
        Report = new WriteReport(ports.Files);
        var proof = new ReferenceProof(ports.Store, loader);
        Verify = new VerifyObject(locator, restorer, proof);
        Scrub = new ScrubPrefix(ports.Store, Verify, proof, ports.Transfers);
        Presign = new PresignObject(ports.Store, ports.Care, locator, restorer, ports.Files, metadata, ports.Time);
        Purge = new PurgeBucket(ports.Store, ports.Care, new SpareNeed(ports.Store, keeper), ports.Transfers, ports.Time);
        MakeBucket = new MakeBucket(ports.Store);
        RemoveBucket = new RemoveBucket(ports.Store, ports.Care);
        Repair = new RepairObject(
            ports.Store,
            new DeltaRepair(ports.Store, ports.Codec, loader, metadata),
            new ReferenceRepair(ports.Store, locator, keeper, loader, metadata, ports.Time),
            loader,
            Remove,
            Verify);

        var originals = new OriginalReader(restorer, metadata);
        var settling = new VariantSettling(ports.Store, locator, restorer);
        var rewriting = new ObjectRewriting(locator);
        var inventory = new SpaceInventory(ports.Store, locator, policy, ports.Transfers.Limit);
        Optimize = new OptimizeDeltaSpace(
            ports.Store,
            inventory,
            new ReferenceTrial(originals, keeper, ports.Codec),
            new ReferenceExchange(ports.Store, locator, keeper, loader, ports.Time),
            keeper,
            new WholeMaker(rewriting, originals, settling),
            new DeltaReplacer(ports.Store, rewriting, originals, settling, keeper, inventory, metadata),
            policy,
            ports.Transfers,
            ports.Time,
            log);
    }

    /// <summary>Stores a file.</summary>
    public PutObject Put { get; }

    /// <summary>Fetches an object into a file.</summary>
    public GetObject Get { get; }

    /// <summary>Lists objects under their logical names.</summary>
    public ListObjects List { get; }

    /// <summary>Lists the buckets.</summary>
    public ListBuckets Buckets { get; }

    /// <summary>Says what a bucket's files take.</summary>
    public BucketStats Stats { get; }

    /// <summary>Writes statistics as a page.</summary>
    public WriteReport Report { get; }

    /// <summary>Removes an object.</summary>
    public RemoveObject Remove { get; }

    /// <summary>Reads an object back and compares its SHA-256.</summary>
    public VerifyObject Verify { get; }

    /// <summary>Verifies everything below a prefix.</summary>
    public ScrubPrefix Scrub { get; }

    /// <summary>Makes a link to an object.</summary>
    public PresignObject Presign { get; }

    /// <summary>Clears a bucket of what has been left in it.</summary>
    public PurgeBucket Purge { get; }

    /// <summary>Makes a bucket.</summary>
    public MakeBucket MakeBucket { get; }

    /// <summary>Removes an empty bucket.</summary>
    public RemoveBucket RemoveBucket { get; }

    /// <summary>Mends what verifying has found.</summary>
    public RepairObject Repair { get; }

    /// <summary>Looks after a deltaspace's reference.</summary>
    public OptimizeDeltaSpace Optimize { get; }

    /// <summary>What bounds the work that goes on at the same time.</summary>
    internal TransferGate Transfers { get; }

    /// <summary>What reads the store.</summary>
    internal StoreParts Parts { get; }

    /// <summary>Copies objects of <paramref name="source"/>, which may be of another store, into this store.</summary>
    public CopyObject CopyFrom(DeltaGliderUseCases source) => new(source.Parts.Locator, source.Parts.Restorer, Parts.Locator, Put, _ports.Files);

    /// <summary>Brings whole folders to or from this store; from S3 to S3, out of <paramref name="source"/> into this one.</summary>
    public SyncFolder SyncFrom(DeltaGliderUseCases source) => new(source, this, _ports);

    /// <summary>Migrates buckets of <paramref name="source"/>, which may be of another store, into this store.</summary>
    public Migrate MigrateFrom(DeltaGliderUseCases source) => new(source.Parts, SyncFrom(source));
}
