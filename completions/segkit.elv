
use builtin;
use str;

set edit:completion:arg-completer[segkit] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'segkit'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'segkit'= {
            cand --color 'When to colour'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand validate 'Check criteria files and say what is wrong with them, and where'
            cand eval 'List the contacts that are in a segment'
            cand export 'Write the members of a segment in a vendor''s shape'
            cand escape 'Write Constant Contact criteria as the escaped string that its endpoints take'
            cand unescape 'Turn escaped criteria back into JSON laid out for people'
            cand completions 'Print a script that completes segkit''s commands in a shell'
            cand man 'Write the manual pages, one a command'
        }
        &'segkit;validate'= {
            cand -f 'How to write what was found [default: text on a terminal, else 277]'
            cand --format 'How to write what was found [default: text on a terminal, else 277]'
            cand --allow 'Don''t show these: names such as bare-date, or `warnings` or `notes` for all of them; may be given several times, like the next two'
            cand --warn 'Show these as warnings'
            cand --deny 'Show these as errors: they make the exit status 1'
            cand --dialect 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]'
            cand --as-of 'The instant at which segments are looked at: a date, or a date and time [default: now]'
            cand --timezone 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York'
            cand --fields 'A dump of the account''s custom fields, with their types and options; may be given several times'
            cand --color 'When to colour'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'segkit;eval'= {
            cand -c 'Contacts: CSV, JSON Lines or the vendor''s JSON answers; `-` is standard input'
            cand --contacts 'Contacts: CSV, JSON Lines or the vendor''s JSON answers; `-` is standard input'
            cand -t 'Tracked activities, in the same formats. For a report that doesn''t say which campaign it is of: FILE:campaign=ID,type=open'
            cand --tracking 'Tracked activities, in the same formats. For a report that doesn''t say which campaign it is of: FILE:campaign=ID,type=open'
            cand --fields 'A dump of the account''s custom fields, with their types and options; may be given several times'
            cand --campaigns 'Campaigns with the times they were sent: campaigns.json, or CSV with id and sent_at; may be given several times, like the next two'
            cand --lists 'Ids and names of contact lists: the vendor''s JSON, or CSV with id and name'
            cand --tags 'Ids and names of tags: the vendor''s JSON, or CSV with id and name'
            cand --dialect 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]'
            cand --as-of 'The instant at which segments are looked at: a date, or a date and time [default: now]'
            cand --timezone 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York'
            cand --window 'What a window over campaigns picks'
            cand --negatives 'How a negative over several campaigns reads'
            cand --status 'Only contacts with this status, or `all` [default: active for Campaign Monitor, all for the others]'
            cand --list 'Only contacts on this list'
            cand --missing-columns 'What to do where a rule asks for a column that the contacts haven''t'
            cand --segment 'Which segment, where the criteria file holds several: its name, or its number from 1'
            cand -o 'Write to this file, which appears whole or not at all; packed if it ends with .gz or .zst'
            cand --output 'Write to this file, which appears whole or not at all; packed if it ends with .gz or .zst'
            cand --split 'Write files of at most N members each, named like --output with -001, -002 … before the extension'
            cand -f 'How to write the members [default: table on a terminal, else csv]'
            cand --format 'How to write the members [default: table on a terminal, else csv]'
            cand -s 'The columns to show, separated by commas [default: contact_id, email and parts of the name, those that there are]'
            cand --select 'The columns to show, separated by commas [default: contact_id, email and parts of the name, those that there are]'
            cand --color 'When to colour'
            cand -q 'No summary on standard error; warnings stay'
            cand --quiet 'No summary on standard error; warnings stay'
            cand --bom 'csv: begin with a byte order mark, for Excel'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'segkit;export'= {
            cand -c 'Contacts: CSV, JSON Lines or the vendor''s JSON answers; `-` is standard input'
            cand --contacts 'Contacts: CSV, JSON Lines or the vendor''s JSON answers; `-` is standard input'
            cand -t 'Tracked activities, in the same formats. For a report that doesn''t say which campaign it is of: FILE:campaign=ID,type=open'
            cand --tracking 'Tracked activities, in the same formats. For a report that doesn''t say which campaign it is of: FILE:campaign=ID,type=open'
            cand --fields 'A dump of the account''s custom fields, with their types and options; may be given several times'
            cand --campaigns 'Campaigns with the times they were sent: campaigns.json, or CSV with id and sent_at; may be given several times, like the next two'
            cand --lists 'Ids and names of contact lists: the vendor''s JSON, or CSV with id and name'
            cand --tags 'Ids and names of tags: the vendor''s JSON, or CSV with id and name'
            cand --dialect 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]'
            cand --as-of 'The instant at which segments are looked at: a date, or a date and time [default: now]'
            cand --timezone 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York'
            cand --window 'What a window over campaigns picks'
            cand --negatives 'How a negative over several campaigns reads'
            cand --status 'Only contacts with this status, or `all` [default: active for Campaign Monitor, all for the others]'
            cand --list 'Only contacts on this list'
            cand --missing-columns 'What to do where a rule asks for a column that the contacts haven''t'
            cand --segment 'Which segment, where the criteria file holds several: its name, or its number from 1'
            cand -o 'Write to this file, which appears whole or not at all; packed if it ends with .gz or .zst'
            cand --output 'Write to this file, which appears whole or not at all; packed if it ends with .gz or .zst'
            cand --split 'Write files of at most N members each, named like --output with -001, -002 … before the extension'
            cand --form 'The shape'
            cand -s 'Columns, separated by commas. contacts-csv: the vendor''s request names (email_address, first_name, …), titles, or names of custom fields; imports: headings (email, first_name, …) or names of custom fields; cc-contact-exports: request names [default: all that there are]'
            cand --select 'Columns, separated by commas. contacts-csv: the vendor''s request names (email_address, first_name, …), titles, or names of custom fields; imports: headings (email, first_name, …) or names of custom fields; cc-contact-exports: request names [default: all that there are]'
            cand --date 'Only those whose Date is on or after this day'
            cand --page 'The page, from 1 [default: 1]'
            cand --page-size 'Subscribers a page, 10 to 1000 [default: 1000]'
            cand --order-field 'email, name or date [default: date]'
            cand --order-direction 'asc or desc [default: asc]'
            cand --offset 'Members to skip [default: 0]'
            cand --limit 'Members to list, 1 to 100 [default: 10]; cc-contacts: contacts a page, 1 to 500 [default: 50]'
            cand --condition 'A file with a further condition (fields and tags only) that must hold as well'
            cand --list-ids 'Lists, by id or by a name that --lists knows, separated by commas: those that the members are put on (cc-add-list-memberships, cc-json-import)'
            cand --segment-id 'The vendor''s id of the segment (cc-contact-exports, cc-email-activity)'
            cand --activity 'The campaign activity as the vendor gave it (cc-email-activity)'
            cand --name 'The new list''s name [default: the segment''s] (cc-contact-list)'
            cand --description 'The new list''s description (cc-contact-list)'
            cand --color 'When to colour'
            cand -q 'No summary on standard error; warnings stay'
            cand --quiet 'No summary on standard error; warnings stay'
            cand --bom 'contacts-csv: begin with a byte order mark, for Excel'
            cand --include-tracking-preference 'With ConsentToTrack'
            cand --favorite 'Make the new list a favourite (cc-contact-list)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'segkit;escape'= {
            cand --name 'Write the whole request body, with this name'
            cand --color 'When to colour'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'segkit;unescape'= {
            cand --color 'When to colour'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'segkit;completions'= {
            cand --color 'When to colour'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
        &'segkit;man'= {
            cand --color 'When to colour'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
        }
    ]
    $completions[$command]
}
