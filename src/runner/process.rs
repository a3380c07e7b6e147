//! Running an engine's program: what it is fed goes in while its answer comes out, and it never
//! outlives the run.

use super::{Feed, Job, Launch, RunError, Runner};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::thread::{self, JoinHandle};

/// How much of what a program complains of is kept: the end of it.
const COMPLAINT: usize = 16 << 10;

/// Runs an engine's program on a job, and hands over the lines of its answer as they come.
///
/// # Errors
///
/// The program can't be run or ended with an error, or `take` has one. The program is ended then.
pub fn run<E: From<RunError>>(
    runner: &dyn Runner,
    (program, launch): (&Path, &Launch),
    job: &Job,
    mut take: impl FnMut(&str) -> Result<(), E>,
) -> Result<(), E> {
    let folder = tempfile::tempdir()
        .map_err(|error| RunError::Io { what: "no temporary folder can be made", error })?;
    let mut command = Command::new(program);
    let feed = runner.launch(&mut command, job, launch, folder.path())?;
    let engine = runner.program().engine;
    let mut process = Process::start(command, feed)
        .map_err(|error| RunError::Spawn { program: program.to_path_buf(), error })?;
    let (mut line, mut aside, mut ended) = (Vec::new(), Vec::new(), runner.end().is_none());
    loop {
        line.clear();
        let read = process.line(&mut line);
        let read =
            read.map_err(|error| RunError::Io { what: "the answer can't be read", error })?;
        if !read {
            break;
        }
        let text = std::str::from_utf8(&line)
            .map_err(|_| RunError::Answer { engine, what: "it isn't UTF-8".to_owned() })?;
        match runner.line(text) {
            Some(row) => take(&row)?,
            None => {
                ended |= runner.end() == Some(text);
                keep_end(&mut aside, text.as_bytes());
                aside.push(b'\n');
            }
        }
    }
    let (status, complaint) =
        process.end().map_err(|error| RunError::Io { what: "the program's end", error })?;
    if status.success() {
        let what = "it has no end: the program must run and write it on this machine".to_owned();
        return if ended { Ok(()) } else { Err(RunError::Answer { engine, what }.into()) };
    }
    // A tab would be shown as a mark for what can't be shown.
    let complaint = format!("{}{complaint}", String::from_utf8_lossy(&aside)).replace('\t', "    ");
    let complaint = launch.without_secrets(runner.complaint(complaint.trim()).trim());
    let message =
        if complaint.is_empty() { format!("nothing; it ended with {status}") } else { complaint };
    Err(RunError::Engine { engine, message }.into())
}

/// A program at work.
pub struct Process {
    child: Child,
    answer: BufReader<ChildStdout>,
    feeding: Option<JoinHandle<()>>,
    complaints: Option<JoinHandle<Vec<u8>>>,
}

impl Process {
    /// Starts a program and feeds it.
    ///
    /// # Errors
    ///
    /// It can't be started.
    pub fn start(mut command: Command, feed: Feed) -> io::Result<Self> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let (stdin, stderr) = (child.stdin.take(), child.stderr.take());
        let stdout = child.stdout.take().ok_or_else(|| io::Error::other("no standard output"))?;
        let feeding = stdin.map(|mut stdin| {
            thread::spawn(move || {
                // A program that reads no further says why at its end.
                let _ = stdin.write_all(&feed);
            })
        });
        let complaints = stderr.map(|stderr| thread::spawn(move || end_of(stderr)));
        let answer = BufReader::with_capacity(1 << 16, stdout);
        Ok(Self { child, answer, feeding, complaints })
    }

    /// Reads a line of the answer, without its end; false at the end of all.
    ///
    /// # Errors
    ///
    /// It can't be read.
    pub fn line(&mut self, line: &mut Vec<u8>) -> io::Result<bool> {
        if self.answer.read_until(b'\n', line)? == 0 {
            return Ok(false);
        }
        for end in [b'\n', b'\r'] {
            if line.last() == Some(&end) {
                line.pop();
            }
        }
        Ok(true)
    }

    /// Waits for its end: how it ended, and the end of what it complained of.
    ///
    /// # Errors
    ///
    /// It can't be waited for.
    pub fn end(mut self) -> io::Result<(ExitStatus, String)> {
        let status = self.child.wait()?;
        self.feeding.take().map(JoinHandle::join);
        let complaints = self.complaints.take().and_then(|reading| reading.join().ok());
        Ok((status, String::from_utf8_lossy(&complaints.unwrap_or_default()).into_owned()))
    }
}

impl Drop for Process {
    /// Whoever stops reading ends the program.
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// The end of what a stream holds.
fn end_of(mut stream: impl Read) -> Vec<u8> {
    let mut kept = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(count @ 1..) = stream.read(&mut buffer) {
        keep_end(&mut kept, buffer.get(..count).unwrap_or(&[]));
    }
    kept
}

/// Adds what comes next, and lets go of what is long past.
fn keep_end(kept: &mut Vec<u8>, next: &[u8]) {
    kept.extend_from_slice(next);
    if kept.len() > 2 * COMPLAINT {
        kept.drain(..kept.len() - COMPLAINT);
    }
}
