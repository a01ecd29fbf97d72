<#
.SYNOPSIS
Builds, tests, packs or demonstrates the DeltaGlider module.
.DESCRIPTION
Thin: what is built and how the module is staged under out/DeltaGlider is in the projects, so that `dotnet build` does it too.
.EXAMPLE
./build.ps1
Builds; then: Import-Module ./out/DeltaGlider
.EXAMPLE
./build.ps1 Demo -DeltaFormat Deep
Stores five successive releases of a package with the cmdlets, and proves that each comes back bit for bit. -DeltaFormat is Vcdiff where it is not given.
#>
#Requires -Version 7.4
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Package', 'Demo')]
    [string]$Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string]$Configuration = 'Release',

    # Demo: another store than a folder of this machine. Credentials come from the environment or a profile.
    [string]$EndpointUrl,

    # Demo: the bucket; at another store it has to be there.
    [string]$Bucket = 'demo',

    # Demo: the format of the deltas.
    [ValidateSet('Auto', 'Vcdiff', 'Deep')]
    [string]$DeltaFormat = 'Vcdiff'
)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

$module = Join-Path $PSScriptRoot 'out' 'DeltaGlider'

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $args ended with $LASTEXITCODE." }
}

function Build { Invoke-DotNet build (Join-Path $PSScriptRoot 'DeltaGlider.PowerShell.sln') --configuration $Configuration }

# Five successive releases of AWSSDK.S3, which the build of samples/Demo has fetched from the package feed.
function Show-Demo {
    $folder = Join-Path ([IO.Path]::GetTempPath()) "deltaglider-demo-$([Guid]::NewGuid().ToString('n'))"
    $store = @{ EndpointUrl = $EndpointUrl ? $EndpointUrl : [Uri]::new("file:///$((Join-Path $folder 'store').TrimStart('/'))").AbsoluteUri }
    $prefix = "s3://$Bucket/$((Split-Path $folder -Leaf).Substring(0, 24))/"
    try {
        # A bucket of the embedded store is a folder.
        $null = New-Item -ItemType Directory -Path ($EndpointUrl ? $folder : (Join-Path $folder 'store' $Bucket)) -Force
        $releases = Get-ChildItem (Join-Path $PSScriptRoot 'samples' 'Demo' 'bin' $Configuration '*' 'packages' 'awssdk.s3.*.nupkg') |
            Sort-Object { [version]($_.BaseName -replace '^awssdk\.s3\.') }
        if (@($releases).Count -lt 5) { throw 'The releases are not there: build samples/Demo.' }

        $releases | Copy-DGObject -Destination $prefix -DeltaFormat $DeltaFormat @store | Format-Table | Out-Host
        Get-DGObject $prefix @store | Format-Table | Out-Host

        $restored = Get-DGObject $prefix @store | Copy-DGObject -Destination (Join-Path $folder 'restored/') @store
        $proven = foreach ($release in $releases) {
            $copy = $restored | Where-Object { (Split-Path $_.Destination -Leaf) -eq $release.Name }
            [pscustomobject]@{
                Release   = $release.Name
                Seconds   = [math]::Round($copy.Elapsed.TotalSeconds, 2)
                Identical = (Get-FileHash -LiteralPath $copy.Destination).Hash -eq (Get-FileHash -LiteralPath $release.FullName).Hash
                SHA256    = $copy.Sha256
            }
        }
        $proven | Format-Table | Out-Host
        if ($proven.Identical -contains $false) { throw 'A release did not come back as it was stored.' }

        $removed = Get-DGObject $prefix @store | Remove-DGObject -Force @store
        $size = ($releases | Measure-Object Length -Sum).Sum
        $stored = ($removed | Measure-Object FreedBytes -Sum).Sum
        'All {0} releases came back bit for bit. Their {1:0.0} MiB took {2:0.0} MiB of the store, the reference included: {3:0.0}% saved.' -f
            $proven.Count, ($size / 1mb), ($stored / 1mb), (100 * (1 - $stored / $size))
    }
    finally { Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore }
}

switch ($Task) {
    'Build' { Build }

    'Test' { Push-Location $PSScriptRoot; try { Invoke-DotNet test --configuration $Configuration } finally { Pop-Location } }

    'Package' {
        Build
        & (Join-Path $PSScriptRoot 'build' 'Package.ps1') -Module $module -Destination (Join-Path $PSScriptRoot 'out')
    }

    'Demo' {
        foreach ($project in 'src/DeltaGlider.PowerShell', 'samples/Demo') { Invoke-DotNet build (Join-Path $PSScriptRoot $project) --configuration $Configuration }
        Import-Module $module
        Show-Demo
    }
}
