<#
.SYNOPSIS
Measures how long the module takes to import, beside an empty one.
.DESCRIPTION
Each import is the first one of a new pwsh, the two modules in turn, so that what else the machine does hits both. The
medians are compared: what the module costs beyond an empty one is to be at most 150 ms. On a machine that is busy with
other things the processor's time says more than the clock: it is told beside.
.EXAMPLE
./tests/Benchmarks/Measure-Import.ps1 -Rounds 21
#>
#Requires -Version 7.4
[CmdletBinding()]
[OutputType([pscustomobject])]
param(
    # The module: by default what the build has staged.
    [string]$Module = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'DeltaGlider')),

    # How many imports of each.
    [ValidateRange(3, 1000)]
    [int]$Rounds = 15,

    # What is allowed beyond an empty module, in milliseconds.
    [double]$Allowed = 150
)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

$pwsh = (Get-Process -Id $PID).Path
$folder = Join-Path ([IO.Path]::GetTempPath()) "dg-import-$([Guid]::NewGuid().ToString('n'))"

function Get-Median([double[]]$Value) { ($Value | Sort-Object)[[int][math]::Floor($Value.Count / 2)] }

# In milliseconds, within a new pwsh.
function Measure-Import([string]$Path) {
    $script = '
        $p = [Diagnostics.Process]::GetCurrentProcess()
        $before = $p.TotalProcessorTime
        $clock = [Diagnostics.Stopwatch]::StartNew()
        Import-Module -Name $env:DG_MEASURED
        $ms = $clock.Elapsed.TotalMilliseconds
        $p.Refresh()
        foreach ($value in $ms, ($p.TotalProcessorTime - $before).TotalMilliseconds) { $value.ToString([cultureinfo]::InvariantCulture) }'
    $env:DG_MEASURED = $Path
    $said = & $pwsh -NoProfile -NonInteractive -Command $script
    if ($LASTEXITCODE -ne 0) { throw "pwsh ended with $LASTEXITCODE." }
    $clock, $cpu = $said | ForEach-Object { [double]::Parse($_, [cultureinfo]::InvariantCulture) }
    [pscustomobject]@{ Clock = $clock; Cpu = $cpu }
}

try {
    $empty = Join-Path $folder 'Empty'
    $null = New-Item -ItemType Directory -Path $empty
    Set-Content -LiteralPath (Join-Path $empty 'Empty.psm1') -Value ''
    New-ModuleManifest -Path (Join-Path $empty 'Empty.psd1') -RootModule 'Empty.psm1' -CmdletsToExport @() -FunctionsToExport @() -AliasesToExport @() -VariablesToExport @()

    # The files come from the disk once.
    $null = Measure-Import $empty
    $null = Measure-Import $Module
    $times = foreach ($round in 1..$Rounds) {
        [pscustomobject]@{ Empty = Measure-Import $empty; Module = Measure-Import $Module }
    }

    $difference = (Get-Median $times.Module.Clock) - (Get-Median $times.Empty.Clock)
    [pscustomobject]@{
        Rounds          = $Rounds
        EmptyMs         = [math]::Round((Get-Median $times.Empty.Clock), 1)
        ModuleMs        = [math]::Round((Get-Median $times.Module.Clock), 1)
        DifferenceMs    = [math]::Round($difference, 1)
        AllowedMs       = $Allowed
        WithinAllowed   = $difference -le $Allowed
        EmptyCpuMs      = [math]::Round((Get-Median $times.Empty.Cpu), 1)
        ModuleCpuMs     = [math]::Round((Get-Median $times.Module.Cpu), 1)
        CpuDifferenceMs = [math]::Round((Get-Median $times.Module.Cpu) - (Get-Median $times.Empty.Cpu), 1)
    }
}
finally {
    $env:DG_MEASURED = $null
    Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
}
