
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'segkit' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'segkit'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'segkit' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Take no settings from a file')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('validate', 'validate', [CompletionResultType]::ParameterValue, 'Check criteria files and say what is wrong with them, and where')
            [CompletionResult]::new('rules', 'rules', [CompletionResultType]::ParameterValue, 'List the rules that criteria are checked against, or explain one')
            [CompletionResult]::new('fmt', 'fmt', [CompletionResultType]::ParameterValue, 'Print criteria files in their canonical form')
            [CompletionResult]::new('eval', 'eval', [CompletionResultType]::ParameterValue, 'List the contacts that are in a segment')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write the members of a segment in a vendor''s shape')
            [CompletionResult]::new('escape', 'escape', [CompletionResultType]::ParameterValue, 'Write Constant Contact criteria as the escaped string that its endpoints take')
            [CompletionResult]::new('unescape', 'unescape', [CompletionResultType]::ParameterValue, 'Turn escaped criteria back into JSON laid out for people')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show the settings in force, and where each came from')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON Schema of a dialect, for editors')
            [CompletionResult]::new('lsp', 'lsp', [CompletionResultType]::ParameterValue, 'Serve an editor: problems as they are typed, what words mean, what may come next, quick fixes')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a script that completes segkit''s commands in a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Write the manual pages, one a command')
            break
        }
        'segkit;validate' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How to write what was found [default: text on a terminal, else 277]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write what was found [default: text on a terminal, else 277]')
            [CompletionResult]::new('--allow', '--allow', [CompletionResultType]::ParameterName, 'Don''t show these: names such as bare-date, or `warnings` or `notes` for all of them; may be given several times, like the next two')
            [CompletionResult]::new('--warn', '--warn', [CompletionResultType]::ParameterName, 'Show these as warnings')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Show these as errors: they make the exit status 1')
            [CompletionResult]::new('--dialect', '--dialect', [CompletionResultType]::ParameterName, 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]')
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'The instant at which segments are looked at: a date, or a date and time [default: now]')
            [CompletionResult]::new('--timezone', '--timezone', [CompletionResultType]::ParameterName, 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'A dump of the account''s custom fields, with their types and options; may be given several times, like the others here')
            [CompletionResult]::new('--campaigns', '--campaigns', [CompletionResultType]::ParameterName, 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID')
            [CompletionResult]::new('--links', '--links', [CompletionResultType]::ParameterName, 'The links of campaigns: the vendor''s JSON, or CSV with campaign_id and url')
            [CompletionResult]::new('--lists', '--lists', [CompletionResultType]::ParameterName, 'Ids and names of contact lists: the vendor''s JSON, or CSV with id and name')
            [CompletionResult]::new('--tags', '--tags', [CompletionResultType]::ParameterName, 'Ids and names of tags: the vendor''s JSON, or CSV with id and name')
            [CompletionResult]::new('--segments', '--segments', [CompletionResultType]::ParameterName, 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id')
            [CompletionResult]::new('--list', '--list', [CompletionResultType]::ParameterName, 'The list of Campaign Monitor segments that don''t name theirs')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Contacts, to look up what criteria name and to count whom ambiguous readings concern; `-` is standard input; may be given several times, like the next [default: the columns of those that segkit.toml names]')
            [CompletionResult]::new('--contacts', '--contacts', [CompletionResultType]::ParameterName, 'Contacts, to look up what criteria name and to count whom ambiguous readings concern; `-` is standard input; may be given several times, like the next [default: the columns of those that segkit.toml names]')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Tracked activities, for the same. For a report that doesn''t say which campaign it is of: FILE:campaign=ID,type=open')
            [CompletionResult]::new('--tracking', '--tracking', [CompletionResultType]::ParameterName, 'Tracked activities, for the same. For a report that doesn''t say which campaign it is of: FILE:campaign=ID,type=open')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]')
            [CompletionResult]::new('--fix', '--fix', [CompletionResultType]::ParameterName, 'Mend what can be mended with certainty, in the files themselves, and report what remains; of standard input, the mended text is written to standard output and the report to standard error')
            [CompletionResult]::new('--diff', '--diff', [CompletionResultType]::ParameterName, 'With --fix: write to no file, show what would change as a unified diff; the report goes to standard error')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Take no settings from a file')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'segkit;rules' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How to write them')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write them')
            [CompletionResult]::new('--dialect', '--dialect', [CompletionResultType]::ParameterName, 'Only what can arise in this dialect: constant-contact (cc), campaign-monitor (cm) or engagelab (el)')
            [CompletionResult]::new('--severity', '--severity', [CompletionResultType]::ParameterName, 'Only rules of this weight, in the list')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Take no settings from a file')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'segkit;fmt' {
            [CompletionResult]::new('--dialect', '--dialect', [CompletionResultType]::ParameterName, 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Write nothing but the names of the files that would change')
            [CompletionResult]::new('--diff', '--diff', [CompletionResultType]::ParameterName, 'Show what would change, as a unified diff')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Change the files themselves')
            [CompletionResult]::new('--in-place', '--in-place', [CompletionResultType]::ParameterName, 'Change the files themselves')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Take no settings from a file')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'segkit;eval' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Contacts: CSV, JSON Lines or the vendor''s JSON answers; `-` is standard input [default: those that segkit.toml names]')
            [CompletionResult]::new('--contacts', '--contacts', [CompletionResultType]::ParameterName, 'Contacts: CSV, JSON Lines or the vendor''s JSON answers; `-` is standard input [default: those that segkit.toml names]')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Tracked activities, in the same formats. For a report that doesn''t say which campaign it is of: FILE:campaign=ID,type=open')
            [CompletionResult]::new('--tracking', '--tracking', [CompletionResultType]::ParameterName, 'Tracked activities, in the same formats. For a report that doesn''t say which campaign it is of: FILE:campaign=ID,type=open')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'A dump of the account''s custom fields, with their types and options; may be given several times, like the others here')
            [CompletionResult]::new('--campaigns', '--campaigns', [CompletionResultType]::ParameterName, 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID')
            [CompletionResult]::new('--links', '--links', [CompletionResultType]::ParameterName, 'The links of campaigns: the vendor''s JSON, or CSV with campaign_id and url')
            [CompletionResult]::new('--lists', '--lists', [CompletionResultType]::ParameterName, 'Ids and names of contact lists: the vendor''s JSON, or CSV with id and name')
            [CompletionResult]::new('--tags', '--tags', [CompletionResultType]::ParameterName, 'Ids and names of tags: the vendor''s JSON, or CSV with id and name')
            [CompletionResult]::new('--segments', '--segments', [CompletionResultType]::ParameterName, 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id')
            [CompletionResult]::new('--dialect', '--dialect', [CompletionResultType]::ParameterName, 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]')
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'The instant at which segments are looked at: a date, or a date and time [default: now]')
            [CompletionResult]::new('--timezone', '--timezone', [CompletionResultType]::ParameterName, 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]')
            [CompletionResult]::new('--window', '--window', [CompletionResultType]::ParameterName, 'What a window over campaigns picks')
            [CompletionResult]::new('--negatives', '--negatives', [CompletionResultType]::ParameterName, 'How a negative over several campaigns reads')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Only contacts with this status, or `all` [default: active for Campaign Monitor, all for the others]')
            [CompletionResult]::new('--list', '--list', [CompletionResultType]::ParameterName, 'Only contacts on this list')
            [CompletionResult]::new('--missing-columns', '--missing-columns', [CompletionResultType]::ParameterName, 'What to do where a rule asks for a column that the contacts haven''t')
            [CompletionResult]::new('--segment', '--segment', [CompletionResultType]::ParameterName, 'Which segment, where the criteria file holds several: its name, or its number from 1')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to this file, which appears whole or not at all')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to this file, which appears whole or not at all')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How to write the members [default: table on a terminal, else csv]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the members [default: table on a terminal, else csv]')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'The columns to show, separated by commas [default: contact_id, email and parts of the name, those that there are]')
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'The columns to show, separated by commas [default: contact_id, email and parts of the name, those that there are]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No summary on standard error; warnings stay')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No summary on standard error; warnings stay')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Take no settings from a file')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'segkit;export' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Contacts: CSV, JSON Lines or the vendor''s JSON answers; `-` is standard input [default: those that segkit.toml names]')
            [CompletionResult]::new('--contacts', '--contacts', [CompletionResultType]::ParameterName, 'Contacts: CSV, JSON Lines or the vendor''s JSON answers; `-` is standard input [default: those that segkit.toml names]')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Tracked activities, in the same formats. For a report that doesn''t say which campaign it is of: FILE:campaign=ID,type=open')
            [CompletionResult]::new('--tracking', '--tracking', [CompletionResultType]::ParameterName, 'Tracked activities, in the same formats. For a report that doesn''t say which campaign it is of: FILE:campaign=ID,type=open')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'A dump of the account''s custom fields, with their types and options; may be given several times, like the others here')
            [CompletionResult]::new('--campaigns', '--campaigns', [CompletionResultType]::ParameterName, 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID')
            [CompletionResult]::new('--links', '--links', [CompletionResultType]::ParameterName, 'The links of campaigns: the vendor''s JSON, or CSV with campaign_id and url')
            [CompletionResult]::new('--lists', '--lists', [CompletionResultType]::ParameterName, 'Ids and names of contact lists: the vendor''s JSON, or CSV with id and name')
            [CompletionResult]::new('--tags', '--tags', [CompletionResultType]::ParameterName, 'Ids and names of tags: the vendor''s JSON, or CSV with id and name')
            [CompletionResult]::new('--segments', '--segments', [CompletionResultType]::ParameterName, 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id')
            [CompletionResult]::new('--dialect', '--dialect', [CompletionResultType]::ParameterName, 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]')
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'The instant at which segments are looked at: a date, or a date and time [default: now]')
            [CompletionResult]::new('--timezone', '--timezone', [CompletionResultType]::ParameterName, 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]')
            [CompletionResult]::new('--window', '--window', [CompletionResultType]::ParameterName, 'What a window over campaigns picks')
            [CompletionResult]::new('--negatives', '--negatives', [CompletionResultType]::ParameterName, 'How a negative over several campaigns reads')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Only contacts with this status, or `all` [default: active for Campaign Monitor, all for the others]')
            [CompletionResult]::new('--list', '--list', [CompletionResultType]::ParameterName, 'Only contacts on this list')
            [CompletionResult]::new('--missing-columns', '--missing-columns', [CompletionResultType]::ParameterName, 'What to do where a rule asks for a column that the contacts haven''t')
            [CompletionResult]::new('--segment', '--segment', [CompletionResultType]::ParameterName, 'Which segment, where the criteria file holds several: its name, or its number from 1')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to this file, which appears whole or not at all')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to this file, which appears whole or not at all')
            [CompletionResult]::new('--form', '--form', [CompletionResultType]::ParameterName, 'The shape')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'contacts-csv: columns by the vendor''s request names (email_address, first_name, …), titles, or names of custom fields [default: all that there are]')
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'contacts-csv: columns by the vendor''s request names (email_address, first_name, …), titles, or names of custom fields [default: all that there are]')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'Only those whose Date is on or after this day')
            [CompletionResult]::new('--page', '--page', [CompletionResultType]::ParameterName, 'The page, from 1 [default: 1]')
            [CompletionResult]::new('--page-size', '--page-size', [CompletionResultType]::ParameterName, 'Subscribers a page, 10 to 1000 [default: 1000]')
            [CompletionResult]::new('--order-field', '--order-field', [CompletionResultType]::ParameterName, 'email, name or date [default: date]')
            [CompletionResult]::new('--order-direction', '--order-direction', [CompletionResultType]::ParameterName, 'asc or desc [default: asc]')
            [CompletionResult]::new('--offset', '--offset', [CompletionResultType]::ParameterName, 'Members to skip [default: 0]')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Members to list, 1 to 100 [default: 10]')
            [CompletionResult]::new('--condition', '--condition', [CompletionResultType]::ParameterName, 'A file with a further condition (fields and tags only) that must hold as well')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No summary on standard error; warnings stay')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No summary on standard error; warnings stay')
            [CompletionResult]::new('--include-tracking-preference', '--include-tracking-preference', [CompletionResultType]::ParameterName, 'With ConsentToTrack')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Take no settings from a file')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'segkit;escape' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Write the whole request body, with this name')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Take no settings from a file')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'segkit;unescape' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Take no settings from a file')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'segkit;config' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How to write the settings')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the settings')
            [CompletionResult]::new('--allow', '--allow', [CompletionResultType]::ParameterName, 'Don''t show these: names such as bare-date, or `warnings` or `notes` for all of them; may be given several times, like the next two')
            [CompletionResult]::new('--warn', '--warn', [CompletionResultType]::ParameterName, 'Show these as warnings')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Show these as errors: they make the exit status 1')
            [CompletionResult]::new('--dialect', '--dialect', [CompletionResultType]::ParameterName, 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]')
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'The instant at which segments are looked at: a date, or a date and time [default: now]')
            [CompletionResult]::new('--timezone', '--timezone', [CompletionResultType]::ParameterName, 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'A dump of the account''s custom fields, with their types and options; may be given several times, like the others here')
            [CompletionResult]::new('--campaigns', '--campaigns', [CompletionResultType]::ParameterName, 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID')
            [CompletionResult]::new('--links', '--links', [CompletionResultType]::ParameterName, 'The links of campaigns: the vendor''s JSON, or CSV with campaign_id and url')
            [CompletionResult]::new('--lists', '--lists', [CompletionResultType]::ParameterName, 'Ids and names of contact lists: the vendor''s JSON, or CSV with id and name')
            [CompletionResult]::new('--tags', '--tags', [CompletionResultType]::ParameterName, 'Ids and names of tags: the vendor''s JSON, or CSV with id and name')
            [CompletionResult]::new('--segments', '--segments', [CompletionResultType]::ParameterName, 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id')
            [CompletionResult]::new('--list', '--list', [CompletionResultType]::ParameterName, 'The list of Campaign Monitor segments that don''t name theirs')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Contacts, to look up what criteria name and to count whom ambiguous readings concern; `-` is standard input; may be given several times, like the next [default: the columns of those that segkit.toml names]')
            [CompletionResult]::new('--contacts', '--contacts', [CompletionResultType]::ParameterName, 'Contacts, to look up what criteria name and to count whom ambiguous readings concern; `-` is standard input; may be given several times, like the next [default: the columns of those that segkit.toml names]')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Tracked activities, for the same. For a report that doesn''t say which campaign it is of: FILE:campaign=ID,type=open')
            [CompletionResult]::new('--tracking', '--tracking', [CompletionResultType]::ParameterName, 'Tracked activities, for the same. For a report that doesn''t say which campaign it is of: FILE:campaign=ID,type=open')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Take no settings from a file')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'segkit;schema' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Take no settings from a file')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'segkit;lsp' {
            [CompletionResult]::new('--allow', '--allow', [CompletionResultType]::ParameterName, 'Don''t show these: names such as bare-date, or `warnings` or `notes` for all of them; may be given several times, like the next two')
            [CompletionResult]::new('--warn', '--warn', [CompletionResultType]::ParameterName, 'Show these as warnings')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Show these as errors: they make the exit status 1')
            [CompletionResult]::new('--dialect', '--dialect', [CompletionResultType]::ParameterName, 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]')
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'The instant at which segments are looked at: a date, or a date and time [default: now]')
            [CompletionResult]::new('--timezone', '--timezone', [CompletionResultType]::ParameterName, 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'A dump of the account''s custom fields, with their types and options; may be given several times, like the others here')
            [CompletionResult]::new('--campaigns', '--campaigns', [CompletionResultType]::ParameterName, 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID')
            [CompletionResult]::new('--links', '--links', [CompletionResultType]::ParameterName, 'The links of campaigns: the vendor''s JSON, or CSV with campaign_id and url')
            [CompletionResult]::new('--lists', '--lists', [CompletionResultType]::ParameterName, 'Ids and names of contact lists: the vendor''s JSON, or CSV with id and name')
            [CompletionResult]::new('--tags', '--tags', [CompletionResultType]::ParameterName, 'Ids and names of tags: the vendor''s JSON, or CSV with id and name')
            [CompletionResult]::new('--segments', '--segments', [CompletionResultType]::ParameterName, 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]')
            [CompletionResult]::new('--stdio', '--stdio', [CompletionResultType]::ParameterName, 'Speak over standard input and output; that is the only way there is, but some editors say so')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Take no settings from a file')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'segkit;completions' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Take no settings from a file')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'segkit;man' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Take no settings from a file')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
