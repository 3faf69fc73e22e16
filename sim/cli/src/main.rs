//! The program `hushwing`: parse the command line, run, exit with what it found.

fn main() -> std::process::ExitCode {
    cli::run(std::env::args_os()).into()
}
