# Runs one file of Pester tests (or all) and writes what came of each test as JSON.
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
$run = Invoke-Pester -Configuration $configuration

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
