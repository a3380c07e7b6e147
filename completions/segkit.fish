# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_segkit_global_optspecs
    string join \n color= config= no-config h/help V/version
end

function __fish_segkit_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_segkit_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_segkit_using_subcommand
    set -l cmd (__fish_segkit_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c segkit -n "__fish_segkit_needs_command" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_needs_command" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_needs_command" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_needs_command" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "validate" -d 'Check criteria files and say what is wrong with them, and where'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "rules" -d 'List the rules that criteria are checked against, or explain one'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "fmt" -d 'Print criteria files in their canonical form'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "eval" -d 'List the contacts that are in a segment, or in many'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "export" -d 'Write the members of a segment in a vendor\'s shape'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "explain" -d 'Say in plain English whom a segment selects, and why a contact is in it or not'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "funnel" -d 'Show what each rule of a segment costs, and how many contacts are left after each'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "overlap" -d 'Count how many contacts segments share, and say what their rules prove'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "diff" -d 'Tell who joined a segment and who left it, and because of which rule'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "report" -d 'Write one HTML page about segments, to send to a colleague'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "test" -d 'Run tests of segments: who must be in, who out, how many'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "convert" -d 'Write segments in another vendor\'s dialect: the same audience in its words'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "catalog" -d 'Keep a vendor\'s segments in a folder: create, list, show, update, delete, as its API does'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "sql" -d 'Write segments as a statement for a database that has the contacts'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "inspect" -d 'Show what a file is taken for, and what is in it'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "escape" -d 'Write Constant Contact criteria as the escaped string that its endpoints take'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "unescape" -d 'Turn escaped criteria back into JSON laid out for people'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "config" -d 'Show the settings in force, and where each came from'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "schema" -d 'Print the JSON Schema of a dialect, or of test files, for editors'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "lsp" -d 'Serve an editor: problems as they are typed, what words mean, what may come next, quick fixes'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "completions" -d 'Print a script that completes segkit\'s commands in a shell'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "man" -d 'Write the manual pages, one a command'
complete -c segkit -n "__fish_segkit_using_subcommand validate" -s f -l format -d 'How to write what was found [default: text on a terminal, else 277]' -r -f -a "text\t'For people: each finding with the line it is about'
concise\t'One line a finding, `file:line:col: code name: message`, where `error`, `warning` or `note` stands for a code that there isn\'t'
277\t'Campaign Monitor\'s answer to rules with problems, for every dialect: one object a segment'
json\t'Everything, with lines, columns and bytes: one object for the run'
vendor\t'The error body that the vendor itself would answer with, for each segment it would refuse'
sarif\t'SARIF 2.1.0, for code scanning: one log for the run'
github\t'Annotations for GitHub: one workflow command a finding'
junit\t'JUnit XML: one suite a file, one case a segment'"
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l allow -d 'Don\'t show these: names such as bare-date, or `warnings` or `notes` for all of them; may be given several times, like the next two' -r
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l warn -d 'Show these as warnings' -r
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l deny -d 'Show these as errors: they make the exit status 1' -r
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l list -d 'The list of Campaign Monitor segments that don\'t name theirs' -r
complete -c segkit -n "__fish_segkit_using_subcommand validate" -s c -l contacts -d 'Contacts, to look up what criteria name and to count whom ambiguous readings concern; `-` is standard input; may be given several times, like the next [default: the columns of those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand validate" -s t -l tracking -d 'Tracked activities, for the same. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand validate" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l fix -d 'Mend what can be mended with certainty, in the files themselves, and report what remains; of standard input, the mended text is written to standard output and the report to standard error'
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l diff -d 'With --fix: write to no file, show what would change as a unified diff; the report goes to standard error'
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand validate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand validate" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand rules" -s f -l format -d 'How to write them' -r -f -a "text\t'For people'
json\t'For programs: one object'"
complete -c segkit -n "__fish_segkit_using_subcommand rules" -l dialect -d 'Only what can arise in this dialect: constant-contact (cc), campaign-monitor (cm) or engagelab (el)' -r
complete -c segkit -n "__fish_segkit_using_subcommand rules" -l severity -d 'Only rules of this weight, in the list' -r -f -a "error\t'The vendor would refuse it'
warning\t'Probably not meant'
note\t'Good to know'"
complete -c segkit -n "__fish_segkit_using_subcommand rules" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand rules" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand rules" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand rules" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand rules" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand fmt" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand fmt" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand fmt" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand fmt" -l check -d 'Write nothing but the names of the files that would change'
complete -c segkit -n "__fish_segkit_using_subcommand fmt" -l diff -d 'Show what would change, as a unified diff'
complete -c segkit -n "__fish_segkit_using_subcommand fmt" -s i -l in-place -d 'Change the files themselves'
complete -c segkit -n "__fish_segkit_using_subcommand fmt" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand fmt" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand fmt" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand eval" -s c -l contacts -d 'Contacts: CSV, JSON Lines or the vendor\'s JSON answers; `-` is standard input [default: those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -s t -l tracking -d 'Tracked activities, in the same formats. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l on-bad-row -d 'What to do at a row that can\'t be read' -r -f -a "stop\t'Say where it is and why, and answer nothing'
skip\t'Go on without it; the summary counts such rows'"
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l rejects -d 'Keep the rows that --on-bad-row skip leaves out in this file, each with its place and the reason; mended, it can be read like any other dump' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l window -d 'What a window over campaigns picks' -r -f -a "campaign\t'Campaigns, by when they were sent'
activity\t'Activities: every campaign counts, what was done must lie in the window'"
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l negatives -d 'How a negative over several campaigns reads' -r -f -a "any\t'Was sent one of them and opened none'
literal\t'One of them was sent and not opened'"
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l status -d 'Only contacts with this status, or `all` [default: active for Campaign Monitor, all for the others]' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l list -d 'Only contacts on this list' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l missing-columns -d 'What to do where a rule asks for a column that the contacts haven\'t' -r -f -a "refuse\t'Refuse to answer'
blank\t'Take it as missing in every row'"
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l segment -d 'Which segment, where the criteria hold several: its name, or its number from 1 where there is one file' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -s o -l output -d 'Write to this file, which appears whole or not at all; packed if it ends with .gz or .zst' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l split -d 'Write files of at most N members each, named like --output (or those of --output-dir) with -001, -002 … before the extension' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l output-dir -d 'Write the members of each segment to a file of its own in this folder, called after the segment; all of them appear, whole, or none' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand eval" -s f -l format -d 'How to write the members [default: table on a terminal, else csv]' -r -f -a "csv\t'Comma-separated values with a header'
table\t'A table for people'
jsonl\t'One JSON object a line'
json\t'One JSON array'
ids\t'One contact id, else e-mail address, a line'
count\t'The number of members, of several segments that of each'"
complete -c segkit -n "__fish_segkit_using_subcommand eval" -s s -l select -d 'The columns to show, separated by commas [default: contact_id, email and parts of the name, those that there are]' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l engine -d 'Evaluate on this engine, by its own program [default: segkit\'s own engine]' -r -f -a "duckdb\t''
postgres\t''
clickhouse\t''
spark\t''"
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l engine-program -d 'The engine\'s program, where it isn\'t in PATH or is called otherwise' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l engine-arg -d 'A further argument for the engine\'s program; may be given several times' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l connect -d 'postgres: the database, as postgres://USER:PASSWORD@HOST/NAME or as pairs KEY=VALUE [default: what PGHOST, PGDATABASE and their like say]' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l master -d 'spark: the master, such as spark://HOST:7077, yarn or k8s://… [default: all cores of this machine]' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l spark-conf -d 'spark: a setting; may be given several times' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l layout -d 'How tables are laid out [default: canonical]' -r -f -a "canonical\t'tables `contacts` and `activities` with a column a field, under its own name'
stitch-campaign-monitor\t'the streams of Singer\'s tap-campaign-monitor, as Stitch, Qlik and others load them'"
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l schema -d 'The schema of the database that the tables of the layout are in' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l contacts-table -d 'A table of contacts [default: contacts]; may be given several times' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l activities-table -d 'A table of activities [default: activities], of one type where that stands before it, such as open=campaign_opens; may be given several times' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l campaigns-table -d 'The table of campaigns [default: none; their times are those of --campaigns, or of activities]' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l column -d 'The column of a field, and what it holds: text, several (parted by `;` or `|`), list, timestamp or timestamptz, such as tags=labels:list; with nothing behind `=`, there is no such column. With `contacts.`, `activities.`, `campaigns.` or a type such as `open.` before the field, of these tables only; cf:NAME is a custom field. May be given several times' -r
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l timings -d 'Say on standard error where the time went, pass by pass; also with --quiet'
complete -c segkit -n "__fish_segkit_using_subcommand eval" -s q -l quiet -d 'No summary on standard error; warnings stay'
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l bom -d 'csv: begin with a byte order mark, for Excel'
complete -c segkit -n "__fish_segkit_using_subcommand eval" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand eval" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand eval" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand export" -s c -l contacts -d 'Contacts: CSV, JSON Lines or the vendor\'s JSON answers; `-` is standard input [default: those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -s t -l tracking -d 'Tracked activities, in the same formats. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l on-bad-row -d 'What to do at a row that can\'t be read' -r -f -a "stop\t'Say where it is and why, and answer nothing'
skip\t'Go on without it; the summary counts such rows'"
complete -c segkit -n "__fish_segkit_using_subcommand export" -l rejects -d 'Keep the rows that --on-bad-row skip leaves out in this file, each with its place and the reason; mended, it can be read like any other dump' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand export" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand export" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l window -d 'What a window over campaigns picks' -r -f -a "campaign\t'Campaigns, by when they were sent'
activity\t'Activities: every campaign counts, what was done must lie in the window'"
complete -c segkit -n "__fish_segkit_using_subcommand export" -l negatives -d 'How a negative over several campaigns reads' -r -f -a "any\t'Was sent one of them and opened none'
literal\t'One of them was sent and not opened'"
complete -c segkit -n "__fish_segkit_using_subcommand export" -l status -d 'Only contacts with this status, or `all` [default: active for Campaign Monitor, all for the others]' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l list -d 'Only contacts on this list' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l missing-columns -d 'What to do where a rule asks for a column that the contacts haven\'t' -r -f -a "refuse\t'Refuse to answer'
blank\t'Take it as missing in every row'"
complete -c segkit -n "__fish_segkit_using_subcommand export" -l segment -d 'Which segment, where the criteria hold several: its name, or its number from 1 where there is one file' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -s o -l output -d 'Write to this file, which appears whole or not at all; packed if it ends with .gz or .zst' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand export" -l split -d 'Write files of at most N members each, named like --output (or those of --output-dir) with -001, -002 … before the extension' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l form -d 'The shape' -r -f -a "contacts-csv\t'Constant Contact\'s contact export file'
cm-subscribers\t'Campaign Monitor\'s page of a segment\'s active subscribers'
el-members\t'EngageLab\'s segment member list'
cc-contacts\t'Constant Contact\'s GET /contacts, a page a line'
cc-contact-list\t'Constant Contact\'s body for a new contact list'
cc-add-list-memberships\t'Constant Contact\'s bodies that put the members on lists, one a line'
cc-json-import\t'Constant Contact\'s bodies of contacts_json_import, one a line'
cc-file-import\t'Constant Contact\'s CSV file for contacts_file_import'
cc-contact-exports\t'Constant Contact\'s request for an export of the segment, and the finished activity\'s answer'
cc-email-activity\t'Constant Contact\'s campaign activity, sent to the segment'"
complete -c segkit -n "__fish_segkit_using_subcommand export" -s s -l select -d 'Columns, separated by commas. contacts-csv: the vendor\'s request names (email_address, first_name, …), titles, or names of custom fields; imports: headings (email, first_name, …) or names of custom fields; cc-contact-exports: request names [default: all that there are]' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l date -d 'Only those whose Date is on or after this day' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l page -d 'The page, from 1 [default: 1]' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l page-size -d 'Subscribers a page, 10 to 1000 [default: 1000]' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l order-field -d 'email, name or date [default: date]' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l order-direction -d 'asc or desc [default: asc]' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l offset -d 'Members to skip [default: 0]' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l limit -d 'Members to list, 1 to 100 [default: 10]; cc-contacts: contacts a page, 1 to 500 [default: 50]' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l condition -d 'A file with a further condition (fields and tags only) that must hold as well' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand export" -l list-ids -d 'Lists, by id or by a name that --lists knows, separated by commas: those that the members are put on (cc-add-list-memberships, cc-json-import)' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l segment-id -d 'The vendor\'s id of the segment (cc-contact-exports, cc-email-activity)' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l activity -d 'The campaign activity as the vendor gave it (cc-email-activity)' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand export" -l name -d 'The new list\'s name [default: the segment\'s] (cc-contact-list)' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l description -d 'The new list\'s description (cc-contact-list)' -r
complete -c segkit -n "__fish_segkit_using_subcommand export" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand export" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand export" -l timings -d 'Say on standard error where the time went, pass by pass; also with --quiet'
complete -c segkit -n "__fish_segkit_using_subcommand export" -s q -l quiet -d 'No summary on standard error; warnings stay'
complete -c segkit -n "__fish_segkit_using_subcommand export" -l bom -d 'contacts-csv: begin with a byte order mark, for Excel'
complete -c segkit -n "__fish_segkit_using_subcommand export" -l include-tracking-preference -d 'With ConsentToTrack'
complete -c segkit -n "__fish_segkit_using_subcommand export" -l favorite -d 'Make the new list a favourite (cc-contact-list)'
complete -c segkit -n "__fish_segkit_using_subcommand export" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand export" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand explain" -s k -l contact -d 'Explain the verdict on this contact of the dump, by its id or e-mail address; may be given several times' -r
complete -c segkit -n "__fish_segkit_using_subcommand explain" -s f -l format -d 'How to write it' -r -f -a "text\t'For people'
json\t'For programs'"
complete -c segkit -n "__fish_segkit_using_subcommand explain" -s c -l contacts -d 'Contacts: CSV, JSON Lines or the vendor\'s JSON answers; `-` is standard input [default: those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand explain" -s t -l tracking -d 'Tracked activities, in the same formats. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand explain" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand explain" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand explain" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand explain" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand explain" -l on-bad-row -d 'What to do at a row that can\'t be read' -r -f -a "stop\t'Say where it is and why, and answer nothing'
skip\t'Go on without it; the summary counts such rows'"
complete -c segkit -n "__fish_segkit_using_subcommand explain" -l rejects -d 'Keep the rows that --on-bad-row skip leaves out in this file, each with its place and the reason; mended, it can be read like any other dump' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand explain" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand explain" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand explain" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand explain" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand explain" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand explain" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand explain" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand explain" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand explain" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand explain" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand explain" -l window -d 'What a window over campaigns picks' -r -f -a "campaign\t'Campaigns, by when they were sent'
activity\t'Activities: every campaign counts, what was done must lie in the window'"
complete -c segkit -n "__fish_segkit_using_subcommand explain" -l negatives -d 'How a negative over several campaigns reads' -r -f -a "any\t'Was sent one of them and opened none'
literal\t'One of them was sent and not opened'"
complete -c segkit -n "__fish_segkit_using_subcommand explain" -l status -d 'Only contacts with this status, or `all` [default: active for Campaign Monitor, all for the others]' -r
complete -c segkit -n "__fish_segkit_using_subcommand explain" -l list -d 'Only contacts on this list' -r
complete -c segkit -n "__fish_segkit_using_subcommand explain" -l missing-columns -d 'What to do where a rule asks for a column that the contacts haven\'t' -r -f -a "refuse\t'Refuse to answer'
blank\t'Take it as missing in every row'"
complete -c segkit -n "__fish_segkit_using_subcommand explain" -l segment -d 'Which segment, where the criteria hold several: its name, or its number from 1 where there is one file' -r
complete -c segkit -n "__fish_segkit_using_subcommand explain" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand explain" -s o -l output -d 'Write to this file, which appears whole or not at all; packed if it ends with .gz or .zst' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand explain" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand explain" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand explain" -s q -l quiet -d 'No summary on standard error; warnings stay'
complete -c segkit -n "__fish_segkit_using_subcommand explain" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand explain" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -s f -l format -d 'How to write it' -r -f -a "text\t'For people'
json\t'For programs'"
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -s c -l contacts -d 'Contacts: CSV, JSON Lines or the vendor\'s JSON answers; `-` is standard input [default: those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -s t -l tracking -d 'Tracked activities, in the same formats. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -l on-bad-row -d 'What to do at a row that can\'t be read' -r -f -a "stop\t'Say where it is and why, and answer nothing'
skip\t'Go on without it; the summary counts such rows'"
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -l rejects -d 'Keep the rows that --on-bad-row skip leaves out in this file, each with its place and the reason; mended, it can be read like any other dump' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -l window -d 'What a window over campaigns picks' -r -f -a "campaign\t'Campaigns, by when they were sent'
activity\t'Activities: every campaign counts, what was done must lie in the window'"
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -l negatives -d 'How a negative over several campaigns reads' -r -f -a "any\t'Was sent one of them and opened none'
literal\t'One of them was sent and not opened'"
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -l status -d 'Only contacts with this status, or `all` [default: active for Campaign Monitor, all for the others]' -r
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -l list -d 'Only contacts on this list' -r
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -l missing-columns -d 'What to do where a rule asks for a column that the contacts haven\'t' -r -f -a "refuse\t'Refuse to answer'
blank\t'Take it as missing in every row'"
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -l segment -d 'Which segment, where the criteria hold several: its name, or its number from 1 where there is one file' -r
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -s o -l output -d 'Write to this file, which appears whole or not at all; packed if it ends with .gz or .zst' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -s q -l quiet -d 'No summary on standard error; warnings stay'
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand funnel" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -s c -l contacts -d 'Contacts: CSV, JSON Lines or the vendor\'s JSON answers; `-` is standard input [default: those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -s t -l tracking -d 'Tracked activities, in the same formats. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l on-bad-row -d 'What to do at a row that can\'t be read' -r -f -a "stop\t'Say where it is and why, and answer nothing'
skip\t'Go on without it; the summary counts such rows'"
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l rejects -d 'Keep the rows that --on-bad-row skip leaves out in this file, each with its place and the reason; mended, it can be read like any other dump' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l window -d 'What a window over campaigns picks' -r -f -a "campaign\t'Campaigns, by when they were sent'
activity\t'Activities: every campaign counts, what was done must lie in the window'"
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l negatives -d 'How a negative over several campaigns reads' -r -f -a "any\t'Was sent one of them and opened none'
literal\t'One of them was sent and not opened'"
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l status -d 'Only contacts with this status, or `all` [default: active for Campaign Monitor, all for the others]' -r
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l list -d 'Only contacts on this list' -r
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l missing-columns -d 'What to do where a rule asks for a column that the contacts haven\'t' -r -f -a "refuse\t'Refuse to answer'
blank\t'Take it as missing in every row'"
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l segment -d 'Which segment, where the criteria hold several: its name, or its number from 1 where there is one file' -r
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -s o -l output -d 'Write to this file, which appears whole or not at all; packed if it ends with .gz or .zst' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l regions -d 'How many sets of segments to show, of those that contacts are in and no other' -r
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -s f -l format -d 'How to write what was found' -r -f -a "text\t'For people (the default)'
json\t'One object with everything'
csv\t'The matrix: a record a pair of segments'"
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -s q -l quiet -d 'No summary on standard error; warnings stay'
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand overlap" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l before-as-of -d 'The instant before [default: that of --as-of]' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l before-contacts -d 'The contacts before [default: those of --contacts]' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l before-tracking -d 'The tracked activities before [default: those of --tracking]' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l before-campaigns -d 'The campaigns before; may be given several times [default: those of --campaigns]' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l before-segment -d 'Which segment it was before, where the criteria hold several; of a list, which segment\'s members [default: that of --segment]' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l before-list -d 'The members before, as `eval` wrote them: csv, json, jsonl or ids; `-` is standard input' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -s c -l contacts -d 'Contacts: CSV, JSON Lines or the vendor\'s JSON answers; `-` is standard input [default: those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -s t -l tracking -d 'Tracked activities, in the same formats. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l on-bad-row -d 'What to do at a row that can\'t be read' -r -f -a "stop\t'Say where it is and why, and answer nothing'
skip\t'Go on without it; the summary counts such rows'"
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l rejects -d 'Keep the rows that --on-bad-row skip leaves out in this file, each with its place and the reason; mended, it can be read like any other dump' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l window -d 'What a window over campaigns picks' -r -f -a "campaign\t'Campaigns, by when they were sent'
activity\t'Activities: every campaign counts, what was done must lie in the window'"
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l negatives -d 'How a negative over several campaigns reads' -r -f -a "any\t'Was sent one of them and opened none'
literal\t'One of them was sent and not opened'"
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l status -d 'Only contacts with this status, or `all` [default: active for Campaign Monitor, all for the others]' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l list -d 'Only contacts on this list' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l missing-columns -d 'What to do where a rule asks for a column that the contacts haven\'t' -r -f -a "refuse\t'Refuse to answer'
blank\t'Take it as missing in every row'"
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l segment -d 'Which segment, where the criteria hold several: its name, or its number from 1 where there is one file' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -s o -l output -d 'Write to this file, which appears whole or not at all; packed if it ends with .gz or .zst' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand diff" -s f -l format -d 'How to write what changed' -r -f -a "text\t'For people (the default)'
json\t'One object with everything'
csv\t'A record a contact that changed'"
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l limit -d 'text: how many contacts to show; the others are only counted' -r
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand diff" -s q -l quiet -d 'No summary on standard error; warnings stay'
complete -c segkit -n "__fish_segkit_using_subcommand diff" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand diff" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand report" -l title -d 'What the page is called [default: after the segments]' -r
complete -c segkit -n "__fish_segkit_using_subcommand report" -l sample -d 'How many members of each segment to show' -r
complete -c segkit -n "__fish_segkit_using_subcommand report" -s s -l select -d 'The columns of members to show, separated by commas [default: contact_id, email and parts of the name, those that there are]' -r
complete -c segkit -n "__fish_segkit_using_subcommand report" -l growth -d 'Over how many months before as-of to show how the segments grew; each takes a scan of its own' -r
complete -c segkit -n "__fish_segkit_using_subcommand report" -s c -l contacts -d 'Contacts: CSV, JSON Lines or the vendor\'s JSON answers; `-` is standard input [default: those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand report" -s t -l tracking -d 'Tracked activities, in the same formats. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand report" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand report" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand report" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand report" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand report" -l on-bad-row -d 'What to do at a row that can\'t be read' -r -f -a "stop\t'Say where it is and why, and answer nothing'
skip\t'Go on without it; the summary counts such rows'"
complete -c segkit -n "__fish_segkit_using_subcommand report" -l rejects -d 'Keep the rows that --on-bad-row skip leaves out in this file, each with its place and the reason; mended, it can be read like any other dump' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand report" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand report" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand report" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand report" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand report" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand report" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand report" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand report" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand report" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand report" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand report" -l window -d 'What a window over campaigns picks' -r -f -a "campaign\t'Campaigns, by when they were sent'
activity\t'Activities: every campaign counts, what was done must lie in the window'"
complete -c segkit -n "__fish_segkit_using_subcommand report" -l negatives -d 'How a negative over several campaigns reads' -r -f -a "any\t'Was sent one of them and opened none'
literal\t'One of them was sent and not opened'"
complete -c segkit -n "__fish_segkit_using_subcommand report" -l status -d 'Only contacts with this status, or `all` [default: active for Campaign Monitor, all for the others]' -r
complete -c segkit -n "__fish_segkit_using_subcommand report" -l list -d 'Only contacts on this list' -r
complete -c segkit -n "__fish_segkit_using_subcommand report" -l missing-columns -d 'What to do where a rule asks for a column that the contacts haven\'t' -r -f -a "refuse\t'Refuse to answer'
blank\t'Take it as missing in every row'"
complete -c segkit -n "__fish_segkit_using_subcommand report" -l segment -d 'Which segment, where the criteria hold several: its name, or its number from 1 where there is one file' -r
complete -c segkit -n "__fish_segkit_using_subcommand report" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand report" -s o -l output -d 'Write to this file, which appears whole or not at all; packed if it ends with .gz or .zst' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand report" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand report" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand report" -l redact -d 'Hide e-mail addresses: of each only the first character and the domain are shown'
complete -c segkit -n "__fish_segkit_using_subcommand report" -s q -l quiet -d 'No summary on standard error; warnings stay'
complete -c segkit -n "__fish_segkit_using_subcommand report" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand report" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand report" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand test" -l filter -d 'Only cases whose file or name contains this text, case aside' -r
complete -c segkit -n "__fish_segkit_using_subcommand test" -l coverage-min -d 'Fail when fewer changes are noticed than N in a hundred' -r
complete -c segkit -n "__fish_segkit_using_subcommand test" -s f -l format -d 'How to write what came of it [default: text]' -r -f -a "text\t'For people: one line a case, and what failed of it'
json\t'Everything: one object for the run'
junit\t'JUnit XML: one suite a file'
github\t'Annotations for GitHub: one workflow command a failure'"
complete -c segkit -n "__fish_segkit_using_subcommand test" -s o -l output -d 'Write to this file, which appears whole or not at all; packed if it ends with .gz or .zst' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand test" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand test" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand test" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand test" -l list -d 'List the cases and run none'
complete -c segkit -n "__fish_segkit_using_subcommand test" -l coverage -d 'Change each rule in turn and list the changes that no test notices'
complete -c segkit -n "__fish_segkit_using_subcommand test" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand test" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l to -d 'The dialect to write: constant-contact (cc), campaign-monitor (cm) or engagelab (el)' -r
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l lossy -d 'Where it can\'t be said exactly, write a wider or a narrower segment, by default the one that loses less' -r -f -a "nearest\t'Whichever loses less; of two alike the narrower'
wider\t'Everybody who is in it stays in it'
narrower\t'Nobody comes into it'"
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l map-file -d 'What campaigns, lists, tags and fields are called there (TOML)' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l name -d 'The name of the segment there' -r
complete -c segkit -n "__fish_segkit_using_subcommand convert" -s f -l format -d 'What to write' -r -f -a "criteria\t'The criteria: one segment, or a JSON array of them'
json\t'A report for programs, with the criteria and what became of each rule'"
complete -c segkit -n "__fish_segkit_using_subcommand convert" -s o -l output -d 'Write to this file, which appears whole or not at all' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l output-dir -d 'Write each segment to a file of its own in this folder, called after the segment; all of them appear, whole, or none' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand convert" -s c -l contacts -d 'Contacts: CSV, JSON Lines or the vendor\'s JSON answers; `-` is standard input [default: those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand convert" -s t -l tracking -d 'Tracked activities, in the same formats. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l on-bad-row -d 'What to do at a row that can\'t be read' -r -f -a "stop\t'Say where it is and why, and answer nothing'
skip\t'Go on without it; the summary counts such rows'"
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l rejects -d 'Keep the rows that --on-bad-row skip leaves out in this file, each with its place and the reason; mended, it can be read like any other dump' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l window -d 'What a window over campaigns picks' -r -f -a "campaign\t'Campaigns, by when they were sent'
activity\t'Activities: every campaign counts, what was done must lie in the window'"
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l negatives -d 'How a negative over several campaigns reads' -r -f -a "any\t'Was sent one of them and opened none'
literal\t'One of them was sent and not opened'"
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l status -d 'Only contacts with this status, or `all` [default: active for Campaign Monitor, all for the others]' -r
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l list -d 'Only contacts on this list' -r
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l missing-columns -d 'What to do where a rule asks for a column that the contacts haven\'t' -r -f -a "refuse\t'Refuse to answer'
blank\t'Take it as missing in every row'"
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l segment -d 'Which segment, where the criteria hold several: its name, or its number from 1 where there is one file' -r
complete -c segkit -n "__fish_segkit_using_subcommand convert" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l prove -d 'Evaluate both segments over the dumps, in one scan, and show that their members are the same'
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l map-template -d 'Print what the map file lacks, to be filled in, and convert nothing'
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l escaped -d 'Constant Contact: write the body that the vendor\'s endpoint takes, its criteria as one escaped string; one line a segment'
complete -c segkit -n "__fish_segkit_using_subcommand convert" -s q -l quiet -d 'No summary on standard error; warnings stay'
complete -c segkit -n "__fish_segkit_using_subcommand convert" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand convert" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand convert" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and not __fish_seen_subcommand_from create list show update rename add-rules clear-rules delete check status import assign calculate process members remove-members" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and not __fish_seen_subcommand_from create list show update rename add-rules clear-rules delete check status import assign calculate process members remove-members" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and not __fish_seen_subcommand_from create list show update rename add-rules clear-rules delete check status import assign calculate process members remove-members" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and not __fish_seen_subcommand_from create list show update rename add-rules clear-rules delete check status import assign calculate process members remove-members" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and not __fish_seen_subcommand_from create list show update rename add-rules clear-rules delete check status import assign calculate process members remove-members" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and not __fish_seen_subcommand_from create list show update rename add-rules clear-rules delete check status import assign calculate process members remove-members" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and not __fish_seen_subcommand_from create list show update rename add-rules clear-rules delete check status import assign calculate process members remove-members" -f -a "create" -d 'Make a segment of the body of a request'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and not __fish_seen_subcommand_from create list show update rename add-rules clear-rules delete check status import assign calculate process members remove-members" -f -a "list" -d 'List the segments'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and not __fish_seen_subcommand_from create list show update rename add-rules clear-rules delete check status import assign calculate process members remove-members" -f -a "show" -d 'Tell of one segment'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and not __fish_seen_subcommand_from create list show update rename add-rules clear-rules delete check status import assign calculate process members remove-members" -f -a "update" -d 'Change a segment by the body of a request'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and not __fish_seen_subcommand_from create list show update rename add-rules clear-rules delete check status import assign calculate process members remove-members" -f -a "rename" -d 'Give a segment another name'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and not __fish_seen_subcommand_from create list show update rename add-rules clear-rules delete check status import assign calculate process members remove-members" -f -a "add-rules" -d 'Campaign Monitor: add a rule group to a segment'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and not __fish_seen_subcommand_from create list show update rename add-rules clear-rules delete check status import assign calculate process members remove-members" -f -a "clear-rules" -d 'Campaign Monitor: take all rules from a segment'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and not __fish_seen_subcommand_from create list show update rename add-rules clear-rules delete check status import assign calculate process members remove-members" -f -a "delete" -d 'Delete a segment'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and not __fish_seen_subcommand_from create list show update rename add-rules clear-rules delete check status import assign calculate process members remove-members" -f -a "check" -d 'Check all files: faults, ids and titles that stand twice, names that don\'t fit'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and not __fish_seen_subcommand_from create list show update rename add-rules clear-rules delete check status import assign calculate process members remove-members" -f -a "status" -d 'Tell what changed since a revision of git, in words'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and not __fish_seen_subcommand_from create list show update rename add-rules clear-rules delete check status import assign calculate process members remove-members" -f -a "import" -d 'Put a vendor\'s answers into the catalog'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and not __fish_seen_subcommand_from create list show update rename add-rules clear-rules delete check status import assign calculate process members remove-members" -f -a "assign" -d 'Constant Contact: write the campaign update that sends a campaign to a segment'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and not __fish_seen_subcommand_from create list show update rename add-rules clear-rules delete check status import assign calculate process members remove-members" -f -a "calculate" -d 'Count who is in a segment, into its file'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and not __fish_seen_subcommand_from create list show update rename add-rules clear-rules delete check status import assign calculate process members remove-members" -f -a "process" -d 'EngageLab: tell how far the calculation of a segment is'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and not __fish_seen_subcommand_from create list show update rename add-rules clear-rules delete check status import assign calculate process members remove-members" -f -a "members" -d 'List who is in a segment, as the vendor answers it'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and not __fish_seen_subcommand_from create list show update rename add-rules clear-rules delete check status import assign calculate process members remove-members" -f -a "remove-members" -d 'EngageLab: keep members out of a segment'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -l lock-wait -d 'How long to wait while another process writes to the catalog, in seconds' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -l allow -d 'Don\'t show these: names such as bare-date, or `warnings` or `notes` for all of them; may be given several times, like the next two' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -l warn -d 'Show these as warnings' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -l deny -d 'Show these as errors: they make the exit status 1' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -l list -d 'The list of Campaign Monitor segments that don\'t name theirs' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -s c -l contacts -d 'Contacts, to look up what criteria name and to count whom ambiguous readings concern; `-` is standard input; may be given several times, like the next [default: the columns of those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -s t -l tracking -d 'Tracked activities, for the same. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -s f -l format -d 'How to write the answer; errors are the vendor\'s JSON always' -r -f -a "json\t'The vendor\'s JSON'
table\t'A table for people'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from create" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l sort-by -d 'Constant Contact: by `date`, the latest edited first, or by `name` [default: date]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l segment-name -d 'EngageLab: only segments whose name has this part, case aside' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l type -d 'EngageLab: only segments of this type, 0 (by field) or 1 (by campaign)' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l offset -d 'EngageLab: how many segments to pass over [default: 0]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l limit -d 'How many segments to list. Constant Contact: 1 to 1000 [default: 1000]; EngageLab: 1 to 100 [default: 10]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l allow -d 'Don\'t show these: names such as bare-date, or `warnings` or `notes` for all of them; may be given several times, like the next two' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l warn -d 'Show these as warnings' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l deny -d 'Show these as errors: they make the exit status 1' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l list -d 'The list of Campaign Monitor segments that don\'t name theirs' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -s c -l contacts -d 'Contacts, to look up what criteria name and to count whom ambiguous readings concern; `-` is standard input; may be given several times, like the next [default: the columns of those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -s t -l tracking -d 'Tracked activities, for the same. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -s f -l format -d 'How to write the answer; errors are the vendor\'s JSON always' -r -f -a "json\t'The vendor\'s JSON'
table\t'A table for people'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -l allow -d 'Don\'t show these: names such as bare-date, or `warnings` or `notes` for all of them; may be given several times, like the next two' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -l warn -d 'Show these as warnings' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -l deny -d 'Show these as errors: they make the exit status 1' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -l list -d 'The list of Campaign Monitor segments that don\'t name theirs' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -s c -l contacts -d 'Contacts, to look up what criteria name and to count whom ambiguous readings concern; `-` is standard input; may be given several times, like the next [default: the columns of those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -s t -l tracking -d 'Tracked activities, for the same. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -s f -l format -d 'How to write the answer; errors are the vendor\'s JSON always' -r -f -a "json\t'The vendor\'s JSON'
table\t'A table for people'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -l lock-wait -d 'How long to wait while another process writes to the catalog, in seconds' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -l allow -d 'Don\'t show these: names such as bare-date, or `warnings` or `notes` for all of them; may be given several times, like the next two' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -l warn -d 'Show these as warnings' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -l deny -d 'Show these as errors: they make the exit status 1' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -l list -d 'The list of Campaign Monitor segments that don\'t name theirs' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -s c -l contacts -d 'Contacts, to look up what criteria name and to count whom ambiguous readings concern; `-` is standard input; may be given several times, like the next [default: the columns of those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -s t -l tracking -d 'Tracked activities, for the same. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -s f -l format -d 'How to write the answer; errors are the vendor\'s JSON always' -r -f -a "json\t'The vendor\'s JSON'
table\t'A table for people'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from update" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -l lock-wait -d 'How long to wait while another process writes to the catalog, in seconds' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -l allow -d 'Don\'t show these: names such as bare-date, or `warnings` or `notes` for all of them; may be given several times, like the next two' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -l warn -d 'Show these as warnings' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -l deny -d 'Show these as errors: they make the exit status 1' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -l list -d 'The list of Campaign Monitor segments that don\'t name theirs' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -s c -l contacts -d 'Contacts, to look up what criteria name and to count whom ambiguous readings concern; `-` is standard input; may be given several times, like the next [default: the columns of those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -s t -l tracking -d 'Tracked activities, for the same. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -s f -l format -d 'How to write the answer; errors are the vendor\'s JSON always' -r -f -a "json\t'The vendor\'s JSON'
table\t'A table for people'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from rename" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -l lock-wait -d 'How long to wait while another process writes to the catalog, in seconds' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -l allow -d 'Don\'t show these: names such as bare-date, or `warnings` or `notes` for all of them; may be given several times, like the next two' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -l warn -d 'Show these as warnings' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -l deny -d 'Show these as errors: they make the exit status 1' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -l list -d 'The list of Campaign Monitor segments that don\'t name theirs' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -s c -l contacts -d 'Contacts, to look up what criteria name and to count whom ambiguous readings concern; `-` is standard input; may be given several times, like the next [default: the columns of those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -s t -l tracking -d 'Tracked activities, for the same. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -s f -l format -d 'How to write the answer; errors are the vendor\'s JSON always' -r -f -a "json\t'The vendor\'s JSON'
table\t'A table for people'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from add-rules" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -l lock-wait -d 'How long to wait while another process writes to the catalog, in seconds' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -l allow -d 'Don\'t show these: names such as bare-date, or `warnings` or `notes` for all of them; may be given several times, like the next two' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -l warn -d 'Show these as warnings' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -l deny -d 'Show these as errors: they make the exit status 1' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -l list -d 'The list of Campaign Monitor segments that don\'t name theirs' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -s c -l contacts -d 'Contacts, to look up what criteria name and to count whom ambiguous readings concern; `-` is standard input; may be given several times, like the next [default: the columns of those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -s t -l tracking -d 'Tracked activities, for the same. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -s f -l format -d 'How to write the answer; errors are the vendor\'s JSON always' -r -f -a "json\t'The vendor\'s JSON'
table\t'A table for people'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from clear-rules" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -l lock-wait -d 'How long to wait while another process writes to the catalog, in seconds' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -l allow -d 'Don\'t show these: names such as bare-date, or `warnings` or `notes` for all of them; may be given several times, like the next two' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -l warn -d 'Show these as warnings' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -l deny -d 'Show these as errors: they make the exit status 1' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -l list -d 'The list of Campaign Monitor segments that don\'t name theirs' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -s c -l contacts -d 'Contacts, to look up what criteria name and to count whom ambiguous readings concern; `-` is standard input; may be given several times, like the next [default: the columns of those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -s t -l tracking -d 'Tracked activities, for the same. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -s f -l format -d 'How to write the answer; errors are the vendor\'s JSON always' -r -f -a "json\t'The vendor\'s JSON'
table\t'A table for people'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from delete" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -s f -l format -d 'How to write what was found [default: text]' -r -f -a "text\t'For people'
json\t'One object'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -l lock-wait -d 'How long to wait while another process writes to the catalog, in seconds' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -l allow -d 'Don\'t show these: names such as bare-date, or `warnings` or `notes` for all of them; may be given several times, like the next two' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -l warn -d 'Show these as warnings' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -l deny -d 'Show these as errors: they make the exit status 1' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -l list -d 'The list of Campaign Monitor segments that don\'t name theirs' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -s c -l contacts -d 'Contacts, to look up what criteria name and to count whom ambiguous readings concern; `-` is standard input; may be given several times, like the next [default: the columns of those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -s t -l tracking -d 'Tracked activities, for the same. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -l fix -d 'Mend what needs no choice: of several files with one id the younger get another, names are made to fit, files left over by killed processes go'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from check" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l since -d 'The revision that the folder is compared with, as git names them' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -s f -l format -d 'How to write what changed' -r -f -a "text\t'For people'
json\t'For programs'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -s c -l contacts -d 'Contacts: CSV, JSON Lines or the vendor\'s JSON answers; `-` is standard input [default: those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -s t -l tracking -d 'Tracked activities, in the same formats. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l on-bad-row -d 'What to do at a row that can\'t be read' -r -f -a "stop\t'Say where it is and why, and answer nothing'
skip\t'Go on without it; the summary counts such rows'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l rejects -d 'Keep the rows that --on-bad-row skip leaves out in this file, each with its place and the reason; mended, it can be read like any other dump' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l window -d 'What a window over campaigns picks' -r -f -a "campaign\t'Campaigns, by when they were sent'
activity\t'Activities: every campaign counts, what was done must lie in the window'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l negatives -d 'How a negative over several campaigns reads' -r -f -a "any\t'Was sent one of them and opened none'
literal\t'One of them was sent and not opened'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l status -d 'Only contacts with this status, or `all` [default: active for Campaign Monitor, all for the others]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l list -d 'Only contacts on this list' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l missing-columns -d 'What to do where a rule asks for a column that the contacts haven\'t' -r -f -a "refuse\t'Refuse to answer'
blank\t'Take it as missing in every row'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l segment -d 'Which segment, where the criteria hold several: its name, or its number from 1 where there is one file' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -s o -l output -d 'Write to this file, which appears whole or not at all; packed if it ends with .gz or .zst' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -s q -l quiet -d 'No summary on standard error; warnings stay'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from status" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -l lock-wait -d 'How long to wait while another process writes to the catalog, in seconds' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -l allow -d 'Don\'t show these: names such as bare-date, or `warnings` or `notes` for all of them; may be given several times, like the next two' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -l warn -d 'Show these as warnings' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -l deny -d 'Show these as errors: they make the exit status 1' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -l list -d 'The list of Campaign Monitor segments that don\'t name theirs' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -s c -l contacts -d 'Contacts, to look up what criteria name and to count whom ambiguous readings concern; `-` is standard input; may be given several times, like the next [default: the columns of those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -s t -l tracking -d 'Tracked activities, for the same. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -s f -l format -d 'How to write the answer; errors are the vendor\'s JSON always' -r -f -a "json\t'The vendor\'s JSON'
table\t'A table for people'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from import" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -l activity -d 'The campaign activity as the vendor gave it; `-` is standard input' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -l list-ids -d 'Lists that the campaign goes to; beside a segment the vendor takes none' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -l allow -d 'Don\'t show these: names such as bare-date, or `warnings` or `notes` for all of them; may be given several times, like the next two' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -l warn -d 'Show these as warnings' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -l deny -d 'Show these as errors: they make the exit status 1' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -l list -d 'The list of Campaign Monitor segments that don\'t name theirs' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -s c -l contacts -d 'Contacts, to look up what criteria name and to count whom ambiguous readings concern; `-` is standard input; may be given several times, like the next [default: the columns of those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -s t -l tracking -d 'Tracked activities, for the same. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -s f -l format -d 'How to write the answer; errors are the vendor\'s JSON always' -r -f -a "json\t'The vendor\'s JSON'
table\t'A table for people'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from assign" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -s f -l format -d 'How to write the answer; errors are the vendor\'s JSON always' -r -f -a "json\t'The vendor\'s JSON'
table\t'A table for people'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l lock-wait -d 'How long to wait while another process writes to the catalog, in seconds' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -s c -l contacts -d 'Contacts: CSV, JSON Lines or the vendor\'s JSON answers; `-` is standard input [default: those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -s t -l tracking -d 'Tracked activities, in the same formats. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l on-bad-row -d 'What to do at a row that can\'t be read' -r -f -a "stop\t'Say where it is and why, and answer nothing'
skip\t'Go on without it; the summary counts such rows'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l rejects -d 'Keep the rows that --on-bad-row skip leaves out in this file, each with its place and the reason; mended, it can be read like any other dump' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l window -d 'What a window over campaigns picks' -r -f -a "campaign\t'Campaigns, by when they were sent'
activity\t'Activities: every campaign counts, what was done must lie in the window'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l negatives -d 'How a negative over several campaigns reads' -r -f -a "any\t'Was sent one of them and opened none'
literal\t'One of them was sent and not opened'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l status -d 'Only contacts with this status, or `all` [default: active for Campaign Monitor, all for the others]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l list -d 'Only contacts on this list' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l missing-columns -d 'What to do where a rule asks for a column that the contacts haven\'t' -r -f -a "refuse\t'Refuse to answer'
blank\t'Take it as missing in every row'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l segment -d 'Which segment, where the criteria hold several: its name, or its number from 1 where there is one file' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from calculate" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -l allow -d 'Don\'t show these: names such as bare-date, or `warnings` or `notes` for all of them; may be given several times, like the next two' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -l warn -d 'Show these as warnings' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -l deny -d 'Show these as errors: they make the exit status 1' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -l list -d 'The list of Campaign Monitor segments that don\'t name theirs' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -s c -l contacts -d 'Contacts, to look up what criteria name and to count whom ambiguous readings concern; `-` is standard input; may be given several times, like the next [default: the columns of those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -s t -l tracking -d 'Tracked activities, for the same. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -s f -l format -d 'How to write the answer; errors are the vendor\'s JSON always' -r -f -a "json\t'The vendor\'s JSON'
table\t'A table for people'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from process" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l offset -d 'EngageLab: how many members to pass over [default: 0]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l limit -d 'How many members a page holds. Constant Contact: 1 to 500 [default: 50], a page a line; EngageLab: 1 to 100 [default: 10]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l date -d 'Only those whose Date is on or after this day' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l page -d 'The page, from 1 [default: 1]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l page-size -d 'Subscribers a page, 10 to 1000 [default: 1000]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l order-field -d 'email, name or date [default: date]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l order-direction -d 'asc or desc [default: asc]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -s c -l contacts -d 'Contacts: CSV, JSON Lines or the vendor\'s JSON answers; `-` is standard input [default: those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -s t -l tracking -d 'Tracked activities, in the same formats. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l on-bad-row -d 'What to do at a row that can\'t be read' -r -f -a "stop\t'Say where it is and why, and answer nothing'
skip\t'Go on without it; the summary counts such rows'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l rejects -d 'Keep the rows that --on-bad-row skip leaves out in this file, each with its place and the reason; mended, it can be read like any other dump' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l window -d 'What a window over campaigns picks' -r -f -a "campaign\t'Campaigns, by when they were sent'
activity\t'Activities: every campaign counts, what was done must lie in the window'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l negatives -d 'How a negative over several campaigns reads' -r -f -a "any\t'Was sent one of them and opened none'
literal\t'One of them was sent and not opened'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l status -d 'Only contacts with this status, or `all` [default: active for Campaign Monitor, all for the others]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l list -d 'Only contacts on this list' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l missing-columns -d 'What to do where a rule asks for a column that the contacts haven\'t' -r -f -a "refuse\t'Refuse to answer'
blank\t'Take it as missing in every row'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l segment -d 'Which segment, where the criteria hold several: its name, or its number from 1 where there is one file' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -s o -l output -d 'Write to this file, which appears whole or not at all; packed if it ends with .gz or .zst' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l split -d 'Write files of at most N members each, named like --output (or those of --output-dir) with -001, -002 … before the extension' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l include-tracking-preference -d 'With ConsentToTrack'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l timings -d 'Say on standard error where the time went, pass by pass; also with --quiet'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -s q -l quiet -d 'No summary on standard error; warnings stay'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from members" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -l lock-wait -d 'How long to wait while another process writes to the catalog, in seconds' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -l allow -d 'Don\'t show these: names such as bare-date, or `warnings` or `notes` for all of them; may be given several times, like the next two' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -l warn -d 'Show these as warnings' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -l deny -d 'Show these as errors: they make the exit status 1' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -l list -d 'The list of Campaign Monitor segments that don\'t name theirs' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -s c -l contacts -d 'Contacts, to look up what criteria name and to count whom ambiguous readings concern; `-` is standard input; may be given several times, like the next [default: the columns of those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -s t -l tracking -d 'Tracked activities, for the same. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -s f -l format -d 'How to write the answer; errors are the vendor\'s JSON always' -r -f -a "json\t'The vendor\'s JSON'
table\t'A table for people'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand catalog; and __fish_seen_subcommand_from remove-members" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l engine -d 'The database; `engine` in the section `[sql]` of segkit.toml says which is meant without' -r -f -a "duckdb\t''
postgres\t''
clickhouse\t''
spark\t''
bigquery\t''
snowflake\t''
trino\t''"
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l as -d 'In which form' -r -f -a "query\t'The query alone'
view\t'A view; it takes the place of one of that name'
ctas\t'A new table of the members'
dbt-model\t'A model of dbt'
dbt-properties\t'The properties of that model, for a file of YAML beside it'"
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l name -d 'What the view, the table or the model is called' -r
complete -c segkit -n "__fish_segkit_using_subcommand sql" -s s -l select -d 'The columns of the members, separated by commas [default: contact_id and email]' -r
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l layout -d 'How tables are laid out [default: canonical]' -r -f -a "canonical\t'tables `contacts` and `activities` with a column a field, under its own name'
stitch-campaign-monitor\t'the streams of Singer\'s tap-campaign-monitor, as Stitch, Qlik and others load them'"
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l schema -d 'The schema of the database that the tables of the layout are in' -r
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l contacts-table -d 'A table of contacts [default: contacts]; may be given several times' -r
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l activities-table -d 'A table of activities [default: activities], of one type where that stands before it, such as open=campaign_opens; may be given several times' -r
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l campaigns-table -d 'The table of campaigns [default: none; their times are those of --campaigns, or of activities]' -r
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l column -d 'The column of a field, and what it holds: text, several (parted by `;` or `|`), list, timestamp or timestamptz, such as tags=labels:list; with nothing behind `=`, there is no such column. With `contacts.`, `activities.`, `campaigns.` or a type such as `open.` before the field, of these tables only; cf:NAME is a custom field. May be given several times' -r
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l as-of -d 'The instant at which segments are looked at: a date, a date and time, or now(), which is when the statement runs [default: now()]' -r
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l window -d 'What a window over campaigns picks' -r -f -a "campaign\t'Campaigns, by when they were sent'
activity\t'Activities: every campaign counts, what was done must lie in the window'"
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l negatives -d 'How a negative over several campaigns reads' -r -f -a "any\t'Was sent one of them and opened none'
literal\t'One of them was sent and not opened'"
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l status -d 'Only contacts with this status, or `all` [default: active for Campaign Monitor, all for the others]' -r
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l list -d 'Only contacts on this list' -r
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l missing-columns -d 'What to do where a rule asks for a column that the contacts haven\'t' -r -f -a "refuse\t'Refuse to answer'
blank\t'Take it as missing in every row'"
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l segment -d 'Which segment, where the criteria hold several: its name, or its number from 1 where there is one file' -r
complete -c segkit -n "__fish_segkit_using_subcommand sql" -s o -l output -d 'Write to this file, which appears whole or not at all; packed if it ends with .gz or .zst' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand sql" -s q -l quiet -d 'No summary on standard error; warnings stay'
complete -c segkit -n "__fish_segkit_using_subcommand sql" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand sql" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand sql" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand inspect" -s f -l format -d 'How to write what was found [default: table]' -r -f -a "table\t'For people'
json\t'One array with an object a file'"
complete -c segkit -n "__fish_segkit_using_subcommand inspect" -l as -d 'What the files hold [default: told by their columns]' -r -f -a "contacts\t'Contacts'
tracking\t'Tracked activities'"
complete -c segkit -n "__fish_segkit_using_subcommand inspect" -l timezone -d 'The zone of times that name none' -r
complete -c segkit -n "__fish_segkit_using_subcommand inspect" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand inspect" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand inspect" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand inspect" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand inspect" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand inspect" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand inspect" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand inspect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand inspect" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand escape" -l name -d 'Write the whole request body, with this name' -r
complete -c segkit -n "__fish_segkit_using_subcommand escape" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand escape" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand escape" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand escape" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand escape" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand unescape" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand unescape" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand unescape" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand unescape" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand unescape" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand config" -s f -l format -d 'How to write the settings' -r -f -a "text\t'For people: a line a setting'
json\t'One object'"
complete -c segkit -n "__fish_segkit_using_subcommand config" -l catalog -d 'The folder of the catalog [default: the one that segkit.toml names]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand config" -l allow -d 'Don\'t show these: names such as bare-date, or `warnings` or `notes` for all of them; may be given several times, like the next two' -r
complete -c segkit -n "__fish_segkit_using_subcommand config" -l warn -d 'Show these as warnings' -r
complete -c segkit -n "__fish_segkit_using_subcommand config" -l deny -d 'Show these as errors: they make the exit status 1' -r
complete -c segkit -n "__fish_segkit_using_subcommand config" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand config" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand config" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand config" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand config" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand config" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand config" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand config" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand config" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand config" -l list -d 'The list of Campaign Monitor segments that don\'t name theirs' -r
complete -c segkit -n "__fish_segkit_using_subcommand config" -s c -l contacts -d 'Contacts, to look up what criteria name and to count whom ambiguous readings concern; `-` is standard input; may be given several times, like the next [default: the columns of those that segkit.toml names]' -r
complete -c segkit -n "__fish_segkit_using_subcommand config" -s t -l tracking -d 'Tracked activities, for the same. For a report that doesn\'t say which campaign it is of: FILE:campaign=ID,type=open' -r
complete -c segkit -n "__fish_segkit_using_subcommand config" -l encoding -d 'The encoding of files that aren\'t UTF-8 and don\'t begin with a byte order mark: latin1, windows-1252, utf-16le, gbk, …; or FILE:encoding=LABEL' -r
complete -c segkit -n "__fish_segkit_using_subcommand config" -l delimiter -d 'What parts the fields of CSV files: comma, semicolon, tab, pipe, or a character [default: told from the header]; or FILE:delimiter=CHAR' -r
complete -c segkit -n "__fish_segkit_using_subcommand config" -l skip-lines -d 'Lines above the header of CSV files; or FILE:skip-lines=N' -r
complete -c segkit -n "__fish_segkit_using_subcommand config" -l map -d 'Which column is a canonical field, such as contact_id=CustomerNo; may be given several times. With `contacts.` or `tracking.` before the field, of that dump only' -r
complete -c segkit -n "__fish_segkit_using_subcommand config" -s j -l threads -d 'Threads that read and evaluate the dumps; no answer depends on it [default: the cores that the machine gives]' -r
complete -c segkit -n "__fish_segkit_using_subcommand config" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand config" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand config" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand config" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand config" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand schema" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand schema" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand schema" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand schema" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand lsp" -l allow -d 'Don\'t show these: names such as bare-date, or `warnings` or `notes` for all of them; may be given several times, like the next two' -r
complete -c segkit -n "__fish_segkit_using_subcommand lsp" -l warn -d 'Show these as warnings' -r
complete -c segkit -n "__fish_segkit_using_subcommand lsp" -l deny -d 'Show these as errors: they make the exit status 1' -r
complete -c segkit -n "__fish_segkit_using_subcommand lsp" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand lsp" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand lsp" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York [default: UTC]' -r
complete -c segkit -n "__fish_segkit_using_subcommand lsp" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times, like the others here' -r
complete -c segkit -n "__fish_segkit_using_subcommand lsp" -l campaigns -d 'Campaigns with the times they were sent, and where they were sent: campaigns.json, or CSV with id, sent_at and lists; listsandsegments.json as FILE:campaign=ID' -r
complete -c segkit -n "__fish_segkit_using_subcommand lsp" -l links -d 'The links of campaigns: the vendor\'s JSON, or CSV with campaign_id and url' -r
complete -c segkit -n "__fish_segkit_using_subcommand lsp" -l lists -d 'Ids and names of contact lists: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand lsp" -l tags -d 'Ids and names of tags: the vendor\'s JSON, or CSV with id and name' -r
complete -c segkit -n "__fish_segkit_using_subcommand lsp" -l segments -d 'The segments that the account holds, for the titles in use: segments.json, or CSV with id, name and list_id' -r
complete -c segkit -n "__fish_segkit_using_subcommand lsp" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand lsp" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand lsp" -l stdio -d 'Speak over standard input and output; that is the only way there is, but some editors say so'
complete -c segkit -n "__fish_segkit_using_subcommand lsp" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand lsp" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand lsp" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand completions" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand completions" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand completions" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand completions" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand man" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand man" -l config -d 'Take the settings from this file [default: the segkit.toml of this folder, or of the nearest one above it]' -r -F
complete -c segkit -n "__fish_segkit_using_subcommand man" -l no-config -d 'Take no settings from a file'
complete -c segkit -n "__fish_segkit_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand man" -s V -l version -d 'Print version'
