//! Any law file: a law that is whole, or an error that says what is wrong.
//!
//! **Never:** accepts a hole.
#![no_main]

use evidence::{Class, Law, Link};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match Law::parse(text) {
        Ok(law) => {
            for class in Class::ALL {
                let row = law.rules.get(&class).expect("every class has its row");
                let columns = Link::ALL.into_iter().filter(|link| link.column() == *link);
                assert_eq!(row.len(), columns.count());
            }
        }
        Err(problem) => assert!(!problem.is_empty()),
    }
});
