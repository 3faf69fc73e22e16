//! Tests of the whole: what no single crate can promise by itself. The tests are in the binary `hushwing`.
//!
//! **Never:** holds code that a crate of the product uses.
