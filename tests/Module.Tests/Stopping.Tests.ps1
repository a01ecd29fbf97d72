BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    $stores = @(Get-TestStore)
    $unix = -not $IsWindows
}

Describe 'Stopping on the <Store> store' -ForEach $stores {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        Import-Module $ModulePath
        $folder = New-TestFolder
        $bucket = New-TestBucket $Store $folder
        $connection = $bucket.Connection
    }

    AfterAll { Remove-Item -LiteralPath $folder -Recurse -Force }

    # What the system does with Ctrl+C: the signal goes to a pwsh that is in the middle of a large upload.
    It '18 Ctrl+C: nothing is stored, no multipart upload is left, no temporary' -Skip:(-not $unix) {
        $big = Join-Path $folder 'big.bin'
        $stream = [IO.File]::Create($big)
        $block = [byte[]]::new(1mb)
        [Random]::new(3).NextBytes($block)
        foreach ($n in 1..300) { $block[0] = $n % 256; $stream.Write($block) }
        $stream.Dispose()

        $script = Join-Path $folder 'upload.ps1'
        Set-Content $script "param(`$m, `$f, `$d) Import-Module `$m; `$c = `$env:DG_PESTER_CONNECTION | ConvertFrom-Json -AsHashtable; 'begun'; try { Copy-DGObject `$f `$d @c } finally { [IO.File]::WriteAllText(`"`$f.ended`", '') }"
        $env:DG_PESTER_CONNECTION = $connection | ConvertTo-Json
        $start = [Diagnostics.ProcessStartInfo]::new((Get-Process -Id $PID).Path)
        foreach ($argument in '-NoProfile', '-NonInteractive', '-File', $script, $ModulePath, $big, "$($bucket.Uri)/stopped/big.bin") { $start.ArgumentList.Add($argument) }
        $start.RedirectStandardOutput = $start.RedirectStandardError = $start.RedirectStandardInput = $true
        $child = [Diagnostics.Process]::Start($start)
        $env:DG_PESTER_CONNECTION = $null
        try {
            $said = $child.StandardOutput.ReadLine()
            $said | Should -Be 'begun'

            # As soon as bytes are under way: a temporary in the embedded store, an upload in parts at S3.
            foreach ($round in 1..300) {
                if ($child.HasExited) { break }
                $underWay = $Store -eq 'embedded' ? @(Get-ChildItem $bucket.Root -Recurse -File -Force).Count : @(Get-MultipartUpload $bucket).Count
                if ($underWay) { break }
                Start-Sleep -Milliseconds 20
            }
            $child.HasExited | Should -BeFalse -Because 'it is to be stopped in the middle'
            & kill -INT $child.Id
            $child.WaitForExit(60000) | Should -BeTrue
            Test-Path "$big.ended" | Should -BeTrue -Because 'the script''s own finally runs too'
        }
        finally { if (-not $child.HasExited) { $child.Kill($true) }; $child.Dispose() }

        Get-DGObject "$($bucket.Uri)/stopped/" @connection | Should -BeNullOrEmpty
        if ($Store -eq 'embedded') { Get-StoredFile $bucket | Should -BeNullOrEmpty; @(Get-ChildItem $bucket.Root -Recurse -File -Force | Where-Object FullName -Match '[\\/]tmp[\\/]') | Should -BeNullOrEmpty }
        else { Get-MultipartUpload $bucket | Should -BeNullOrEmpty }
    }

    It '18 a download that is stopped leaves the old file and no temporary' {
        $version = New-TestVersion (Join-Path $folder 'down') -Count 1 -Size 30mb
        $null = Copy-DGObject $version.FullName "$($bucket.Uri)/down/" -NoDelta @connection
        $into = New-Item -ItemType Directory (Join-Path $folder 'into')
        foreach ($pause in 0, 30, 120) {
            Set-Content (Join-Path $into $version.Name) 'old'
            $shell = [powershell]::Create()
            $null = $shell.AddScript('param($m, $s, $d, $c) Import-Module $m; Copy-DGObject $s $d @c').AddArgument($ModulePath).AddArgument("$($bucket.Uri)/down/$($version.Name)").AddArgument($into.FullName).AddArgument($connection)
            $null = $shell.BeginInvoke()
            Start-Sleep -Milliseconds $pause
            $shell.Stop()
            $shell.Dispose()
            (Get-ChildItem $into -Force).Name | Should -Be $version.Name
            # Stopped in time it is the old one; it may have been quicker.
            if ((Get-Item (Join-Path $into $version.Name)).Length -ne 30mb) { Get-Content (Join-Path $into $version.Name) | Should -Be 'old' }
        }
    }

    It '17 Select-Object -First 1 cancels what is under way, and waits for it' {
        $many = New-TestVersion (Join-Path $folder 'many') -Count 12 -Size 200kb
        $null = $many | Copy-DGObject -Destination "$($bucket.Uri)/many/" @connection
        $one = Get-DGObject "$($bucket.Uri)/many/" @connection | Copy-DGObject -Destination (Join-Path $folder 'first/') @connection | Select-Object -First 1
        $one | Should -HaveCount 1

        # Whatever came is whole, and nothing comes later.
        $there = @(Get-ChildItem (Join-Path $folder 'first') -Force)
        $there | ForEach-Object { $_.Length | Should -Be 200kb }
        Start-Sleep -Milliseconds 300
        @(Get-ChildItem (Join-Path $folder 'first') -Force) | Should -HaveCount $there.Count
    }

    It '19 64 lanes, and whatever is told is told on the pipeline''s own thread' {
        $files = foreach ($n in 1..96) { $path = Join-Path $folder "f$n.txt"; [IO.File]::WriteAllText($path, "file $n"); $path }
        $missing = 1..16 | ForEach-Object { Join-Path $folder "none$_.txt" }
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($m, $f, $d, $c) Import-Module $m; $VerbosePreference = $DebugPreference = $ProgressPreference = "Continue"; $f | Copy-DGObject -Destination $d -ThrottleLimit 64 @c')
        $null = $shell.AddArgument($ModulePath).AddArgument(@($files + $missing | Sort-Object)).AddArgument("$($bucket.Uri)/lanes/").AddArgument($connection)
        $results = $shell.Invoke()
        $results | Should -HaveCount 96
        ($results.Source | Sort-Object) | Should -Be ($files | Sort-Object)
        $shell.Streams.Error | Should -HaveCount 16
        $shell.Streams.Error.FullyQualifiedErrorId | Sort-Object -Unique | Should -BeLike 'DeltaGlider.FileNotFound,*'
        $shell.Streams.Verbose.Count | Should -BeGreaterThan 95
        $shell.Dispose()
    }

    It '26 a failure is to be seen from outside: exit code under Stop, $? and the error count without' {
        $env:DG_PESTER_CONNECTION = $connection | ConvertTo-Json
        $good = (New-Item (Join-Path $folder 'good.txt') -Value 'x' -Force).FullName
        $head = "Import-Module '$ModulePath'; `$c = `$env:DG_PESTER_CONNECTION | ConvertFrom-Json -AsHashtable; "
        $copy = "'$good', '$folder/bad.txt' | Copy-DGObject -Destination '$($bucket.Uri)/exit/' @c"
        $pwsh = (Get-Process -Id $PID).Path
        try {
            $null = & $pwsh -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; $head $copy" 2>&1
            $LASTEXITCODE | Should -Be 1
            (& $pwsh -NoProfile -NonInteractive -Command "$head `$null = $copy -ErrorAction SilentlyContinue -ErrorVariable e; `"`$? `$(`$e.Count)`"") | Should -Be 'False 1'
            $null = & $pwsh -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; $head Copy-DGObject '$good' '$($bucket.Uri)/exit/' @c" 2>&1
            $LASTEXITCODE | Should -Be 0
        }
        finally { $env:DG_PESTER_CONNECTION = $null }
    }

    It '21 no progress where nobody looks' {
        $file = (New-TestVersion (Join-Path $folder 'quiet') -Count 1 -Size 20mb).FullName
        $env:DG_PESTER_CONNECTION = $connection | ConvertTo-Json
        try {
            $said = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command "Import-Module '$ModulePath'; `$c = `$env:DG_PESTER_CONNECTION | ConvertFrom-Json -AsHashtable; `$null = Copy-DGObject '$file' '$($bucket.Uri)/quiet/' @c" 2>&1
            $said | Should -BeNullOrEmpty
        }
        finally { $env:DG_PESTER_CONNECTION = $null }
    }
}
