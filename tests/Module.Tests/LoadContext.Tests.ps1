BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    $s3 = [bool]$env:DG_TEST_S3_ENDPOINT
    $other = Test-Path "$OtherSdkPath/AWSSDK.S3.dll"
}

# out/other-sdk has another build of the AWS SDK, with the same AssemblyVersion. It is loaded as a plain module would: into
# PowerShell's own context.
Describe 'Two builds of the AWS SDK' {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        $theirs = "`$o = '$OtherSdkPath'; foreach (`$name in 'Core', 'S3') { `$null = [Reflection.Assembly]::LoadFrom(`"`$o/AWSSDK.`$name.dll`") }; `$null = [Amazon.S3.AmazonS3Client];"
        $ours = 'Import-Module $m; $null = New-Item "$t/f.zip" -Force; Copy-DGObject "$t/f.zip" s3://bkt/ -AccessKey a -SecretKey b -EndpointUrl http://127.0.0.1:9 -WhatIf;'
        $tell = '[AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq "AWSSDK.S3" } | ForEach-Object { "$([Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name) $([Diagnostics.FileVersionInfo]::GetVersionInfo($_.Location).FileVersion)" }'
    }

    It '03 are both there, each in a context of its own, whichever comes first: <_>' -ForEach 'ours', 'theirs' -Skip:(-not $other) {
        $loaded = Invoke-Pwsh ($(if ($_ -eq 'ours') { $ours + $theirs } else { $theirs + $ours }) + $tell) | Where-Object { $_ -notlike 'What if*' } | Sort-Object
        $loaded | Should -HaveCount 2
        $loaded[0] | Should -BeLike 'Default *'
        $loaded[1] | Should -BeLike 'DeltaGlider *'
        ($loaded -replace '^\S+ ') | Sort-Object -Unique | Should -HaveCount 2 -Because 'they are two builds'
    }

    It '03 ours works beside theirs, whichever comes first: <_>' -ForEach 'ours', 'theirs' -Skip:(-not ($other -and $s3)) {
        $work = 'Import-Module $m; $c = @{ EndpointUrl = $env:DG_TEST_S3_ENDPOINT; AccessKey = $env:DG_TEST_S3_ACCESS_KEY; SecretKey = $env:DG_TEST_S3_SECRET_KEY }; "listed " + [bool]@(Get-DGObject @c).Count;'
        Invoke-Pwsh ($(if ($_ -eq 'ours') { $work + $theirs } else { $theirs + $work })) | Should -Be 'listed True'
    }

    It '03 credentials of theirs are taken, and those of AWS.Tools that wrap them: <_>' -ForEach 'bare', 'wrapped' -Skip:(-not ($other -and $s3)) {
        $wrap = 'Add-Type -TypeDefinition "public class AWSPSCredentials { internal object Credentials { get; set; } public static AWSPSCredentials Of(object inner) { return new AWSPSCredentials { Credentials = inner }; } }"; $k = [AWSPSCredentials]::Of($k);'
        Invoke-Pwsh ($theirs + '$k = [Amazon.Runtime.BasicAWSCredentials]::new($env:DG_TEST_S3_ACCESS_KEY, $env:DG_TEST_S3_SECRET_KEY);' + $(if ($_ -eq 'wrapped') { $wrap }) +
            'Import-Module $m; [bool]@(Get-DGObject -Credential $k -EndpointUrl $env:DG_TEST_S3_ENDPOINT).Count') | Should -Be 'True'
    }

    It '03 a session''s $StoredAWSCredentials and $StoredAWSRegion are used, and told of in debug' -Skip:(-not ($other -and $s3)) {
        $said = Invoke-Pwsh ($theirs + '$StoredAWSCredentials = [Amazon.Runtime.BasicAWSCredentials]::new($env:DG_TEST_S3_ACCESS_KEY, $env:DG_TEST_S3_SECRET_KEY); $StoredAWSRegion = [Amazon.RegionEndpoint]::EUWest1;
            Import-Module $m; $DebugPreference = "Continue"; (Get-DGObject -EndpointUrl $env:DG_TEST_S3_ENDPOINT 5>&1) -join "`n"') | Out-String
        $said | Should -Match 'region eu-west-1, credentials from \$StoredAWSCredentials'
        $said | Should -Not -Match ([regex]::Escape($env:DG_TEST_S3_SECRET_KEY))
    }
}

Describe 'The surface' {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        Import-Module $ModulePath
        $commands = Get-Command -Module DeltaGlider
    }

    It '02 verbs are approved, nouns begin with DG' {
        $approved = (Get-Verb).Verb
        $commands | ForEach-Object { $_.Verb | Should -BeIn $approved; $_.Noun | Should -MatchExactly '^DG[A-Z]' }
    }

    It '06 no type of the AWS SDK is on a parameter or an output' {
        $types = $commands | ForEach-Object { $_.Parameters.Values.ParameterType; $_.OutputType.Type; $_.OutputType.Type | ForEach-Object { $_.GetProperties().PropertyType } }
        $types | Where-Object { $_.FullName -like '*Amazon*' -or $_.Assembly.GetName().Name -like 'AWSSDK*' } | Should -BeNullOrEmpty
        $types | Where-Object { $_.Assembly.GetName().Name -like 'DeltaGlider*' } | ForEach-Object { $_.Assembly.GetName().Name | Should -Be 'DeltaGlider.PowerShell' }
    }

    It '12 whatever changes something has -WhatIf and -Confirm' {
        foreach ($command in $commands | Where-Object Verb -NotIn 'Get', 'Test') {
            $command.Parameters.Keys | Should -Contain 'WhatIf' -Because $command.Name
        }
    }

    It '20 every command has -ThrottleLimit, also by the name that AWS.Tools gives it' {
        $commands | ForEach-Object { $_.Parameters['ThrottleLimit'].Aliases | Should -Contain 'ConcurrentServiceRequest' -Because $_.Name }
    }
}
