//! Several flights at once: worker threads fed by a bounded channel, results put back in order.
//!
//! **Never:** lets the number of threads, or who finishes first, show in a result.

use crate::Trouble;
use crossbeam_channel::bounded;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

/// One piece of work.
pub struct Job<'a, R> {
    /// What is shown when it is done.
    pub name: String,
    /// How long it takes compared with the others; the longest begin first.
    pub weight: f64,
    /// The work itself.
    pub does: Box<dyn Fn() -> Result<R, Trouble> + Send + Sync + 'a>,
}

/// How many threads: as many as were asked for, or as there are cores.
#[must_use]
pub fn jobs(asked: Option<u16>) -> usize {
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    asked.map_or_else(cores, usize::from)
}

/// Does all the work, and answers in the order in which it was given.
///
/// # Errors
/// The first error in that order, after all work is done.
pub fn run<R: Send>(
    work: &[Job<'_, R>],
    threads: usize,
    says: impl Fn(&R) -> String,
) -> Result<Vec<R>, Trouble> {
    let progress = Progress::of(work.len());
    let mut results: Vec<Option<Result<R, Trouble>>> = work.iter().map(|_| None).collect();
    let (give, take) = bounded::<usize>(threads);
    let (answer, hear) = bounded(threads);
    thread::scope(|scope| {
        scope.spawn(move || {
            // Nobody takes any more only where every worker is gone; then nothing is left to give.
            for place in longest_first(work) {
                if give.send(place).is_err() {
                    return;
                }
            }
        });
        for _ in 0..threads.min(work.len()) {
            let (take, answer) = (take.clone(), answer.clone());
            scope.spawn(move || {
                for place in take {
                    if answer.send((place, one(&work[place]))).is_err() {
                        return;
                    }
                }
            });
        }
        drop((take, answer));
        for (place, result) in hear {
            let said = result.as_ref().map_or_else(|_| "error".to_owned(), &says);
            progress.done(&work[place].name, &said);
            results[place] = Some(result);
        }
    });
    progress.end();
    let lost = || Err(Trouble::Bug("a worker thread was lost".to_owned()));
    results.into_iter().map(|result| result.unwrap_or_else(lost)).collect()
}

/// A panic in one piece of work is that work's error; the panic hook has printed it already.
fn one<R>(job: &Job<'_, R>) -> Result<R, Trouble> {
    let panicked = |_| Err(Trouble::Bug(format!("{}: the work on it was cut short", job.name)));
    catch_unwind(AssertUnwindSafe(&job.does)).unwrap_or_else(panicked)
}

fn longest_first<R>(work: &[Job<'_, R>]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..work.len()).collect();
    places.sort_by(|a, b| work[*b].weight.total_cmp(&work[*a].weight));
    places
}

/// A bar where somebody is watching, a line per result where it goes to a file.
pub(crate) struct Progress {
    bar: ProgressBar,
    is_watched: bool,
}

impl Progress {
    /// Of so many pieces of work.
    pub(crate) fn of(count: usize) -> Self {
        let is_watched = std::io::stderr().is_terminal();
        let bar = if is_watched { ProgressBar::new(count as u64) } else { ProgressBar::hidden() };
        let style = ProgressStyle::with_template("{bar:32} {pos}/{len}  {elapsed}  {wide_msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        if is_watched {
            bar.enable_steady_tick(std::time::Duration::from_millis(200));
        }
        Self { bar, is_watched }
    }

    /// One more is done.
    pub(crate) fn done(&self, name: &str, said: &str) {
        self.bar.inc(1);
        self.bar.set_message(format!("{name}: {said}"));
        if !self.is_watched {
            eprintln!("{name}: {said}");
        }
    }

    /// All is done.
    pub(crate) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jobs_of<'a>(
        does: &'a (dyn Fn(usize) -> Result<usize, Trouble> + Sync),
    ) -> Vec<Job<'a, usize>> {
        (0..20)
            .map(|i| Job {
                name: i.to_string(),
                weight: (i % 7) as f64,
                does: Box::new(move || does(i)),
            })
            .collect()
    }

    #[test]
    fn results_come_back_in_order_for_any_number_of_threads() {
        let work = jobs_of(&|i| Ok(i * i));
        let squares: Vec<_> = (0..20).map(|i| i * i).collect();
        for threads in [1, 2, 8, 64] {
            assert_eq!(run(&work, threads, usize::to_string), Ok(squares.clone()), "{threads}");
        }
        assert_eq!(run::<usize>(&[], 2, usize::to_string), Ok(vec![]));
    }

    #[test]
    fn the_first_error_in_order_counts_and_a_panic_is_a_bug() {
        let work = jobs_of(&|i| match i {
            3 => panic!("on purpose"),
            9 => Err(Trouble::BadScenario("nine".to_owned())),
            i => Ok(i),
        });
        for threads in [1, 8] {
            let error = run(&work, threads, usize::to_string).unwrap_err();
            assert_eq!(error, Trouble::Bug("3: the work on it was cut short".to_owned()));
        }
    }
}
