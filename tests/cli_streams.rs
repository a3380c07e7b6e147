//! What the program does with odd input and with outputs that give way.

use assert_cmd::Command;
use std::error::Error;
use std::io::Read;
use std::process::{Command as Process, Stdio};

type Done = Result<(), Box<dyn Error>>;

const PROGRAM: &str = env!("CARGO_BIN_EXE_segkit");

fn segkit(
    args: &[&str],
    stdin: impl Into<Vec<u8>>,
) -> Result<(i32, String, String), Box<dyn Error>> {
    let run = Command::new(PROGRAM).args(args).write_stdin(stdin).output()?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok((run.status.code().unwrap_or(-1), text(&run.stdout), text(&run.stderr)))
}

#[test]
fn hostile_input_is_a_finding() -> Done {
    let deep = |open: &str, close: &str| open.repeat(200_000) + &close.repeat(200_000);
    let inputs: &[(&str, Vec<u8>)] = &[
        ("empty", vec![]),
        ("blank", b" \n\t".to_vec()),
        ("not UTF-8", b"{\"version\":\"\xff\"}".to_vec()),
        ("UTF-16", b"\xff\xfe{\0}\0".to_vec()),
        ("NULs", vec![0; 1_000]),
        ("deep arrays", deep("[", "]").into_bytes()),
        ("deep objects", deep("{\"a\":", "}").into_bytes()),
        ("unclosed", b"{\"version\":\"1.0.0\",\"criteria\":{\"type\":".to_vec()),
        ("half a surrogate", br#"{"name":"\ud800"}"#.to_vec()),
        ("escapes cut short", br#""{\"a\":\"\\u12"#.to_vec()),
        ("not JSON", b"state = MA".to_vec()),
        ("a long line", [b"{".to_vec(), vec![b'x'; 100_000]].concat()),
    ];
    for (name, input) in inputs {
        for command in
            [&["validate", "--format", "text", "-"][..], &["escape"], &["unescape"], &["fmt"]]
        {
            let (status, stdout, stderr) = segkit(command, input.clone())?;
            let shown = stdout.len() + stderr.len();
            assert_eq!(status, 1, "{name}: {command:?}: {stderr}");
            assert!(shown > 0 && shown < 30_000, "{name}: {command:?}: {shown} bytes");
        }
    }
    Ok(())
}

#[test]
fn what_is_too_large_is_refused() -> Done {
    for command in [&["validate", "-"][..], &["escape"], &["unescape"], &["fmt"]] {
        let (status, stdout, stderr) = segkit(command, vec![b' '; (64 << 20) + 1])?;
        assert_eq!((status, stdout.contains("Success")), (2, false), "{command:?}");
        assert!(stderr.contains("larger than 64 MiB"), "{command:?}: {stderr}");
    }
    Ok(())
}

/// More than any pipe holds.
fn long_body() -> String {
    let leaf = r#"{"source":"contact","field":"state","op":"eq","value":"MA"}"#;
    let criteria = format!(r#"{{"version":"1.0.0","criteria":{{"type":"and","group":[{leaf}]}}}}"#);
    format!("{criteria}\n").repeat(20_000)
}

#[test]
fn a_closed_pipe_ends_the_program_quietly() -> Done {
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("bodies.jsonl");
    std::fs::write(&path, long_body())?;
    for command in ["escape", "fmt", "completions"] {
        let argument = if command == "completions" { "bash".as_ref() } else { path.as_os_str() };
        let mut child = Process::new(PROGRAM)
            .arg(command)
            .arg(argument)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        drop(child.stdout.take());
        let mut stderr = String::new();
        if let Some(mut pipe) = child.stderr.take() {
            pipe.read_to_string(&mut stderr)?;
        }
        assert_eq!((child.wait()?.code(), stderr.as_str()), (Some(0), ""), "{command}");
    }
    Ok(())
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure() -> Done {
    let full = std::fs::File::options().write(true).open("/dev/full")?;
    let run = Process::new(PROGRAM)
        .args(["completions", "bash"])
        .stdout(full)
        .stderr(Stdio::piped())
        .spawn()?
        .wait_with_output()?;
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&run.stderr).starts_with("segkit: error: standard output"));
    Ok(())
}

#[test]
fn colour_is_asked_for() -> Done {
    for (args, no_color, coloured) in [
        (&["--color", "always"][..], false, true),
        (&["--color", "never"], false, false),
        (&[], false, false),
        (&["--color", "always"], true, true),
    ] {
        let mut command = Command::new(PROGRAM);
        command.args(["validate", "--format", "text", "-"]).args(args).write_stdin("{");
        if no_color {
            command.env("NO_COLOR", "1");
        }
        let run = command.output()?;
        assert_eq!(run.stdout.contains(&0x1b), coloured, "{args:?}");
    }
    Ok(())
}

#[test]
fn inspect_looks_at_standard_input() -> Result<(), Box<dyn Error>> {
    let mut command = Command::cargo_bin("segkit")?;
    let output = command.args(["inspect", "-"]).write_stdin("id,email\n1,a@x.org\n").output()?;
    let shown = String::from_utf8(output.stdout)?;
    assert!(output.status.success() && shown.starts_with("<stdin>: contacts"), "{shown}");
    Ok(())
}
