//! One integration binary: the promises of the whole, a room for each.
//!
//! **Never:** measures time; loosens a bound to pass.

mod bench;
mod clients;
mod comparator;
mod components;
mod failsafes;
mod flights;
mod labels;
mod law;
mod leaks;
mod live;
mod power;
mod program;
mod seals;
mod tools;
mod walls;
