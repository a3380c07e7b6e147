//! As-of in statements: an instant that is written into them, or the clock of the engine.

use super::Engine;
use crate::criteria::{Engagement, Window};
use crate::engine::Options;
use crate::value::{Instant, Zone};

/// When a segment is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// At the instant of the [options](Options).
    Fixed,
    /// Whenever the statement runs.
    Now,
}

/// Instants and windows as expressions, in microseconds.
#[derive(Debug, Clone)]
pub struct Clock {
    /// As-of; `None` for that of the engine.
    fixed: Option<Instant>,
    now: String,
    zone: Zone,
}

impl Clock {
    /// The clock of a statement.
    pub fn new(moment: Moment, options: &Options, engine: Engine) -> Self {
        let fixed = (moment == Moment::Fixed).then_some(options.as_of);
        Self { fixed, now: engine.spelling().now(), zone: options.zone }
    }

    /// As-of.
    pub fn as_of(&self) -> String {
        self.fixed.map_or_else(|| self.now.clone(), |as_of| as_of.0.to_string())
    }

    /// The ends of a window.
    pub fn bounds(&self, window: &Window) -> (String, String) {
        let ends = |(from, to): (Instant, Instant)| (from.0.to_string(), to.0.to_string());
        match (self.fixed, window) {
            (Some(as_of), window) => ends(window.bounds(as_of, self.zone)),
            // The ends of a range don't depend on as-of.
            (None, Window::Range(..)) => ends(window.bounds(Instant(0), self.zone)),
            (None, Window::LastDays(days)) => {
                let span = -Instant(0).minus_days(*days).0;
                (format!("{} - {span}", self.now), self.now.clone())
            }
        }
    }

    /// The window of a set of campaigns, which never reaches beyond as-of.
    pub fn set_bounds(&self, window: Option<&Window>) -> (String, String) {
        if let Some(as_of) = self.fixed {
            let (from, to) = Engagement::set_bounds(window, as_of, self.zone);
            return (from.0.to_string(), to.0.to_string());
        }
        let default = Window::LastDays(Engagement::DEFAULT_DAYS);
        let window = window.unwrap_or(&default);
        let (from, to) = self.bounds(window);
        match window {
            Window::LastDays(_) => (from, to),
            Window::Range(..) => (from, format!("LEAST({to}, {})", self.now)),
        }
    }
}
