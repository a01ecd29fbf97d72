<#
.SYNOPSIS
Makes the package of a module folder that a PowerShell repository takes.
.OUTPUTS
The .nupkg.
#>
#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Microsoft.PowerShell.PSResourceGet'; ModuleVersion = '1.1.0' }
[CmdletBinding()]
[OutputType([System.IO.FileInfo])]
param(
    # The module's folder, as a build stages it.
    [Parameter(Mandatory)]
    [string]$Module,

    # Where the package goes.
    [Parameter(Mandatory)]
    [string]$Destination,

    # It may not be larger than this.
    [long]$MaximumSize = 12MB
)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

$null = New-Item -ItemType Directory -Path $Destination -Force
$manifest = Import-PowerShellDataFile -LiteralPath (Join-Path $Module 'DeltaGlider.psd1')
$prerelease = $manifest.PrivateData.PSData['Prerelease']
$version = $prerelease ? "$($manifest.ModuleVersion)-$prerelease" : $manifest.ModuleVersion
$package = Join-Path $Destination "DeltaGlider.$version.nupkg"

# Of an earlier build; it is not replaced otherwise.
Remove-Item -LiteralPath $package -ErrorAction Ignore
Compress-PSResource -Path $Module -DestinationPath $Destination

# A repository finds a module by the names of its cmdlets where they are among the tags, as PowerShellGet has them.
$archive = [IO.Compression.ZipFile]::Open($package, [IO.Compression.ZipArchiveMode]::Update)
try {
    $entry = $archive.GetEntry('DeltaGlider.nuspec')
    $reader = [IO.StreamReader]::new($entry.Open())
    $nuspec = [xml]$reader.ReadToEnd()
    $reader.Dispose()
    $nuspec.package.metadata.tags = @(
        $nuspec.package.metadata.tags
        'PSIncludes_Cmdlet'
        foreach ($name in $manifest.CmdletsToExport) { "PSCmdlet_$name"; "PSCommand_$name" }
    ) -join ' '
    $entry.Delete()
    $stream = $archive.CreateEntry('DeltaGlider.nuspec').Open()
    $nuspec.Save($stream)
    $stream.Dispose()
}
finally { $archive.Dispose() }

$made = Get-Item -LiteralPath $package
if ($made.Length -gt $MaximumSize) { throw "The package has $($made.Length) bytes, and at most $MaximumSize are allowed." }
$made
