BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    Import-Module $ModulePath
    $commands = (Get-Command -Module DeltaGlider).Name
    $analyzer = [bool](Get-Module PSScriptAnalyzer -ListAvailable)
    $platyps = [bool](Get-Module Microsoft.PowerShell.PlatyPS -ListAvailable)
}

Describe 'The help of <_>' -ForEach $commands {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        Import-Module $ModulePath
        $command = Get-Command $_
        $help = Get-Help $_ -Full
    }

    It '24 is there, and whole' {
        $help.Synopsis | Should -Not -Match '^\s*\w+-DG' -Because 'PowerShell makes up a synopsis of the syntax where it finds no help'
        $help.description.Text | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterOrEqual 3
        $help.inputTypes.inputType.type.name | Should -Not -BeNullOrEmpty
        $help.returnValues.returnValue.type.name | Should -Not -BeNullOrEmpty
        $help.alertSet.alert.Text | Should -Not -BeNullOrEmpty
        Get-Help $_ -Examples | Out-String | Should -Match 'Example 1: '
    }

    It '24 tells of every parameter, with its aliases' {
        $common = [System.Management.Automation.Cmdlet]::CommonParameters
        $mine = $command.Parameters.Values | Where-Object Name -NotIn $common
        ($help.parameters.parameter.name | Sort-Object) | Should -Be ($mine.Name | Sort-Object)
        foreach ($parameter in $mine) {
            $told = Get-Help $command.Name -Parameter $parameter.Name
            $told.description.Text | Should -Not -BeNullOrEmpty -Because $parameter.Name
            $told.aliases | Should -Be ($parameter.Aliases.Count ? ($parameter.Aliases -join ', ') : 'none')
            $told.required | Should -Be ("$(@($parameter.ParameterSets.Values)[0].IsMandatory)".ToLowerInvariant())
        }
    }

    It '24 its examples are code, with parameters that there are' {
        foreach ($example in $help.examples.example) {
            $errors = $null
            $tree = [System.Management.Automation.Language.Parser]::ParseInput($example.code, [ref]$null, [ref]$errors)
            $errors | Should -BeNullOrEmpty -Because $example.title
            foreach ($call in $tree.FindAll({ param($node) $node -is [System.Management.Automation.Language.CommandAst] -and $node.GetCommandName() -like '*-DG*' }, $true)) {
                $called = Get-Command $call.GetCommandName() -Module DeltaGlider -ErrorAction Stop
                foreach ($parameter in $call.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] }) {
                    { $called.ResolveParameter($parameter.ParameterName) } | Should -Not -Throw -Because $example.code
                }
            }
        }
    }

    It '24 its page is one that PlatyPS reads, and says the same' -Skip:(-not $platyps) {
        $pages = "$RepositoryPath/docs/en-US/$_.md"
        $read = Invoke-Pwsh "Import-Module Microsoft.PowerShell.PlatyPS; `$p = Import-MarkdownCommandHelp '$pages'; `$p.Title; (`$p.Synopsis -replace '\s+', ' '); `$p.Parameters.Name -join ','; @(`$p.Examples).Count"
        $read[0] | Should -Be $_
        $read[1] | Should -Be ($help.Synopsis -replace '\s+', ' ') -Because 'the help file was made of the page'
        ($read[-2] -split ',' | Sort-Object) | Should -Be ($help.parameters.parameter.name | Sort-Object)
        $read[-1] | Should -Be @($help.examples.example).Count
    }
}

Describe 'Topics' {
    BeforeAll { . "$PSScriptRoot/Common.ps1" }

    It '24 <_> is shown' -ForEach 'about_DeltaGlider', 'about_DeltaGlider_Credentials', 'about_DeltaGlider_Storage', 'about_DeltaGlider_Tuning' {
        Invoke-Pwsh "Import-Module `$m; Get-Help $_" | Out-String | Should -Match "TOPIC\s+$_\s"
    }

    It '24 the tuning topic names every variable that the README names' {
        $topic = Get-Content "$ModulePath/en-US/about_DeltaGlider_Tuning.help.txt" -Raw
        [regex]::Matches((Get-Content "$RepositoryPath/README.md" -Raw), '`(DG_\w+)`') | ForEach-Object { $topic | Should -Match $_.Groups[1].Value }
    }
}

Describe 'Scripts' {
    BeforeAll { . "$PSScriptRoot/Common.ps1" }

    It '27 PSScriptAnalyzer has nothing to say about <_>' -Skip:(-not $analyzer) -ForEach 'module', 'build', 'build.ps1', 'tests/Module.Tests/Invoke.ps1', 'tests/Module.Tests/Common.ps1', 'tests/Benchmarks/Measure-Import.ps1' {
        # In an engine of its own: it loads much. What it calls information is a matter of taste. Common and Invoke talk to tests, and New-Test* change nothing but their folder.
        $found = Invoke-Pwsh "Import-Module PSScriptAnalyzer; Invoke-ScriptAnalyzer -Path '$RepositoryPath/$_' -Recurse -Severity Error, Warning -ExcludeRule PSUseShouldProcessForStateChangingFunctions, PSReviewUnusedParameter | ForEach-Object { `"`$(`$_.ScriptName):`$(`$_.Line) `$(`$_.RuleName) `$(`$_.Message)`" }"
        $found | Should -BeNullOrEmpty
    }
}
