//! Writes a large, life-like account for the benchmarks: contacts, tracked activities, campaigns.
//!
//! `cargo bench --bench generate -- --out DIR` writes `contacts`, `activities` (CSV or JSON Lines)
//! and `campaigns.csv` into DIR. The same options and seed give the same bytes on every machine, so
//! two measurements speak of the same input. Nothing here is measured; it stands among the benches
//! because they are what it serves.

mod activities;
mod campaigns;
mod contacts;
mod options;
mod people;
mod random;
mod row;
mod words;

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use options::Options;

/// One megabyte a write keeps the number of system calls far below the work of making rows.
const BUFFER: usize = 1 << 20;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "generate: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let Some(options) = Options::read(std::env::args().skip(1))? else {
        write!(std::io::stdout(), "{}", options::HELP)?;
        return Ok(());
    };
    fs::create_dir_all(&options.out)?;
    let began = Instant::now();
    let campaigns = campaigns::plan(&options);
    into_file(&options.out.join("campaigns.csv"), |file| campaigns::write(&campaigns, file))?;
    let ending = options.format.ending();
    let contacts = options.out.join(format!("contacts.{ending}"));
    into_file(&contacts, |file| contacts::write(&options, file))?;
    let activities = options.out.join(format!("activities.{ending}"));
    into_file(&activities, |file| activities::write(&options, &campaigns, file))?;
    for path in [contacts, activities] {
        let bytes = fs::metadata(&path)?.len();
        writeln!(std::io::stderr(), "{}: {bytes} bytes", path.display())?;
    }
    writeln!(std::io::stderr(), "seed {}, {:.1} s", options.seed, began.elapsed().as_secs_f64())?;
    Ok(())
}

/// Opens `path`, lets `fill` write it through a buffer, and doesn't lose the error of the last flush.
fn into_file(
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
) -> Result<(), Box<dyn Error>> {
    let named = |error: std::io::Error| format!("{}: {error}", path.display());
    let mut file = BufWriter::with_capacity(BUFFER, File::create(path).map_err(named)?);
    fill(&mut file).and_then(|()| file.flush()).map_err(named)?;
    Ok(())
}
