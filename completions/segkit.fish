# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_segkit_global_optspecs
    string join \n color= h/help V/version
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
complete -c segkit -n "__fish_segkit_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_needs_command" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "validate" -d 'Check criteria files and say what is wrong with them, and where'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "escape" -d 'Write Constant Contact criteria as the escaped string that its endpoints take'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "unescape" -d 'Turn escaped criteria back into JSON laid out for people'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "completions" -d 'Print a script that completes segkit\'s commands in a shell'
complete -c segkit -n "__fish_segkit_needs_command" -f -a "man" -d 'Write the manual pages, one a command'
complete -c segkit -n "__fish_segkit_using_subcommand validate" -s f -l format -d 'How to write what was found [default: text on a terminal, else 277]' -r -f -a "text\t'For people: each finding with the line it is about'
277\t'Campaign Monitor\'s answer to rules with problems, for every dialect: one object a segment'
json\t'Everything, with lines, columns and bytes: one object for the run'
vendor\t'The error body that the vendor itself would answer with, for each segment it would refuse'"
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l deny -d 'What else than errors makes the exit status 1' -r -f -a "warnings\t'Warnings too'"
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l dialect -d 'The dialect of the criteria: constant-contact (cc), campaign-monitor (cm) or engagelab (el) [default: told by their shape]' -r
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l as-of -d 'The instant at which segments are looked at: a date, or a date and time [default: now]' -r
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l timezone -d 'The zone of times that name none: UTC, an offset such as +08:00, or a name such as America/New_York' -r
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l fields -d 'A dump of the account\'s custom fields, with their types and options; may be given several times' -r
complete -c segkit -n "__fish_segkit_using_subcommand validate" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand validate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand validate" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand escape" -l name -d 'Write the whole request body, with this name' -r
complete -c segkit -n "__fish_segkit_using_subcommand escape" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand escape" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand escape" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand unescape" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand unescape" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand unescape" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand completions" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand completions" -s V -l version -d 'Print version'
complete -c segkit -n "__fish_segkit_using_subcommand man" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c segkit -n "__fish_segkit_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c segkit -n "__fish_segkit_using_subcommand man" -s V -l version -d 'Print version'
