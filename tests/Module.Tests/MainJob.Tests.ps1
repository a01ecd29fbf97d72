BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    $stores = @(Get-TestStore)
}

Describe 'The main job on the <Store> store' -ForEach $stores {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        Import-Module $ModulePath
        $folder = New-TestFolder
        $bucket = New-TestBucket $Store $folder
        $connection = $bucket.Connection
        $versions = New-TestVersion (Join-Path $folder 'versions')
        $hashes = $versions | ForEach-Object { Get-Sha256 $_.FullName }
    }

    AfterAll { Remove-Item -LiteralPath $folder -Recurse -Force }

    It 'stores five versions as deltas of one reference' {
        $stored = $versions | Copy-DGObject -Destination "$($bucket.Uri)/app/" @connection

        $stored | Should -HaveCount 5
        $stored.Storage | Sort-Object -Unique | Should -Be 'Delta'
        $stored.Sha256 | Should -Be $hashes
        $stored[0].ReferenceSize | Should -Be 300kb
        ($stored | Select-Object -Skip 1).ReferenceSize | Sort-Object -Unique | Should -Be 0
        ($stored | Select-Object -Skip 1 | Measure-Object StoredSize -Maximum).Maximum | Should -BeLessThan 3kb
        $stored[1].Destination | Should -BeExactly "$($bucket.Uri)/app/app-1.2.zip"
        $stored[1].Source | Should -Be $versions[1].FullName
        $stored.Verified | Sort-Object -Unique | Should -Be $true
    }

    It 'lists them under their own names, with both sizes' {
        $listed = Get-DGObject "$($bucket.Uri)/app/" @connection

        $listed.Name | Should -BeExactly $versions.Name
        $listed.Size | Sort-Object -Unique | Should -Be 300kb
        $listed.Sha256 | Should -Be $hashes
        ($listed | Measure-Object StoredSize -Maximum).Maximum | Should -BeLessThan 3kb
        $listed.SavedPercent | ForEach-Object { $_ | Should -BeGreaterThan 98 }
        $listed[0].LastModified.Kind | Should -Be 'Utc'
        $listed[0].Modified | Should -Be $versions[0].LastWriteTimeUtc -Because 'the file''s own time is kept'
    }

    It 'lists buckets and prefixes' {
        (Get-DGObject @connection).Name | Should -Contain $bucket.Name
        $prefix = Get-DGObject $bucket.Uri @connection
        $prefix.Uri | Should -BeExactly "$($bucket.Uri)/app/"
        $prefix.IsPrefix | Should -BeTrue
        (Get-DGObject $bucket.Uri -Recurse @connection) | Should -HaveCount 5
        (Get-DGObject $bucket.Uri -Recurse -First 2 @connection) | Should -HaveCount 2
    }

    It '10 gives each of them back bit for bit' {
        $fetched = Get-DGObject "$($bucket.Uri)/app/" @connection | Copy-DGObject -Destination (Join-Path $folder 'back/') @connection

        $fetched | Should -HaveCount 5
        $fetched.Verified | Sort-Object -Unique | Should -Be $true
        $fetched | ForEach-Object { Get-Sha256 $_.Destination } | Should -Be $hashes
        (Get-Item $fetched[0].Destination).LastWriteTimeUtc | Should -Be $versions[0].LastWriteTimeUtc
    }

    It 'gives one back into a folder that exists, and under a name of one''s own' {
        $into = New-Item -ItemType Directory (Join-Path $folder 'into')
        (Copy-DGObject "$($bucket.Uri)/app/app-1.3.zip" $into.FullName @connection).Destination | Should -Be (Join-Path $into.FullName 'app-1.3.zip')
        (Copy-DGObject "$($bucket.Uri)/app/app-1.3.zip" (Join-Path $into.FullName 'mine.zip') @connection).Destination | Should -Be (Join-Path $into.FullName 'mine.zip')
        Get-Sha256 (Join-Path $into.FullName 'mine.zip') | Should -Be $hashes[2]
    }

    It '10 finds every one of them valid' {
        $tested = Get-DGObject $bucket.Uri -Recurse @connection | Test-DGDelta @connection

        $tested | Should -HaveCount 5
        $tested.Valid | Sort-Object -Unique | Should -Be $true
        $tested.Actual | Should -Be $hashes
        $tested.Expected | Should -Be $hashes
        $tested.Problem | Where-Object { $_ } | Should -BeNullOrEmpty
    }

    It 'replaces a version and stores it again' {
        $again = Copy-DGObject $versions[4].FullName "$($bucket.Uri)/app/app-1.1.zip" @connection
        $again.Sha256 | Should -Be $hashes[4]
        (Test-DGDelta "$($bucket.Uri)/app/app-1.1.zip" @connection).Actual | Should -Be $hashes[4]
        (Get-DGObject "$($bucket.Uri)/app/" @connection) | Should -HaveCount 5
    }

    It 'refuses to remove a reference that the others need' {
        Remove-DGObject "$($bucket.Uri)/app/reference.bin" -Force @connection -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'DeltaGlider.ReferenceInUse,*'
        $problem.CategoryInfo.Category | Should -Be 'InvalidOperation'
        (Get-DGObject "$($bucket.Uri)/app/" @connection) | Should -HaveCount 5
    }

    It '10 removes them, and the reference with the last' {
        $removed = Get-DGObject $bucket.Uri -Recurse @connection | Remove-DGObject -Force @connection

        $removed | Should -HaveCount 5
        $removed.ReferenceRemoved | Should -Be $false, $false, $false, $false, $true
        $removed[4].RemovedKeys | Should -Contain 'app/reference.bin'
        $removed[4].FreedBytes | Should -BeGreaterThan 300kb
        Get-DGObject $bucket.Uri -Recurse @connection | Should -BeNullOrEmpty
    }

    It 'removes a reference together with those that need it, when asked to' {
        $null = $versions | Select-Object -First 2 | Copy-DGObject -Destination "$($bucket.Uri)/all/" @connection
        $removed = Remove-DGObject "$($bucket.Uri)/all/reference.bin" -IncludeDependents -Force @connection
        $removed.RemovedKeys | Should -HaveCount 3
        Get-DGObject $bucket.Uri -Recurse @connection | Should -BeNullOrEmpty
    }

    It 'stores an empty file, and gives it back' {
        $empty = New-Item (Join-Path $folder 'empty.zip')
        $stored = $empty | Copy-DGObject -Destination "$($bucket.Uri)/e/" @connection
        $stored.Size | Should -Be 0
        $stored.SavedPercent | Should -BeNullOrEmpty
        (Copy-DGObject "$($bucket.Uri)/e/empty.zip" (Join-Path $folder 'empty-back.zip') @connection).Size | Should -Be 0
        (Get-Item (Join-Path $folder 'empty-back.zip')).Length | Should -Be 0
        (Test-DGDelta "$($bucket.Uri)/e/empty.zip" @connection).Valid | Should -BeTrue
        ($stored, (Get-DGObject "$($bucket.Uri)/e/" @connection) | Out-String) | Should -Not -BeNullOrEmpty
    }

    It '11 keeps every script in names: <_>' -ForEach 'Привет мир.zip', '发行版 1.zip', '🚀 rocket.zip', 'a[1].zip', 'with  two spaces.zip', 'plus+percent%20.zip', "it's `$HOME.zip", 'café.zip', "cafe$([char]0x301).zip" {
        $file = Join-Path $folder 'names' $_
        $null = New-Item -ItemType Directory (Split-Path $file) -Force
        [IO.File]::WriteAllText($file, "content of $_")

        $stored = Get-Item -LiteralPath $file | Copy-DGObject -Destination "$($bucket.Uri)/names/" @connection
        $stored.Uri | Should -BeExactly "$($bucket.Uri)/names/$_"
        (Get-DGObject "$($bucket.Uri)/names/" @connection).Name | Should -Contain $_
        $null = Copy-DGObject "$($bucket.Uri)/names/$_" (Join-Path $folder 'names-back/') @connection
        [IO.File]::ReadAllText((Join-Path $folder 'names-back' $_)) | Should -BeExactly "content of $_"
        (Get-DGObject "$($bucket.Uri)/names/" @connection | Remove-DGObject -Force @connection).Uri | Should -Contain "$($bucket.Uri)/names/$_"
    }

    It '11 keeps keys to the letter: <_>' -ForEach '/leading/a.txt', 'double//slash.txt', 'back\slash.txt', ' space .txt', '[x]*?.txt' {
        $file = Join-Path $folder 'key.txt'
        [IO.File]::WriteAllText($file, "at $_")
        (Copy-DGObject $file "$($bucket.Uri)/$_" @connection).Uri | Should -BeExactly "$($bucket.Uri)/$_"
        (Get-DGObject $bucket.Uri -Recurse @connection).Key | Should -Contain $_
        $null = Copy-DGObject "$($bucket.Uri)/$_" (Join-Path $folder 'key-back.txt') @connection
        [IO.File]::ReadAllText((Join-Path $folder 'key-back.txt')) | Should -BeExactly "at $_"
        $null = Remove-DGObject "$($bucket.Uri)/$_" -Force @connection
    }

    It 'stores whole with -NoDelta, and where the delta is larger than -MaxRatio' {
        $null = Copy-DGObject $versions[0].FullName "$($bucket.Uri)/r/" @connection
        (Copy-DGObject $versions[1].FullName "$($bucket.Uri)/r/" -NoDelta @connection).Storage | Should -Be 'Direct'
        (Copy-DGObject $versions[2].FullName "$($bucket.Uri)/r/" -MaxRatio 0 @connection).Storage | Should -Be 'Direct'
        (Test-DGDelta "$($bucket.Uri)/r/app-1.3.zip" @connection).Actual | Should -Be $hashes[2]
        $null = Get-DGObject $bucket.Uri -Recurse @connection | Remove-DGObject -Force @connection
    }

    It 'takes metadata, content type and storage class' {
        $stored = Copy-DGObject $versions[0].FullName "$($bucket.Uri)/m/whole.dat" -NoDelta -Metadata @{ team = 'red'; build = 7 } -ContentType 'application/x-test' -StorageClass STANDARD @connection
        $stored.Storage | Should -Be 'Direct'
        $generic = [Collections.Generic.Dictionary[string, string]]::new()
        $generic['team'] = 'blue'
        (Copy-DGObject $versions[0].FullName $stored.Uri -Metadata $generic @connection).Storage | Should -Be 'Direct'
        (Test-DGDelta $stored.Uri @connection).Valid | Should -BeTrue
        $null = Remove-DGObject $stored.Uri -Force @connection
    }
}
