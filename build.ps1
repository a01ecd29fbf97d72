<#
.SYNOPSIS
Builds, tests, packs or demonstrates the DeltaGlider module.
.DESCRIPTION
Thin: what is built and how the module is staged under out/DeltaGlider is in the projects, so that `dotnet build` does it too.
.EXAMPLE
./build.ps1
Builds; then: Import-Module ./out/DeltaGlider
.EXAMPLE
./build.ps1 Demo
Stores five successive releases of a package with the cmdlets, and proves that each comes back bit for bit.
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

    # Demo: a bucket that is there; needed with -EndpointUrl.
    [string]$Bucket = 'demo'
)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

$module = Join-Path $PSScriptRoot 'out' 'DeltaGlider'

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $args ended with $LASTEXITCODE." }
}

function Build { Invoke-DotNet build (Join-Path $PSScriptRoot 'DeltaGlider.PowerShell.sln') --configuration $Configuration }

switch ($Task) {
    'Build' { Build }

    'Test' { Push-Location $PSScriptRoot; try { Invoke-DotNet test --configuration $Configuration } finally { Pop-Location } }

    'Package' {
        # A zip of the module folder, to unpack under a folder of $env:PSModulePath.
        Build
        $version = (Import-PowerShellDataFile (Join-Path $module 'DeltaGlider.psd1')).ModuleVersion
        $package = Join-Path $PSScriptRoot 'out' "DeltaGlider-$version.zip"
        Compress-Archive -Path $module -DestinationPath $package -Force
        Get-Item -LiteralPath $package
    }

    'Demo' {
        Build
        & (Join-Path $PSScriptRoot 'samples' 'Demo.ps1') -ModulePath $module -EndpointUrl $EndpointUrl -Bucket $Bucket
    }
}
