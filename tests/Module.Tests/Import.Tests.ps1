BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $names = (Import-PowerShellDataFile "$ModulePath/DeltaGlider.psd1").CmdletsToExport | Sort-Object
}

Describe 'Importing the module' {
    It '01 has a valid manifest that names its cmdlets' {
        $manifest = Test-ModuleManifest "$ModulePath/DeltaGlider.psd1"
        $manifest.ExportedCmdlets.Keys | Sort-Object | Should -Be $names
        $manifest.ExportedFunctions.Count | Should -Be 0
        $manifest.ExportedAliases.Count | Should -Be 0
    }

    It '01 its package is one that a repository takes, knows the cmdlets of and gives back' -Skip:(-not $env:DG_TEST_PACKAGE) {
        $name = "dg-test-$([Guid]::NewGuid().ToString('n').Substring(0, 8))"
        $null = New-Item -ItemType Directory "$TestDrive/repository", "$TestDrive/saved"
        Register-PSResourceRepository -Name $name -Uri "$TestDrive/repository" -Trusted
        try {
            Publish-PSResource -NupkgPath $env:DG_TEST_PACKAGE -Repository $name
            $found = Find-PSResource -Name DeltaGlider -Repository $name -Prerelease
            $found.Version | Should -Be '0.1.0'
            $found.ProjectUri | Should -Not -BeNullOrEmpty
            $found.LicenseUri | Should -Not -BeNullOrEmpty
            $found.ReleaseNotes | Should -Not -BeNullOrEmpty
            $found.Dependencies | Should -BeNullOrEmpty
            $found.Includes.Cmdlet | Sort-Object | Should -Be $names
            Save-PSResource -Name DeltaGlider -Repository $name -Prerelease -Path "$TestDrive/saved"
        }
        finally { Unregister-PSResourceRepository -Name $name }
        Invoke-Pwsh '$env:PSModulePath = "$t/saved"; (Get-Command Copy-DGObject).Version.ToString()' | Should -Be '0.1.0'
    }

    It '01 the package has what it needs, and no more' -Skip:(-not $env:DG_TEST_PACKAGE) {
        (Get-Item $env:DG_TEST_PACKAGE).Length | Should -BeLessThan 12mb
        $archive = [IO.Compression.ZipFile]::OpenRead($env:DG_TEST_PACKAGE)
        try { $entries = $archive.Entries.FullName }
        finally { $archive.Dispose() }
        $entries | Where-Object { $_ -match '\.(pdb|deps\.json)$' -or $_ -match '^lib/(ref|runtimes|[a-z]{2})/' -or $_ -match '^lib/.*\.xml$' } | Should -BeNullOrEmpty
        foreach ($name in 'LICENSE', 'THIRD-PARTY-NOTICES.txt', 'DeltaGlider.psd1', 'en-US/DeltaGlider.PowerShell.dll-Help.xml', 'lib/AWSSDK.SSO.dll', 'lib/AWSSDK.SSOOIDC.dll', 'lib/AWSSDK.SecurityToken.dll') { $entries | Should -Contain $name }
    }

    It '02 gives exactly the cmdlets, and warns of nothing' {
        Invoke-Pwsh 'Import-Module $m 3>&1; (Get-Command -Module DeltaGlider).Name' |
            Should -Be $names
    }

    It '04 can be imported again with -Force, twice' {
        Invoke-Pwsh 'Import-Module $m; Import-Module $m -Force; Import-Module $m -Force; (Get-Command -Module DeltaGlider).Count; (Get-Command Get-DGObject).Count' |
            Should -Be $names.Count, 1
    }

    It '04 can be removed and imported again' {
        Invoke-Pwsh 'Import-Module $m; Remove-Module DeltaGlider; (Get-Command -Module DeltaGlider).Count; Import-Module $m; (Get-Command -Module DeltaGlider).Count' |
            Should -Be 0, $names.Count
    }

    It '04 loads by itself when one of its cmdlets is called' {
        Invoke-Pwsh '$env:PSModulePath = (Split-Path $m); $null = New-Item -ItemType Directory "$t/auto/bkt"; (Get-DGObject -EndpointUrl "file://$t/auto").Name' |
            Should -Be 'bkt'
    }

    It '05 needs no other module' {
        Invoke-Pwsh '$PSModuleAutoLoadingPreference = ''None''; Microsoft.PowerShell.Core\Import-Module $m; (Microsoft.PowerShell.Core\Get-Command -Module DeltaGlider).Count' |
            Should -Be $names.Count
    }

    It '05 loads the cmdlets'' own assembly and no other' {
        # What is loaded at the first call costs nothing where the module is only there.
        Invoke-Pwsh 'Import-Module $m; ([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name -eq "DeltaGlider" } | ForEach-Object { $_.GetName().Name }) -join ","' |
            Should -Be 'DeltaGlider.PowerShell'
    }

    It '04 works in parallel runspaces and in a thread job' {
        Invoke-Pwsh '(1..4 | ForEach-Object -Parallel { Import-Module $using:m; (Get-Command -Module DeltaGlider).Count }) -join ","' | Should -Be (@($names.Count) * 4 -join ',')
        Invoke-Pwsh 'Start-ThreadJob { Import-Module $using:m; (Get-Command -Module DeltaGlider).Count } | Receive-Job -Wait' | Should -Be $names.Count
    }

    It 'makes its types known by name' {
        Invoke-Pwsh 'Import-Module $m; [DeltaGlider.DGObject].FullName; [DeltaGlider.DGException].FullName' | Should -Be 'DeltaGlider.DGObject', 'DeltaGlider.DGException'
    }
}
