//! A language server for criteria files: what an editor asks over standard input and output, answered
//! from the check and the dialects' assistance.
//!
//! `wire` frames messages, `server` keeps to the protocol's order and hands each message to whom it
//! concerns, `document` keeps the open texts, `lines` counts as the client counts. What is shown is
//! made in `diagnostics`, `hover`, `completion` and `actions`, one a file. What the words of a
//! dialect mean, and which may stand where, is the dialects' affair.

mod actions;
mod client;
mod completion;
mod diagnostics;
mod document;
mod hover;
mod lines;
mod server;
mod settings;
mod wire;

pub use server::Ending;
pub use settings::{LoadError, Settings, SettingsSource};

use server::Server;
use std::io::{self, BufRead, Write};
use std::sync::mpsc;
use std::thread;
use wire::Incoming;

/// How many messages may wait to be looked at.
const QUEUE: usize = 256;

/// Serves one client until it says goodbye or goes away.
///
/// Messages are taken as many at a time as have come in, and documents are checked when none is left:
/// of several changes only the last version is.
///
/// # Errors
///
/// Whatever writing says. What can't be read ends the session like the end of the input.
pub fn serve(
    input: impl BufRead + Send + 'static,
    output: &mut dyn Write,
    source: &mut dyn SettingsSource,
) -> io::Result<Ending> {
    let (sender, queue) = mpsc::sync_channel(QUEUE);
    // The reader ends with its input, or with the process: a client that was told goodbye may keep
    // the other end open.
    thread::spawn(move || read_all(input, &sender));
    let mut server = Server::new(source);
    while let Ok(first) = queue.recv() {
        let batch: Vec<Incoming> = std::iter::once(first).chain(queue.try_iter()).collect();
        let ending = server.take(batch);
        write_all(output, &mut server)?;
        if let Some(ending) = ending {
            return Ok(ending);
        }
        server.check_changed();
        write_all(output, &mut server)?;
    }
    Ok(Ending::Abrupt)
}

fn read_all(mut input: impl BufRead, sender: &mpsc::SyncSender<Incoming>) {
    while let Ok(Some(incoming)) = wire::read(&mut input) {
        if sender.send(incoming).is_err() {
            return;
        }
    }
}

fn write_all(output: &mut dyn Write, server: &mut Server<'_>) -> io::Result<()> {
    for message in server.outgoing() {
        wire::write(output, &message)?;
    }
    output.flush()
}
