//! `hushwing audit`: judge stored evidence again, with nothing but that folder.
//!
//! **Never:** flies; believes a report that lies beside the evidence.

use crate::args::Audit;
use crate::workers::{self, Job};
use crate::{ExitCode, Trouble, output, stories, table, verify};
use audit::{Report, StoryReport};
use evidence::Assets;
use std::path::Path;

/// Reads, judges, reports.
pub fn audit(args: &Audit) -> Result<ExitCode, Trouble> {
    let assets = stories::assets()?;
    let folders = output::evidence_folders(&args.folder)?;
    let work: Vec<_> = folders.iter().map(|folder| job(folder, &assets)).collect();
    let mut judged = workers::run(&work, workers::jobs(None), verify::in_short)?;
    // Stable, so that two folders of one story stay in the order of their paths.
    judged.sort_by(|a, b| a.story.cmp(&b.story));
    let report = Report::of(judged);
    let text = report.to_json();
    let code = ExitCode::of(&report);
    output::print(&table::table(&report));
    if let Some(out) = &args.out {
        output::write_file(out, &text)?;
        output::print(&format!("Report: {}\n", out.display()));
    }
    if let Some(same) = compared(&args.folder, &text) {
        output::print(same);
    }
    output::print(&table::closing(&report, code));
    Ok(code)
}

fn job<'a>(folder: &'a Path, assets: &'a Assets) -> Job<'a, StoryReport> {
    let does = move || Ok(audit::audit(&output::read_evidence(folder, assets)?));
    Job { name: folder.display().to_string(), weight: 1.0, does: Box::new(does) }
}

/// What the report of the run says beside ours, if there is one.
fn compared(folder: &Path, ours: &str) -> Option<&'static str> {
    let theirs = std::fs::read_to_string(folder.join(output::REPORT)).ok()?;
    Some(if theirs == ours {
        "The report in that folder is the same, byte for byte.\n"
    } else {
        "The report in that folder is ANOTHER: believe this one, which was drawn from the evidence.\n"
    })
}
