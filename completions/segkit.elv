
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
            cand escape 'Write Constant Contact criteria as the escaped string that its endpoints take'
            cand unescape 'Turn escaped criteria back into JSON laid out for people'
            cand completions 'Print a script that completes segkit''s commands in a shell'
            cand man 'Write the manual pages, one a command'
        }
        &'segkit;validate'= {
            cand -f 'How to write what was found [default: text on a terminal, else 277]'
            cand --format 'How to write what was found [default: text on a terminal, else 277]'
            cand --deny 'What else than errors makes the exit status 1'
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
