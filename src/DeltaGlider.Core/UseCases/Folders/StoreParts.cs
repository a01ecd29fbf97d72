using DeltaGlider.Core.Ports;
using DeltaGlider.Core.UseCases.Parts;

namespace DeltaGlider.Core.UseCases.Folders;

/// <summary>What reads a store.</summary>
/// <param name="Store">The store.</param>
/// <param name="Listing">Lists it.</param>
/// <param name="Locator">Finds what a name stands for.</param>
/// <param name="Restorer">Reads files back.</param>
/// <param name="Transfers">What bounds the requests.</param>
internal sealed record StoreParts(IObjectReader Store, LogicalListing Listing, VariantLocator Locator, ObjectRestorer Restorer, TransferGate Transfers);
