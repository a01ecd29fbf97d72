# Runs one file of Pester tests (or all) on the module as it comes out of its package, and writes what came of each test as
# JSON. The number that a test's name begins with is that of the point it checks in docs/design/module-checks.md.
# Exit code: 0 all passed, 1 some failed, 3 Pester 5 is missing.
param(
    [string]$Path = $PSScriptRoot,
    [string]$Report
)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
if (-not (Get-Module Pester -ListAvailable | Where-Object { $_.Version.Major -eq 5 })) {
    [Console]::Error.WriteLine('Pester 5 is not installed: Install-PSResource Pester')
    exit 3
}

Import-Module Pester -MinimumVersion 5.0 -MaximumVersion 5.99.99
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = $Report ? 'None' : 'Detailed'

# What users get is what is tested: the package is made of the staged module, and unpacked as a repository's client does.
$unpacked = $null
if (-not $env:DG_TEST_MODULE) {
    $unpacked = Join-Path ([IO.Path]::GetTempPath()) "dg-packed-$([Guid]::NewGuid().ToString('n'))"
    $root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
    $package = & (Join-Path $root 'build' 'Package.ps1') -Module (Join-Path $root 'out' 'DeltaGlider') -Destination $unpacked
    $env:DG_TEST_PACKAGE = $package.FullName
    $env:DG_TEST_MODULE = Join-Path $unpacked 'DeltaGlider'
    [IO.Compression.ZipFile]::ExtractToDirectory($package.FullName, $env:DG_TEST_MODULE)
}

try { $run = Invoke-Pester -Configuration $configuration }
finally {
    if ($unpacked) {
        Remove-Item -LiteralPath $unpacked -Recurse -Force -ErrorAction Ignore
        $env:DG_TEST_MODULE = $env:DG_TEST_PACKAGE = $null
    }
}

if ($Report) {
    $tests = foreach ($test in $run.Tests) {
        [pscustomobject]@{
            name    = $test.ExpandedPath
            result  = "$($test.Result)"
            seconds = $test.Duration.TotalSeconds
            error   = ($test.ErrorRecord | ForEach-Object { "$_`n$($_.ScriptStackTrace)" }) -join "`n"
        }
    }
    # What fails outside of a test: a BeforeAll, or the file itself.
    $outside = foreach ($place in @($run.FailedBlocks) + @($run.FailedContainers)) {
        [pscustomobject]@{
            name    = "$($place.ExpandedPath ?? $place.Item)"
            result  = 'Failed'
            seconds = 0
            error   = ($place.ErrorRecord | ForEach-Object { "$_`n$($_.ScriptStackTrace)" }) -join "`n"
        }
    }
    ConvertTo-Json -InputObject @(@($tests) + @($outside) | Where-Object { $_ }) -Depth 3 | Set-Content -LiteralPath $Report
}

exit ($run.Result -eq 'Passed' ? 0 : 1)
