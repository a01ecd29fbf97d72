# What CI users are given: the pwsh steps of the action and of the template are taken out of the files and run as they stand,
# with the environment that their inputs make.
BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    Import-Module $ModulePath
    $sync = [bool](Get-Command Sync-DGFolder -ErrorAction Ignore)
}

Describe '<File>' -ForEach @(
    @{ File = '.github/actions/deltaglider-sync/action.yml'; Key = 'run' }
    @{ File = 'docs/ci/azure-pipelines-sync.yml'; Key = 'pwsh' }
) {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"

        # The block scalars under a key of a YAML file, in their order.
        function Get-BlockScalar([string]$Path, [string]$Name) {
            $block = $indent = $null
            foreach ($line in @(Get-Content -LiteralPath $Path) + 'end') {
                if ($null -ne $block) {
                    if ($line -match '^\s*$' -or $line.Length - $line.TrimStart().Length -gt $indent) { $block.Add($line); continue }
                    $first = $block[0].Length - $block[0].TrimStart().Length
                    ($block | ForEach-Object { $_.Length -gt $first ? $_.Substring($first) : '' }) -join "`n"
                    $block = $null
                }
                if ($line -match "^(\s*)(- )?$([regex]::Escape($Name)): \|\s*$") { $block = [Collections.Generic.List[string]]::new(); $indent = $Matches[1].Length + "$($Matches[2])".Length }
            }
        }

        # As a runner does: the script in a file of its own, and stopped at the first error.
        function Invoke-Step([string]$Script, [hashtable]$Environment) {
            $path = Join-Path $folder 'step.ps1'
            Set-Content $path "`$ErrorActionPreference = 'Stop'`n$Script"
            $before = @{}
            foreach ($name in $Environment.Keys) { $before[$name] = [Environment]::GetEnvironmentVariable($name); [Environment]::SetEnvironmentVariable($name, $Environment[$name]) }
            try { & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command ". '$path'" 2>&1 | Out-String; $script:code = $LASTEXITCODE }
            finally { foreach ($name in $before.Keys) { [Environment]::SetEnvironmentVariable($name, $before[$name]) } }
        }

        $steps = @(Get-BlockScalar "$RepositoryPath/$File" $Key)
        $folder = New-TestFolder
        $bucket = New-TestBucket 'embedded' $folder
        $files = New-TestVersion (Join-Path $folder 'artifacts') -Count 3
        $sent = @{ DG_SYNC_SOURCE = (Join-Path $folder 'artifacts'); DG_SYNC_DESTINATION = "$($bucket.Uri)/app/"; DG_SYNC_ENDPOINT = $bucket.Connection.EndpointUrl; DG_SYNC_DELETE = 'false'; DG_SYNC_WHAT_IF = 'false' }
    }

    AfterAll { Remove-Item -LiteralPath $folder -Recurse -Force }

    It 'has two steps in PowerShell, and both are sound' {
        $steps | Should -HaveCount 2
        foreach ($step in $steps) {
            $errors = $null
            $null = [System.Management.Automation.Language.Parser]::ParseInput($step, [ref]$null, [ref]$errors)
            $errors | Should -BeNullOrEmpty
            $step | Should -Not -Match '\$\{\{' -Because 'inputs come in by the environment'
        }
    }

    It 'installs the module from a repository' -Skip:($IsWindows -or -not $env:DG_TEST_PACKAGE) {
        # In a home of its own, which has a repository of that name and no other.
        $repository = (New-Item -ItemType Directory (Join-Path $folder 'repository')).FullName
        $null = New-Item -ItemType Directory (Join-Path $folder 'home' 'share'), (Join-Path $folder 'home' 'cache')
        Copy-Item $env:DG_TEST_PACKAGE $repository
        $before = "Register-PSResourceRepository -Name dg-test -Uri '$repository'`n"
        $after = "`n(Get-InstalledPSResource DeltaGlider).Version.ToString()"
        $said = Invoke-Step ($before + $steps[0] + $after) @{ DG_MODULE_REPOSITORY = 'dg-test'; DG_MODULE_VERSION = '[0.1.0-preview1]'; HOME = (Join-Path $folder 'home'); XDG_DATA_HOME = (Join-Path $folder 'home' 'share'); XDG_CACHE_HOME = (Join-Path $folder 'home' 'cache') }
        $script:code | Should -Be 0 -Because $said
        $said | Should -Match '0\.1\.0'
    }

    It 'synchronizes a folder, shows what it would do when asked to, and removes what is gone when asked to' -Skip:(-not $sync) {
        $head = "Import-Module '$ModulePath'`n"
        $said = Invoke-Step ($head + $steps[1]) $sent
        $script:code | Should -Be 0 -Because $said
        Import-Module $ModulePath
        $connection = $bucket.Connection
        Get-DGObject "$($bucket.Uri)/app/" @connection | Should -HaveCount 3

        Remove-Item $files[0].FullName
        $dry = $sent.Clone(); $dry.DG_SYNC_DELETE = 'true'; $dry.DG_SYNC_WHAT_IF = 'true'
        Invoke-Step ($head + $steps[1]) $dry | Should -Match 'What if'
        Get-DGObject "$($bucket.Uri)/app/" @connection | Should -HaveCount 3

        $wet = $sent.Clone(); $wet.DG_SYNC_DELETE = 'true'
        $null = Invoke-Step ($head + $steps[1]) $wet
        $script:code | Should -Be 0
        Get-DGObject "$($bucket.Uri)/app/" @connection | Should -HaveCount 2
    }

    It 'fails when something could not be synchronized' -Skip:(-not $sync) {
        $bad = $sent.Clone(); $bad.DG_SYNC_DESTINATION = 's3://dg-no-such-bucket-7f3a/app/'
        $said = Invoke-Step ("Import-Module '$ModulePath'`n" + $steps[1]) $bad
        $script:code | Should -Be 1 -Because $said
    }
}
