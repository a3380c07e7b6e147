use super::*;
use crate::account::Account;
use crate::contact::{Column, ContactField};
use crate::dump::{ContactDecoder, ContactOptions, Contacts, Projection};
use std::io;
use std::sync::mpsc::{RecvTimeoutError, channel};

/// Longer than any of the runs takes.
const PATIENCE: Duration = Duration::from_secs(60);

const ROWS: u64 = 400;

/// What happens at the row in the middle.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Middle {
    Nothing,
    BadRow,
    /// The one who takes what came of it fails, or panics.
    TakeFails,
    TakePanics,
    /// One of those who work panics.
    WorkPanics,
    /// Whoever has that row is slow.
    Slow,
}

/// Finds the ids of contacts.
struct Ids(ContactDecoder, Middle);

fn is_middle(id: u64) -> bool {
    id == ROWS / 2
}

impl Worker for Ids {
    type Row = ContactRow;
    type Came = Vec<u64>;

    fn work(&mut self, batch: &mut ContactBatch) -> (Decoded, Vec<u64>) {
        let mut ids = Vec::new();
        let Self(decoder, middle) = self;
        let decoded = decoder.decode(batch, |row| {
            let id = row.first(0).unwrap().parse().unwrap();
            ids.push(id);
            match middle {
                Middle::WorkPanics if is_middle(id) => panic!("as it was to"),
                Middle::Slow if is_middle(id) => thread::sleep(Duration::from_millis(50)),
                _ => {}
            }
        });
        (decoded, ids)
    }
}

/// Contacts whose ids are counted, in lines or over two of them.
fn dump(middle: Middle) -> String {
    let row = |id| {
        let more = if is_middle(id) && middle == Middle::BadRow { ",x" } else { "" };
        let note = if id % 7 == 0 { "\"a\nb\"" } else { "a" };
        format!("{id},{note}{more}\n")
    };
    std::iter::once("id,note\n".to_owned()).chain((0..ROWS).map(row)).collect()
}

fn run(
    contacts: &Contacts,
    middle: Middle,
    threads: usize,
    chunk: usize,
) -> Result<Vec<u64>, String> {
    let projection = Projection {
        columns: vec![Column::Contact(ContactField::ContactId)],
        ..Projection::default()
    };
    let workers = (0..threads).map(|_| Ids(contacts.decoder(&projection), middle)).collect();
    let mut all = Vec::new();
    let source = contacts.source(&projection, chunk);
    let ran = in_order(source, workers, contacts.settle(), |taken: Taken<Vec<u64>>| {
        let has_middle = taken.came.iter().any(|&id| is_middle(id));
        match middle {
            Middle::TakeFails if has_middle => {
                return Err(EngineError::Output(io::ErrorKind::BrokenPipe.into()));
            }
            Middle::TakePanics if has_middle => panic!("as it was to"),
            _ => {}
        }
        all.extend(taken.came);
        Ok(())
    });
    ran.map(|_| all).map_err(|error| error.to_string())
}

#[test]
fn no_run_goes_on_for_ever() {
    use Middle::{BadRow, Nothing, Slow, TakeFails, TakePanics, WorkPanics};
    let folder = tempfile::tempdir().unwrap();
    for middle in [Nothing, Slow, BadRow, TakeFails, TakePanics, WorkPanics] {
        let path = folder.path().join("c.csv");
        std::fs::write(&path, dump(middle)).unwrap();
        for threads in 1..=8 {
            for chunk in [1, 100, 1 << 20] {
                let inputs = [path.to_str().unwrap().parse().unwrap()];
                let account = Account::default();
                let options = ContactOptions { account: &account, rereadable: true };
                let contacts = Contacts::open(&inputs, &options).unwrap();
                let (sender, receiver) = channel();
                thread::spawn(move || sender.send(run(&contacts, middle, threads, chunk)));
                let case = format!("{middle:?}, threads {threads}, chunks of {chunk}");
                match receiver.recv_timeout(PATIENCE) {
                    Ok(Ok(ids)) => {
                        assert!(matches!(middle, Nothing | Slow), "{case}");
                        assert!(ids.into_iter().eq(0..ROWS), "{case}");
                    }
                    Ok(Err(error)) => {
                        let expected = match middle {
                            BadRow => "c.csv:231: the row has 3 fields, the header has 2",
                            TakeFails => "the list can't be written",
                            _ => "none",
                        };
                        assert!(error.ends_with(expected), "{case}: {error}");
                    }
                    Err(RecvTimeoutError::Disconnected) => {
                        assert!(matches!(middle, TakePanics | WorkPanics), "{case}");
                    }
                    Err(RecvTimeoutError::Timeout) => panic!("{case}: it hangs"),
                }
            }
        }
    }
}
