BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    $stores = @(Get-TestStore)
}

Describe 'Optimize-DGDeltaSpace on the <Store> store' -ForEach $stores {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        Import-Module $ModulePath
        $folder = New-TestFolder
        $bucket = New-TestBucket $Store $folder
        $connection = $bucket.Connection
        $stranger = New-TestVersion (Join-Path $folder 'stranger') -Count 1 -Size 40kb -Seed 7
        $versions = New-TestVersion (Join-Path $folder 'versions') -Count 6 -Seed 8
        $space = "$($bucket.Uri)/app/"
        $null = $stranger | Copy-DGObject -Destination "$($space)a-first.zip" @connection
        $null = $versions | Copy-DGObject -Destination $space @connection
    }

    AfterAll { Remove-Item -LiteralPath $folder -Recurse -Force }

    It 'starts from a deltaspace that a bad first file has spoilt' {
        (Get-DGObject $space @connection | Where-Object Storage -eq Direct) | Should -HaveCount 6
    }

    It 'shows the saving under -WhatIf, and changes nothing' {
        $before = Get-DGObject $space @connection | ConvertTo-Json
        $planned = Optimize-DGDeltaSpace $space -WhatIf @connection

        $planned | Should -BeOfType ([DeltaGlider.DGOptimization])
        $planned.Action | Should -Be 'ReplaceReference'
        $planned.Performed | Should -BeFalse
        $planned.Objects | Should -Be 7
        $planned.Sampled | Should -Be 7
        $planned.SavedPercent | Should -BeGreaterThan 70
        $planned.TemporarySize | Should -BeGreaterThan 0
        $planned.Dissimilar | Should -Be @("$($space)a-first.zip")
        Get-DGObject $space @connection | ConvertTo-Json | Should -BeExactly $before
    }

    It 'does it, by pipeline and with -Force, and every object comes back bit for bit' {
        $done = Get-DGObject "$($bucket.Uri)/" @connection | Where-Object IsPrefix | Optimize-DGDeltaSpace -Force @connection

        $done.Performed | Should -BeTrue
        $done.NewReference | Should -BeLike "$($space)app-1.?.zip"
        $done.ReEncoded | Should -Be 6
        $done.AfterSize | Should -BeLessThan 400kb
        $done.Saved | Should -Be ($done.BeforeSize - $done.AfterSize)
        (Get-DGObject $space @connection | Where-Object Storage -eq Delta) | Should -HaveCount 6
        $back = Get-DGObject $space @connection | Copy-DGObject -Destination (Join-Path $folder 'back/') @connection
        $back | ForEach-Object { Get-Sha256 $_.Destination } | Should -Be (@($stranger) + $versions | ForEach-Object { Get-Sha256 $_.FullName })
    }

    It 'finds nothing to do the second time, and asks nothing then' {
        $again = Optimize-DGDeltaSpace $space @connection
        $again.Action | Should -Be 'None'
        $again.Reason | Should -Not -BeNullOrEmpty
    }

    It 'is shown as a table with sizes for people' {
        $shown = Optimize-DGDeltaSpace $space @connection | Out-String -Width 160
        $shown | Should -Match 'Action +Done +Objects +Before +After +Saved +Uri'
        $shown | Should -Match 'None +False +7 +\d+[.,]\d KiB +\d+[.,]\d KiB'
    }

    It 'refuses what is no prefix, and goes on with the next' {
        $result = Optimize-DGDeltaSpace "$($bucket.Uri)/app", $space @connection -ErrorVariable errors -ErrorAction SilentlyContinue
        $result | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'DeltaGlider.InvalidArgument,*'
        "$($errors[0])" | Should -Match 'names no prefix'
    }
}
