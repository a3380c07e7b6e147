//! Many hands, one order: batches are read by whoever is free, decoded by several threads at once,
//! and what came of them is taken in the order of the dump.
//!
//! The thread that asks for the run is one of those who work, and the only one that takes results,
//! so that whatever takes them needs no locks. A chunk that ends within a record is mended there:
//! its end is put before the next chunk, which is decoded once more.

use super::EngineError;
use crate::dump::{
    ActivityBatch, ActivityRow, ActivitySource, Batch, ContactBatch, ContactRow, ContactSource,
    Decoded, DumpError, Settle, Tail,
};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Gives the batches of a dump, one after the other.
pub(super) trait Source: Send {
    /// A row of the dump.
    type Row: Send;

    /// The next batch, in a buffer that may have served before.
    fn next(&mut self, buffer: Vec<u8>) -> Result<Option<Batch<Self::Row>>, DumpError>;
}

impl Source for ActivitySource {
    type Row = ActivityRow<'static>;

    fn next(&mut self, buffer: Vec<u8>) -> Result<Option<ActivityBatch>, DumpError> {
        self.next(buffer)
    }
}

impl Source for ContactSource {
    type Row = ContactRow;

    fn next(&mut self, buffer: Vec<u8>) -> Result<Option<ContactBatch>, DumpError> {
        self.next(buffer)
    }
}

/// One of those who decode batches and look at their rows.
pub(super) trait Worker: Send {
    /// A row of the dump.
    type Row;
    /// What comes of a batch.
    type Came: Send;

    /// Works a batch off.
    fn work(&mut self, batch: &mut Batch<Self::Row>) -> (Decoded, Self::Came);
}

/// Where the time of a pass went, all threads taken together but for `wall`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spent {
    /// From beginning to end.
    pub wall: Duration,
    /// Reading and unpacking.
    pub read: Duration,
    /// Decoding, and looking at rows.
    pub work: Duration,
    /// Taking what came of it.
    pub take: Duration,
    /// Bytes of text.
    pub bytes: u64,
}

/// What came of a batch, in its turn.
pub(super) struct Taken<C> {
    /// What came of it.
    pub came: C,
    /// Lines before those that the batch counts.
    pub lines: u64,
    /// Bytes read so far.
    pub bytes: u64,
}

enum Item<Row, C> {
    Done(Batch<Row>, Decoded, C),
    Failed(DumpError),
}

/// A batch and its number.
type Fetched<Row> = (u64, Result<Batch<Row>, DumpError>);

struct Reading<S> {
    source: S,
    /// The number of the next batch.
    next: u64,
    ended: bool,
    time: Duration,
}

struct Shared<S: Source, C> {
    reading: Mutex<Reading<S>>,
    done: Mutex<BTreeMap<u64, Item<S::Row, C>>>,
    arrived: Condvar,
    room: Condvar,
    /// Buffers to be used again.
    buffers: Mutex<Vec<Vec<u8>>>,
    stop: AtomicBool,
    worked: AtomicU64,
    /// Batches that may be under way or wait for their turn.
    ahead: u64,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Works off all batches of a source with as many threads as there are workers, and hands what came
/// of them to `take`, in order. Gives the source back.
///
/// # Errors
/// A batch can't be read, or `take` fails; of several errors the first in the order of the dump.
pub(super) fn in_order<S: Source, W: Worker<Row = S::Row>>(
    source: S,
    workers: Vec<W>,
    settle: Settle,
    take: impl FnMut(Taken<W::Came>) -> Result<(), EngineError>,
) -> Result<(S, Spent), EngineError> {
    let begun = Instant::now();
    let shared = Shared {
        reading: Mutex::new(Reading { source, next: 0, ended: false, time: Duration::ZERO }),
        done: Mutex::new(BTreeMap::new()),
        arrived: Condvar::new(),
        room: Condvar::new(),
        buffers: Mutex::new(Vec::new()),
        stop: AtomicBool::new(false),
        worked: AtomicU64::new(0),
        ahead: workers.len() as u64 * 2 + 2,
    };
    let mut workers = workers.into_iter();
    let Some(own) = workers.next() else { return Err(EngineError::NoThreads) };
    let ran = thread::scope(|scope| {
        for worker in workers {
            scope.spawn(|| shared.help(worker));
        }
        let _stop = Stop(&shared);
        let (spent, next, tail) = (Spent::default(), 0, None);
        Lead { shared: &shared, own, settle, take, next, tail, spent }.run()
    });
    let mut spent = ran?;
    let Shared { reading, worked, .. } = shared;
    let reading = reading.into_inner().unwrap_or_else(PoisonError::into_inner);
    spent.wall = begun.elapsed();
    spent.read = reading.time;
    spent.work = Duration::from_nanos(worked.into_inner());
    Ok((reading.source, spent))
}

impl<S: Source, C: Send> Shared<S, C> {
    /// The next batch and its number.
    fn fetch(&self) -> Option<Fetched<S::Row>> {
        let mut reading = lock(&self.reading);
        if reading.ended || self.stop.load(Ordering::Relaxed) {
            return None;
        }
        let begun = Instant::now();
        let buffer = lock(&self.buffers).pop().unwrap_or_default();
        let batch = reading.source.next(buffer).transpose();
        reading.time += begun.elapsed();
        reading.ended = !matches!(batch, Some(Ok(_)));
        let number = reading.next;
        reading.next += u64::from(batch.is_some());
        batch.map(|batch| (number, batch))
    }

    /// Works a batch off.
    fn work<W: Worker<Row = S::Row, Came = C>>(
        &self,
        worker: &mut W,
        batch: Result<Batch<S::Row>, DumpError>,
    ) -> Item<S::Row, C> {
        match batch {
            Err(error) => Item::Failed(error),
            Ok(mut batch) => {
                let begun = Instant::now();
                let (decoded, came) = worker.work(&mut batch);
                let nanos = u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX);
                self.worked.fetch_add(nanos, Ordering::Relaxed);
                Item::Done(batch, decoded, came)
            }
        }
    }

    /// Works batches off until there are no more.
    fn help<W: Worker<Row = S::Row, Came = C>>(&self, mut worker: W) {
        let panicked = Stop(self);
        while self.wait_for_room() {
            let Some((number, batch)) = self.fetch() else { break };
            let item = self.work(&mut worker, batch);
            lock(&self.done).insert(number, item);
            self.arrived.notify_all();
        }
        std::mem::forget(panicked);
    }

    /// Waits until no more batches wait for their turn than may; false where nobody wants more.
    fn wait_for_room(&self) -> bool {
        let full = |done: &mut BTreeMap<u64, Item<S::Row, C>>| {
            !self.stop.load(Ordering::SeqCst) && done.len() as u64 >= self.ahead
        };
        let done = self.room.wait_while(lock(&self.done), full);
        drop(done.unwrap_or_else(PoisonError::into_inner));
        !self.stop.load(Ordering::SeqCst)
    }
}

/// Makes all others stop at its end, so that nobody waits for one who won't come any more.
struct Stop<'a, S: Source, C>(&'a Shared<S, C>);

impl<S: Source, C> Drop for Stop<'_, S, C> {
    fn drop(&mut self) {
        self.0.stop.store(true, Ordering::SeqCst);
        // Whoever is about to wait has either seen that, or waits when it is told.
        drop(lock(&self.0.done));
        self.0.arrived.notify_all();
        self.0.room.notify_all();
    }
}

/// The thread that takes the results.
struct Lead<'a, S: Source, W: Worker, T> {
    shared: &'a Shared<S, W::Came>,
    own: W,
    settle: Settle,
    take: T,
    /// The number of the batch whose turn it is.
    next: u64,
    /// The end of the chunk before it, where a record goes on behind it.
    tail: Option<Tail>,
    spent: Spent,
}

impl<S, W, T> Lead<'_, S, W, T>
where
    S: Source,
    W: Worker<Row = S::Row>,
    T: FnMut(Taken<W::Came>) -> Result<(), EngineError>,
{
    fn run(mut self) -> Result<Spent, EngineError> {
        loop {
            while let Some(item) = self.ready() {
                self.turn(item)?;
            }
            let waiting = lock(&self.shared.done).len() as u64;
            let fetched = if waiting < self.shared.ahead { self.shared.fetch() } else { None };
            if let Some((number, batch)) = fetched {
                let item = self.shared.work(&mut self.own, batch);
                if number == self.next {
                    self.turn(item)?;
                } else {
                    lock(&self.shared.done).insert(number, item);
                }
                continue;
            }
            let (ended, all) = {
                let reading = lock(&self.shared.reading);
                (reading.ended, reading.next)
            };
            if ended && self.next == all {
                return Ok(self.spent);
            }
            let next = self.next;
            let missing = |done: &mut BTreeMap<u64, Item<S::Row, W::Came>>| {
                !self.shared.stop.load(Ordering::SeqCst) && !done.contains_key(&next)
            };
            let done = self.shared.arrived.wait_while(lock(&self.shared.done), missing);
            drop(done.unwrap_or_else(PoisonError::into_inner));
            if self.shared.stop.load(Ordering::SeqCst) {
                // Another thread panicked, which is told when it is joined.
                return Ok(self.spent);
            }
        }
    }

    /// What came of the batch whose turn it is, if it is there.
    fn ready(&self) -> Option<Item<S::Row, W::Came>> {
        let item = lock(&self.shared.done).remove(&self.next);
        if item.is_some() {
            self.shared.room.notify_all();
        }
        item
    }

    fn turn(&mut self, item: Item<S::Row, W::Came>) -> Result<(), EngineError> {
        let begun = Instant::now();
        self.next += 1;
        let (mut batch, mut decoded, mut came) = match item {
            Item::Done(batch, decoded, came) => (batch, decoded, came),
            Item::Failed(error) => return Err(self.settle.settle_error(error).into()),
        };
        let bytes = batch.bytes();
        if let Some(tail) = self.tail.take() {
            batch.prepend(tail);
            (decoded, came) = self.own.work(&mut batch);
        }
        self.tail = batch.tail(&decoded);
        let lines = self.settle.settle(&batch, decoded)?;
        self.spent.bytes += bytes;
        (self.take)(Taken { came, lines, bytes: self.spent.bytes })?;
        let buffer = batch.into_buffer();
        if buffer.capacity() > 0 {
            lock(&self.shared.buffers).push(buffer);
        }
        self.spent.take += begun.elapsed();
        Ok(())
    }
}

#[cfg(test)]
mod tests;
