//! Decoding dumps chunk by chunk, as the passes of the engine do, and nothing with the rows.

use super::world::World;
use segkit::contact::{Column, ContactField};
use segkit::dump::{CHUNK, Projection, Tail};
use std::hint::black_box;

/// Reads all activities as for contacts told by their ids; how many there are.
pub fn activities(world: &World) -> u64 {
    let dump = world.activities.as_ref().unwrap();
    let (mut source, mut settle) = (dump.source(CHUNK), dump.settle());
    let mut decoder = dump.decoder(false, false, true);
    let (mut rows, mut buffer, mut tail) = (0, Vec::new(), None::<Tail>);
    while let Some(mut batch) = source.next(buffer).unwrap() {
        if let Some(tail) = tail.take() {
            batch.prepend(tail);
        }
        let decoded = decoder.decode(&mut batch, |row| {
            black_box(row);
            rows += 1;
        });
        tail = batch.tail(&decoded);
        settle.settle(&batch, decoded).unwrap();
        buffer = batch.into_buffer();
    }
    rows
}

/// Reads all contacts with a handful of their columns; how many there are.
pub fn contacts(world: &World) -> u64 {
    let columns = [
        ContactField::ContactId,
        ContactField::Email,
        ContactField::Title,
        ContactField::State,
        ContactField::DateAdded,
    ];
    let columns = columns.map(Column::Contact).to_vec();
    let projection = Projection { columns, ..Projection::default() };
    let dump = &world.contacts;
    let (mut source, mut settle) = (dump.source(&projection, CHUNK), dump.settle());
    let mut decoder = dump.decoder(&projection);
    let (mut rows, mut buffer, mut tail) = (0, Vec::new(), None::<Tail>);
    while let Some(mut batch) = source.next(buffer).unwrap() {
        if let Some(tail) = tail.take() {
            batch.prepend(tail);
        }
        let decoded = decoder.decode(&mut batch, |row| {
            black_box(row);
            rows += 1;
        });
        tail = batch.tail(&decoded);
        settle.settle(&batch, decoded).unwrap();
        buffer = batch.into_buffer();
    }
    rows
}
