
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
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('validate', 'validate', [CompletionResultType]::ParameterValue, 'Check criteria files and say what is wrong with them, and where')
            [CompletionResult]::new('eval', 'eval', [CompletionResultType]::ParameterValue, 'List the contacts that are in a segment')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write the members of a segment in a vendor''s shape')
            [CompletionResult]::new('escape', 'escape', [CompletionResultType]::ParameterValue, 'Write Constant Contact criteria as the escaped string that its endpoints take')
            [CompletionResult]::new('unescape', 'unescape', [CompletionResultType]::ParameterValue, 'Turn escaped criteria back into JSON laid out for people')
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
            [CompletionResult]::new('--timezone', '--timezone', [CompletionResultType]::ParameterName, 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'A dump of the account''s custom fields, with their types and options; may be given several times')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'segkit;eval' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Contacts: CSV, JSON Lines or the vendor''s JSON answers; `-` is standard input')
            [CompletionResult]::new('--contacts', '--contacts', [CompletionResultType]::ParameterName, 'Contacts: CSV, JSON Lines or the vendor''s JSON answers; `-` is standard input')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Tracked activities, in the same formats. For a report that doesn''t say which campaign it is of: FILE:campaign=ID,type=open')
            [CompletionResult]::new('--tracking', '--tracking', [CompletionResultType]::ParameterName, 'Tracked activities, in the same formats. For a report that doesn''t say which campaign it is of: FILE:campaign=ID,type=open')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'A dump of the account''s custom fields, with their types and options; may be given several times')
            [CompletionResult]::new('--campaigns', '--campaigns', [CompletionResultType]::ParameterName, 'Campaigns with the times they were sent: campaigns.json, or CSV with id and sent_at; may be given several times, like the next two')
            [CompletionResult]::new('--lists', '--lists', [CompletionResultType]::ParameterName, 'Ids and names of contact lists: the vendor''s JSON, or CSV with id and name')
            [CompletionResult]::new('--tags', '--tags', [CompletionResultType]::ParameterName, 'Ids and names of tags: the vendor''s JSON, or CSV with id and name')
            [CompletionResult]::new('--dialect', '--dialect', [CompletionResultType]::ParameterName, 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]')
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'The instant at which segments are looked at: a date, or a date and time [default: now]')
            [CompletionResult]::new('--timezone', '--timezone', [CompletionResultType]::ParameterName, 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York')
            [CompletionResult]::new('--window', '--window', [CompletionResultType]::ParameterName, 'What a window over campaigns picks')
            [CompletionResult]::new('--negatives', '--negatives', [CompletionResultType]::ParameterName, 'How a negative over several campaigns reads')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Only contacts with this status, or `all` [default: active for Campaign Monitor, all for the others]')
            [CompletionResult]::new('--list', '--list', [CompletionResultType]::ParameterName, 'Only contacts on this list')
            [CompletionResult]::new('--missing-columns', '--missing-columns', [CompletionResultType]::ParameterName, 'What to do where a rule asks for a column that the contacts haven''t')
            [CompletionResult]::new('--segment', '--segment', [CompletionResultType]::ParameterName, 'Which segment, where the criteria file holds several: its name, or its number from 1')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to this file, which appears whole or not at all; packed if it ends with .gz or .zst')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to this file, which appears whole or not at all; packed if it ends with .gz or .zst')
            [CompletionResult]::new('--split', '--split', [CompletionResultType]::ParameterName, 'Write files of at most N members each, named like --output with -001, -002 … before the extension')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How to write the members [default: table on a terminal, else csv]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the members [default: table on a terminal, else csv]')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'The columns to show, separated by commas [default: contact_id, email and parts of the name, those that there are]')
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'The columns to show, separated by commas [default: contact_id, email and parts of the name, those that there are]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No summary on standard error; warnings stay')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No summary on standard error; warnings stay')
            [CompletionResult]::new('--bom', '--bom', [CompletionResultType]::ParameterName, 'csv: begin with a byte order mark, for Excel')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'segkit;export' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Contacts: CSV, JSON Lines or the vendor''s JSON answers; `-` is standard input')
            [CompletionResult]::new('--contacts', '--contacts', [CompletionResultType]::ParameterName, 'Contacts: CSV, JSON Lines or the vendor''s JSON answers; `-` is standard input')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Tracked activities, in the same formats. For a report that doesn''t say which campaign it is of: FILE:campaign=ID,type=open')
            [CompletionResult]::new('--tracking', '--tracking', [CompletionResultType]::ParameterName, 'Tracked activities, in the same formats. For a report that doesn''t say which campaign it is of: FILE:campaign=ID,type=open')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'A dump of the account''s custom fields, with their types and options; may be given several times')
            [CompletionResult]::new('--campaigns', '--campaigns', [CompletionResultType]::ParameterName, 'Campaigns with the times they were sent: campaigns.json, or CSV with id and sent_at; may be given several times, like the next two')
            [CompletionResult]::new('--lists', '--lists', [CompletionResultType]::ParameterName, 'Ids and names of contact lists: the vendor''s JSON, or CSV with id and name')
            [CompletionResult]::new('--tags', '--tags', [CompletionResultType]::ParameterName, 'Ids and names of tags: the vendor''s JSON, or CSV with id and name')
            [CompletionResult]::new('--dialect', '--dialect', [CompletionResultType]::ParameterName, 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]')
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'The instant at which segments are looked at: a date, or a date and time [default: now]')
            [CompletionResult]::new('--timezone', '--timezone', [CompletionResultType]::ParameterName, 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York')
            [CompletionResult]::new('--window', '--window', [CompletionResultType]::ParameterName, 'What a window over campaigns picks')
            [CompletionResult]::new('--negatives', '--negatives', [CompletionResultType]::ParameterName, 'How a negative over several campaigns reads')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Only contacts with this status, or `all` [default: active for Campaign Monitor, all for the others]')
            [CompletionResult]::new('--list', '--list', [CompletionResultType]::ParameterName, 'Only contacts on this list')
            [CompletionResult]::new('--missing-columns', '--missing-columns', [CompletionResultType]::ParameterName, 'What to do where a rule asks for a column that the contacts haven''t')
            [CompletionResult]::new('--segment', '--segment', [CompletionResultType]::ParameterName, 'Which segment, where the criteria file holds several: its name, or its number from 1')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to this file, which appears whole or not at all; packed if it ends with .gz or .zst')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to this file, which appears whole or not at all; packed if it ends with .gz or .zst')
            [CompletionResult]::new('--split', '--split', [CompletionResultType]::ParameterName, 'Write files of at most N members each, named like --output with -001, -002 … before the extension')
            [CompletionResult]::new('--form', '--form', [CompletionResultType]::ParameterName, 'The shape')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'Columns, separated by commas. contacts-csv: the vendor''s request names (email_address, first_name, …), titles, or names of custom fields; imports: headings (email, first_name, …) or names of custom fields; cc-contact-exports: request names [default: all that there are]')
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'Columns, separated by commas. contacts-csv: the vendor''s request names (email_address, first_name, …), titles, or names of custom fields; imports: headings (email, first_name, …) or names of custom fields; cc-contact-exports: request names [default: all that there are]')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'Only those whose Date is on or after this day')
            [CompletionResult]::new('--page', '--page', [CompletionResultType]::ParameterName, 'The page, from 1 [default: 1]')
            [CompletionResult]::new('--page-size', '--page-size', [CompletionResultType]::ParameterName, 'Subscribers a page, 10 to 1000 [default: 1000]')
            [CompletionResult]::new('--order-field', '--order-field', [CompletionResultType]::ParameterName, 'email, name or date [default: date]')
            [CompletionResult]::new('--order-direction', '--order-direction', [CompletionResultType]::ParameterName, 'asc or desc [default: asc]')
            [CompletionResult]::new('--offset', '--offset', [CompletionResultType]::ParameterName, 'Members to skip [default: 0]')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Members to list, 1 to 100 [default: 10]; cc-contacts: contacts a page, 1 to 500 [default: 50]')
            [CompletionResult]::new('--condition', '--condition', [CompletionResultType]::ParameterName, 'A file with a further condition (fields and tags only) that must hold as well')
            [CompletionResult]::new('--list-ids', '--list-ids', [CompletionResultType]::ParameterName, 'Lists, by id or by a name that --lists knows, separated by commas: those that the members are put on (cc-add-list-memberships, cc-json-import)')
            [CompletionResult]::new('--segment-id', '--segment-id', [CompletionResultType]::ParameterName, 'The vendor''s id of the segment (cc-contact-exports, cc-email-activity)')
            [CompletionResult]::new('--activity', '--activity', [CompletionResultType]::ParameterName, 'The campaign activity as the vendor gave it (cc-email-activity)')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The new list''s name [default: the segment''s] (cc-contact-list)')
            [CompletionResult]::new('--description', '--description', [CompletionResultType]::ParameterName, 'The new list''s description (cc-contact-list)')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No summary on standard error; warnings stay')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No summary on standard error; warnings stay')
            [CompletionResult]::new('--bom', '--bom', [CompletionResultType]::ParameterName, 'contacts-csv: begin with a byte order mark, for Excel')
            [CompletionResult]::new('--include-tracking-preference', '--include-tracking-preference', [CompletionResultType]::ParameterName, 'With ConsentToTrack')
            [CompletionResult]::new('--favorite', '--favorite', [CompletionResultType]::ParameterName, 'Make the new list a favourite (cc-contact-list)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'segkit;escape' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Write the whole request body, with this name')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'segkit;unescape' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'segkit;completions' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            break
        }
        'segkit;man' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour')
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
