//! How a live flight goes, while it goes: a line that changes where somebody is watching, one now and then elsewhere.
//!
//! **Never:** touches the flight: it reads what is counted.

use bridge::Tally;
use crossbeam_channel::{RecvTimeoutError, Sender, bounded};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

/// Between two lines on a terminal.
const WATCHED: Duration = Duration::from_millis(500);

/// Between two lines elsewhere.
const UNWATCHED: Duration = Duration::from_secs(30);

/// Tells how it goes until it is ended.
pub struct Status {
    ends: Sender<()>,
    thread: Option<JoinHandle<()>>,
}

impl Status {
    /// Begins to tell.
    pub fn of(tally: Arc<Tally>) -> Self {
        let (ends, ended) = bounded(1);
        let is_watched = std::io::stderr().is_terminal();
        let bar = if is_watched { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        bar.set_style(
            ProgressStyle::with_template("{spinner} {wide_msg}")
                .unwrap_or_else(|_| ProgressStyle::default_spinner()),
        );
        let every = if is_watched { WATCHED } else { UNWATCHED };
        let thread = std::thread::spawn(move || {
            let mut last_s = 0.0;
            while ended.recv_timeout(every) == Err(RecvTimeoutError::Timeout) {
                let now_s = tally.tick().seconds();
                let line = line(now_s, (now_s - last_s) / every.as_secs_f64(), &tally);
                last_s = now_s;
                bar.set_message(line.clone());
                bar.tick();
                if !is_watched {
                    eprintln!("{line}");
                }
            }
            bar.finish_and_clear();
        });
        Self { ends, thread: Some(thread) }
    }

    /// The flight is over.
    pub fn end(mut self) {
        drop(self.ends);
        if let Some(thread) = self.thread.take() {
            // It only prints.
            let _ = thread.join();
        }
    }
}

fn line(now_s: f64, speed: f64, tally: &Tally) -> String {
    let (clients, dropped) = (tally.clients(), tally.dropped());
    let clients = match clients {
        0 => "no client".to_owned(),
        1 => "1 client".to_owned(),
        more => format!("{more} clients"),
    };
    let evidence_mib = tally.kept_bytes() as f64 / f64::from(1 << 20);
    format!(
        "{now_s:.1} s flown, {speed:.1} x real time, {clients}, {dropped} frames dropped, {evidence_mib:.1} MiB of evidence"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_time_speed_clients_and_losses() {
        let tally = Tally::default();
        tally.add(bridge::Count::Unread, 3);
        let told = line(12.34, 0.99, &tally);
        assert_eq!(
            told,
            "12.3 s flown, 1.0 x real time, no client, 3 frames dropped, 0.0 MiB of evidence"
        );
    }

    #[test]
    fn it_ends_when_it_is_told_to() {
        Status::of(Arc::default()).end();
    }
}
