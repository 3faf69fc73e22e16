//! The program `hushwing`: flies stories, judges what left the vehicle, prints what it found.
//!
//! `main` is one line, so that everything here can be called from a test as well. Rooms in reading order:
//! what the user may say ([`args`]), how the program ends ([`exit`]), which stories ([`stories`]), who flies
//! them ([`flights`], [`workers`]), a room per command, and the faces of the result ([`table`], [`junit`]).
//!
//! **Never:** judges (the audit does) or chooses twins; prints a time of day; gives another report at another
//! number of jobs; deletes what it did not write.

pub mod args;
pub mod exit;
pub mod flights;
pub mod junit;
pub mod leaks;
pub mod output;
pub mod stories;
pub mod table;
pub mod trouble;
pub mod words;
pub mod workers;

mod airframe;
mod airmanship;
mod audit;
mod bench;
mod campaign;
mod catalogue;
mod coverage;
mod fly;
mod matrix;
mod open_log;
mod rerun;
mod verify;

#[cfg(test)]
mod sample;

pub use exit::ExitCode;
pub use trouble::Trouble;

use args::{Args, Command};
use clap::Parser;
use std::ffi::OsString;

/// The whole program: reads the command line, does what it says, and answers how the program ends.
pub fn run(line: impl IntoIterator<Item = OsString>) -> ExitCode {
    match Args::try_parse_from(line) {
        Ok(args) => exit::guarded(|| obey(args.command)),
        Err(error) => {
            // Where even this cannot be printed there is nobody to tell.
            let _ = error.print();
            if error.use_stderr() { ExitCode::Misuse } else { ExitCode::Held }
        }
    }
}

fn obey(command: Command) -> Result<ExitCode, Trouble> {
    match command {
        Command::Verify(args) => verify::verify(&args),
        Command::Fly(args) => fly::fly(&args),
        Command::Audit(args) => audit::audit(&args),
        Command::Rerun(args) => rerun::rerun(&args),
        Command::Saboteurs => Ok(catalogue::saboteurs()),
        Command::Leaks(args) => leaks::leaks(&args),
        Command::OpenLog(args) => open_log::open_log(&args),
        Command::Airframe(args) => airframe::airframe(&args),
        Command::Bench(args) => bench::bench(&args),
        Command::Campaign(args) => campaign::campaign(&args),
        Command::Coverage(args) => coverage::coverage(&args),
    }
}
