//! A progress bar on a terminal, for work that takes more than half a second.

use crate::engine::{Progress, Stage};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::cell::RefCell;
use std::time::{Duration, Instant};

/// Work that is done sooner isn't worth a bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// Draws nothing unless standard error is a terminal and the work takes its time.
pub struct Bar {
    begun: Instant,
    bar: RefCell<ProgressBar>,
}

impl Bar {
    /// A bar that isn't shown yet.
    pub fn new() -> Self {
        Self { begun: Instant::now(), bar: RefCell::new(ProgressBar::hidden()) }
    }
}

impl Progress for Bar {
    fn begin(&self, stage: Stage, bytes: Option<u64>) {
        let name = match stage {
            Stage::Activities => "activities",
            Stage::Keys => "contact keys",
            Stage::Campaigns => "send times",
            Stage::Contacts => "contacts",
        };
        let (bar, template) = match bytes {
            Some(bytes) => (
                ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::hidden()),
                "{msg:12} {wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta}",
            ),
            None => (
                ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()),
                "{msg:12} {spinner} {bytes} {bytes_per_sec}",
            ),
        };
        let style = ProgressStyle::with_template(template);
        let bar = bar.with_message(name);
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        self.bar.borrow().finish_and_clear();
        self.bar.replace(bar);
    }

    fn at(&self, bytes: u64) {
        let bar = self.bar.borrow();
        if bar.is_hidden() && self.begun.elapsed() > PATIENCE {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        bar.set_position(bytes);
    }

    fn end(&self) {
        self.bar.borrow().finish_and_clear();
    }
}
