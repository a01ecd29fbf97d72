BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $names = 'Clear-DGTempObject', 'Copy-DGObject', 'Get-DGBucketAcl', 'Get-DGBucketStats', 'Get-DGObject', 'New-DGBucket',
        'New-DGPresignedUrl', 'Remove-DGBucket', 'Remove-DGObject', 'Set-DGBucketAcl', 'Test-DGDelta'

    # A fresh engine, so that what one import leaves behind is not there for the next.
    function Invoke-Pwsh([string]$Script) {
        $pwsh = (Get-Process -Id $PID).Path
        $output = & $pwsh -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; `$m = '$ModulePath'; `$t = '$TestDrive'; $Script" 2>&1
        if ($LASTEXITCODE -ne 0) { throw "$output" }
        $output
    }
}

Describe 'Importing the module' {
    It 'has a valid manifest that names its cmdlets' {
        $manifest = Test-ModuleManifest "$ModulePath/DeltaGlider.psd1"
        $manifest.ExportedCmdlets.Keys | Sort-Object | Should -Be $names
        $manifest.ExportedFunctions.Count | Should -Be 0
        $manifest.ExportedAliases.Count | Should -Be 0
    }

    It 'gives exactly the cmdlets, and warns of nothing' {
        Invoke-Pwsh 'Import-Module $m 3>&1; (Get-Command -Module DeltaGlider).Name' |
            Should -Be $names
    }

    It 'can be imported again with -Force, twice' {
        Invoke-Pwsh 'Import-Module $m; Import-Module $m -Force; Import-Module $m -Force; (Get-Command -Module DeltaGlider).Count; (Get-Command Get-DGObject).Count' |
            Should -Be $names.Count, 1
    }

    It 'can be removed and imported again' {
        Invoke-Pwsh 'Import-Module $m; Remove-Module DeltaGlider; (Get-Command -Module DeltaGlider).Count; Import-Module $m; (Get-Command -Module DeltaGlider).Count' |
            Should -Be 0, $names.Count
    }

    It 'loads by itself when one of its cmdlets is called' {
        Invoke-Pwsh '$env:PSModulePath = (Split-Path $m); $null = New-Item -ItemType Directory "$t/auto/bkt"; (Get-DGObject -EndpointUrl "file://$t/auto").Name' |
            Should -Be 'bkt'
    }

    It 'needs no other module' {
        Invoke-Pwsh '$PSModuleAutoLoadingPreference = ''None''; Microsoft.PowerShell.Core\Import-Module $m; (Microsoft.PowerShell.Core\Get-Command -Module DeltaGlider).Count' |
            Should -Be $names.Count
    }

    It 'works in parallel runspaces and in a thread job' {
        Invoke-Pwsh '(1..4 | ForEach-Object -Parallel { Import-Module $using:m; (Get-Command -Module DeltaGlider).Count }) -join ","' | Should -Be (@($names.Count) * 4 -join ',')
        Invoke-Pwsh 'Start-ThreadJob { Import-Module $using:m; (Get-Command -Module DeltaGlider).Count } | Receive-Job -Wait' | Should -Be $names.Count
    }

    It 'makes its types known by name' {
        Invoke-Pwsh 'Import-Module $m; [DeltaGlider.DGObject].FullName; [DeltaGlider.DGException].FullName' | Should -Be 'DeltaGlider.DGObject', 'DeltaGlider.DGException'
    }

    It 'keeps its AWS SDK apart from another one, whichever comes first: <_>' -ForEach 'ours', 'theirs' {
        # The other module's copy, as a plain module would load it: into PowerShell's own context.
        $theirs = '$null = [Reflection.Assembly]::LoadFrom("$m/lib/AWSSDK.S3.dll").GetTypes().Count;'
        $ours = 'Import-Module $m; $null = New-Item "$t/f.zip" -Force; Copy-DGObject "$t/f.zip" s3://bkt/ -AccessKey a -SecretKey b -EndpointUrl http://127.0.0.1:9 -WhatIf;'
        $both = $_ -eq 'ours' ? $ours + $theirs : $theirs + $ours
        Invoke-Pwsh ($both + '$ErrorActionPreference = ''Continue''; ([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq ''AWSSDK.S3'' } | ForEach-Object { [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name } | Sort-Object -Unique) -join '',''') |
            Select-Object -Last 1 | Should -Be 'Default,DeltaGlider'
    }
}
