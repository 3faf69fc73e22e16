//! The program `hushwing`: parse the command line, run, exit with what it found.
//!
//! **Never:** does anything that a test could not call.

fn main() -> std::process::ExitCode {
    cli::run(std::env::args_os()).into()
}
