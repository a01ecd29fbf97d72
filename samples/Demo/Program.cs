using System.CommandLine;
using DeltaGlider.Core.Errors;
using DeltaGlider.Core.Model;
using DeltaGlider.Demo;

var endpoint = new Option<string?>("--endpoint-url") { Description = "A store to use in place of a temporary folder; credentials come from the environment." };
var bucket = new Option<string>("--bucket") { Description = "The bucket; made where it is not there.", DefaultValueFactory = _ => "deltaglider-demo" };
var keep = new Option<bool>("--keep") { Description = "Leave what was stored, to look at." };
var format = new Option<DeltaFormat>("--delta-format") { Description = "Vcdiff, which every DeltaGlider reads; Deep, between what the packages hold; Auto, Deep where it halves the delta." };
var command = new RootCommand("Stores five real releases of a NuGet package as deltas, restores each and proves its SHA-256.") { endpoint, bucket, keep, format };

command.SetAction(async (parsed, cancellationToken) =>
{
    try
    {
        using var place = await Place.OpenAsync(parsed.GetValue(endpoint), parsed.GetRequiredValue(bucket), parsed.GetValue(keep), cancellationToken).ConfigureAwait(false);
        return await new DemoRun(place, Console.Out).RunAsync(Release.All(), parsed.GetValue(format), cancellationToken).ConfigureAwait(false) ? 0 : 1;
    }
    catch (DeltaGliderException e)
    {
        await Console.Error.WriteLineAsync($"The demo failed: {e.FullText}").ConfigureAwait(false);
        return 1;
    }
});
return await command.Parse(args).InvokeAsync().ConfigureAwait(false);
