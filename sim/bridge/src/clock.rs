//! The clock on the wall, which paces a live flight and lets silent clients go.
//!
//! **Never:** is seen by the vehicle, whose only clock is the tick.

use std::time::{Duration, Instant};

/// Runs from when it was started.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock(Instant);

impl Clock {
    /// Starts at zero.
    #[expect(clippy::disallowed_methods, reason = "a live flight goes by the wall's clock")]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// How long it has run.
    pub(crate) fn now(self) -> Duration {
        self.0.elapsed()
    }
}

/// Waits on the calling thread.
#[expect(clippy::disallowed_methods, reason = "waiting is what paces a live flight")]
pub(crate) fn wait(time: Duration) {
    std::thread::sleep(time);
}
