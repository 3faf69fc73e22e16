//! The stem as a ground station and a card see it.

mod aboard;
mod bench;
mod commands;
mod consent;
mod hostile;
mod incoming;
mod nonsense;
mod parameters;
mod personality;
mod pictures;
mod plans;
mod ports;
mod settings;
mod strangers;
mod transfers;
mod uplink;
mod zones;
